// Completion for zsh, by its own _arguments, which describes every option and leaves out what stands on the line already.

import type { CommandModel, Model, OptionModel, Values } from './model.js';

export const zshScript = ({ commands, byDefault }: Model): string => `#compdef akscan
# akscan completion for zsh
# In ~/.zshrc, after compinit: source <(akscan completion zsh)
# or, as a file of a folder of $fpath: akscan completion zsh > FOLDER/_akscan

_akscan_pairs() {
  local then=$1
  shift
  if compset -P '*='; then
    [[ $then == files ]] && _files
  else
    compadd -S = -- "$@"
  fi
}

_akscan_lines() {
  local -a lines=("\${(@f)$("$@" 2>/dev/null)}")
  compadd -- \${lines:#}
}

_akscan_profiles() {
  _akscan_lines akscan completion --profiles
}

_akscan_branches() {
  _akscan_lines git for-each-ref '--format=%(refname:short)' refs/heads refs/remotes
}

_akscan_remotes() {
  _akscan_lines git remote
}

_akscan() {
  local command=${byDefault.name}
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _alternative 'commands:command:(( ${commands.map(({ name, about }) => `${name}\\:${inDouble(about)}`).join(' ')} ))' 'files:file:_files'
    return
  fi
  case $words[2] in
  ${commands.map(({ name }) => name).join('|')})
    command=$words[2]
    words=("$words[1]" "\${(@)words[3,-1]}")
    (( CURRENT -= 1 ))
    ;;
  esac
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}

if [[ \${funcstack[1]-} == _akscan ]]; then
  _akscan "$@"
else
  compdef _akscan akscan
fi
`;

const commandCase = ({ name, options, arguments: given }: CommandModel): string => {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...given.map(({ name: what, values, repeats }, index) =>
      quoted(`${repeats ? '*' : index + 1}:${escaped(what)}:${actionOf(values)}`),
    ),
  ];
  return `  ${name})\n    _arguments -s -S : \\\n${specs.map((spec) => `      ${spec}`).join(' \\\n')}\n    ;;`;
};

const optionSpecs = ({ short, long, about, values, repeats }: OptionModel): readonly string[] => {
  const names = [...(short === null ? [] : [short]), long];
  const apart = repeats ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
  const value = values === null ? '' : `:value:${actionOf(values)}`;
  return names.map((name) => {
    const form = values === null ? name : name.startsWith('--') ? `${name}=` : `${name}+`;
    return quoted(`${apart}${form}[${escaped(about)}]${value}`);
  });
};

const actionOf = (values: Values): string => {
  switch (values.kind) {
    case 'anything':
      return ' ';
    case 'words':
      return `(${values.words.join(' ')})`;
    case 'files':
      return '_files';
    case 'pairs':
      return `{_akscan_pairs ${values.rest} ${values.words.join(' ')}}`;
    case 'profiles':
      return '_akscan_profiles';
    case 'branches':
      return '_akscan_branches';
    case 'remotes':
      return '_akscan_remotes';
  }
};

/** Inside the brackets and between the colons of a spec. */
const escaped = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&');

/** Inside `((name\:text))`, which _alternative evaluates. */
const inDouble = (text: string): string => `"${text.replace(/["\\$`]/g, '\\$&').replace(/'/g, `'\\''`)}"`;

const quoted = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`;
