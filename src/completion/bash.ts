// Completion for bash, from version 3.2 (macOS) on, without the package bash-completion. File names are left to readline
// (`-o default`), which quotes them as they need.

import type { CommandModel, Model, Values } from './model.js';

export const bashScript = ({ commands, byDefault }: Model): string => `# akscan completion for bash
# In ~/.bashrc: source <(akscan completion bash)
# Bash 3.2:     eval "$(akscan completion bash)"

_akscan_lines() {
  local line IFS=
  while read -r line; do
    case $line in "$1"*) COMPREPLY+=("$(printf '%q' "$line")") ;; esac
  done
}

# What an option takes: prints a kind and its words; fails for a switch.
_akscan_values() {
  case "$1 $2" in
${takers(commands)}
  *) return 1 ;;
  esac
}

# What stands as an argument of a command.
_akscan_argument() {
  case "$1 $2" in
${positions(commands)}
  *) echo anything ;;
  esac
}

# KIND WORDS...: fills COMPREPLY for what was typed.
_akscan_offer() {
  local typed=$1 kind=$2 word
  shift 2
  case $kind in
  words) COMPREPLY=($(compgen -W "$*" -- "$typed")) ;;
  files) return ;;
  pairs-files | pairs-anything)
    case $typed in
    *=*) [ "$kind" = pairs-files ] || compopt +o default 2>/dev/null ;;
    *)
      COMPREPLY=($(compgen -W "$*" -S = -- "$typed"))
      compopt -o nospace +o default 2>/dev/null
      ;;
    esac
    return
    ;;
  profiles) _akscan_lines "$typed" < <(akscan completion --profiles 2>/dev/null) ;;
  branches) _akscan_lines "$typed" < <(git for-each-ref --format='%(refname:short)' refs/heads refs/remotes 2>/dev/null) ;;
  remotes) _akscan_lines "$typed" < <(git remote 2>/dev/null) ;;
  esac
  compopt +o default 2>/dev/null
}

_akscan() {
  local command=${byDefault.name} typed before= word glued= at values position=0 ended=
  local -a words
  COMPREPLY=()
  words=()
  # Readline breaks words at "=" and ":"; they are put together again.
  for ((at = 1; at <= COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    if [ -n "$word" ] && [ -z "\${word//[=:]/}" ] && [ \${#words[@]} -gt 0 ]; then
      words[\${#words[@]} - 1]+=$word
      glued=1
    elif [ -n "$glued" ]; then
      words[\${#words[@]} - 1]+=$word
      glued=
    else
      words+=("$word")
    fi
  done
  typed=\${words[\${#words[@]} - 1]}
  unset "words[\${#words[@]} - 1]"
  # The language may stand before the command.
  while [ \${#words[@]} -gt 0 ]; do
    case \${words[0]} in
    --lang=*) words=("\${words[@]:1}") ;;
    --lang)
      [ \${#words[@]} -gt 1 ] || break
      words=("\${words[@]:2}")
      ;;
    *) break ;;
    esac
  done
  if [ \${#words[@]} -gt 0 ]; then
    case \${words[0]} in
    help)
      [ \${#words[@]} -gt 1 ] || COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$typed"))
      compopt +o default 2>/dev/null
      return
      ;;
    ${commands.map(({ name }) => name).join(' | ')})
      command=\${words[0]}
      words=("\${words[@]:1}")
      ;;
    esac
  elif [[ $typed != -* ]]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} help' -- "$typed"))
    return
  fi
  # What the words before stand for.
  for word in \${words[@]+"\${words[@]}"}; do
    if [ -n "$before" ]; then
      before=
    elif [ -n "$ended" ]; then
      position=$((position + 1))
    elif [ "$word" = -- ]; then
      ended=1
    elif [[ $word == -* ]]; then
      [[ $word == *=* ]] || ! _akscan_values "$command" "$word" >/dev/null || before=$word
    else
      position=$((position + 1))
    fi
  done
  if [ -z "$before$ended" ] && [[ $typed == --*=* ]]; then
    before=\${typed%%=*}
    typed=\${typed#*=}
  fi
  if [ -n "$before" ]; then
    values=$(_akscan_values "$command" "$before") || return 0
    _akscan_offer "$typed" $values
  elif [ -z "$ended" ] && [[ $typed == -* ]]; then
    case $command in
${commands.map(optionsOf).join('\n')}
    esac
    compopt +o default 2>/dev/null
  else
    _akscan_offer "$typed" $(_akscan_argument "$command" "$position")
  fi
}

complete -o default -F _akscan akscan
`;

const optionsOf = ({ name, options }: CommandModel): string =>
  `    ${name}) COMPREPLY=($(compgen -W '${options.flatMap(({ short, long }) => [...(short === null ? [] : [short]), long]).join(' ')}' -- "$typed")) ;;`;

/** One line for all that take the same. */
const takers = (commands: readonly CommandModel[]): string =>
  casesOf(
    commands.flatMap(({ name, options }) =>
      options.flatMap(({ short, long, values }) =>
        values === null
          ? []
          : [long, ...(short === null ? [] : [short])].map((flag) => [`${name} ${flag}`, wordsOf(values)] as const),
      ),
    ),
  );

const positions = (commands: readonly CommandModel[]): string =>
  casesOf(
    commands.flatMap((command) =>
      command.arguments.map(({ values, repeats }, index) => {
        const pattern = `${command.name} ${index}`;
        return [repeats ? `${command.name} *` : pattern, wordsOf(values)] as const;
      }),
    ),
  );

type Case = readonly [pattern: string, answer: string];

/** What holds of all places that follow stands behind what holds of one: the first that matches counts. */
const casesOf = (cases: readonly Case[]): string => {
  const isOpen = ([pattern]: Case): boolean => pattern.endsWith('*');
  return [cases.filter((one) => !isOpen(one)), cases.filter(isOpen)].flatMap(linesOf).join('\n');
};

const linesOf = (cases: readonly Case[]): readonly string[] => {
  const byAnswer = new Map<string, string[]>();
  for (const [pattern, answer] of cases) {
    const quoted = pattern.endsWith('*') ? `"${pattern.slice(0, -1)}"*` : `"${pattern}"`;
    byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), quoted]);
  }
  return [...byAnswer].map(([answer, patterns]) => `  ${patterns.join(' | ')}) echo ${answer} ;;`);
};

const wordsOf = (values: Values): string => {
  switch (values.kind) {
    case 'words':
      return `words ${values.words.join(' ')}`;
    case 'pairs':
      return `pairs-${values.rest} ${values.words.join(' ')}`;
    default:
      return values.kind;
  }
};
