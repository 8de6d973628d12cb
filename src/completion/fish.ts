// Completion for fish. An option that several commands share is one line.

import type { CommandModel, Model, OptionModel, Values } from './model.js';

export const fishScript = ({ commands, byDefault }: Model): string => `# akscan completion for fish
# In ~/.config/fish/config.fish: akscan completion fish | source
# or once: akscan completion fish > ~/.config/fish/completions/akscan.fish

function __akscan_on
    set -l words (commandline -opc)
    set -l command ${byDefault.name}
    if set -q words[2]; and contains -- $words[2] ${commands.map(({ name }) => name).join(' ')}
        set command $words[2]
    end
    contains -- $command $argv
end

function __akscan_first
    test (count (commandline -opc)) -eq 1
end

complete -c akscan -e
${commands.map(({ name, about }) => `complete -c akscan -n __akscan_first -a ${name} -d ${quoted(about)}`).join('\n')}
${commands.filter(isWithoutFiles).map(argumentsOf).join('\n')}
${shared(commands).map(optionLine).join('\n')}
`;

const isWithoutFiles = (command: CommandModel): boolean =>
  !command.arguments.some(({ values }) => values.kind === 'files') ||
  command.arguments.some(({ values }) => values.kind === 'words');

const argumentsOf = (command: CommandModel): string => {
  const words = command.arguments.flatMap(({ values }) => (values.kind === 'words' ? values.words : []));
  const files = command.arguments.some(({ values }) => values.kind === 'files');
  const offered = words.length === 0 ? '' : ` -a ${quoted(words.join(' '))}`;
  return `complete -c akscan -n '__akscan_on ${command.name}'${files ? '' : ' -f'}${offered}`;
};

interface Shared {
  readonly option: OptionModel;
  readonly commands: readonly string[];
}

const shared = (commands: readonly CommandModel[]): readonly Shared[] => {
  const found = new Map<string, { option: OptionModel; commands: string[] }>();
  for (const { name, options } of commands) {
    for (const option of options) {
      const key = JSON.stringify(option);
      const known = found.get(key);
      if (known === undefined) found.set(key, { option, commands: [name] });
      else known.commands.push(name);
    }
  }
  return [...found.values()];
};

const optionLine = ({ option: { short, long, about, values }, commands }: Shared): string =>
  [
    `complete -c akscan -n '__akscan_on ${commands.join(' ')}'`,
    ...(short === null ? [] : [`-s ${short.slice(1)}`]),
    `-l ${long.slice(2)}`,
    ...(values === null ? [] : [takes(values)]),
    `-d ${quoted(about)}`,
  ].join(' ');

const takes = (values: Values): string => {
  switch (values.kind) {
    case 'anything':
      return '-x';
    case 'words':
      return `-x -a ${quoted(values.words.join(' '))}`;
    case 'files':
      return '-r -F';
    case 'pairs': {
      const words = quoted(values.words.map((word) => `${word}=`).join(' '));
      return values.rest === 'files' ? `-r -F -a ${words}` : `-x -a ${words}`;
    }
    case 'profiles':
      return `-x -a '(akscan completion --profiles 2>/dev/null)'`;
    case 'branches':
      return `-x -a '(git for-each-ref --format="%(refname:short)" refs/heads refs/remotes 2>/dev/null)'`;
    case 'remotes':
      return `-x -a '(git remote 2>/dev/null)'`;
  }
};

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
