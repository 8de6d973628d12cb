// The hooks that are installed: small POSIX shell scripts. The one for commits asks git whether any staged file holds an
// anchor, or could complete an ID beside it, and starts akscan only then; whatever it cannot tell is akscan's to judge. All
// call the hook that was there before, with the same arguments and input, unless akscan has refused.

import { createHash } from 'node:crypto';
import type { GatePattern } from './gate-pattern.js';
import { KIND_OPTION } from './try-gate.js';

export const HOOKS = ['pre-commit', 'pre-push', 'pre-receive'] as const;
export type HookName = (typeof HOOKS)[number];

/** What stands behind the name of a hook that was there before. */
export const KEPT = '.before-akscan';

export interface Gate {
  readonly pattern: GatePattern;
  /** Of the akscan it was made by (gate-pattern.ts). */
  readonly id: string;
  /** The configuration that it was made for. Another one is akscan's to judge. Null: there was none. */
  readonly configuration: string | null;
}

export interface Script {
  readonly hook: HookName;
  /** Absolute paths of the interpreter and the program. */
  readonly node: string;
  readonly program: string;
  /** Only for `pre-commit`; null: akscan judges every commit. */
  readonly gate: Gate | null;
  /** What is called afterwards: the hook that stood in this one's place, or the repository's own. */
  readonly next: 'kept' | 'own';
  /** Whether the folder was made for it. */
  readonly folder: 'made' | 'found';
}

export const scriptOf = (script: Script): string =>
  signed(
    [
      '#!/bin/sh',
      `# akscan hook ${script.hook}${script.folder === 'made' ? ' (and its folder)' : ''}`,
      `# ${ABOUT[script.hook]} Made by "akscan hook install"; "akscan hook uninstall" takes it out.`,
      ...run(script),
      ...(script.gate === null ? [] : gateLines(script.gate)),
      ...JUDGE[script.hook](script.gate !== null),
      ...NEXT[script.next](script.hook),
      ...CALL[script.hook],
      '',
    ].join('\n'),
  );

/** For a hook that akscan has no part in: the folder for all repositories takes the place of each one's own. */
export const passOnOf = (hook: string): string =>
  signed(
    [
      '#!/bin/sh',
      `# akscan hook ${hook} (passed on)`,
      "# Calls the repository's own hook of this name, which git no longer does since core.hooksPath names this folder.",
      ...NEXT.own(hook),
      ...AS_IT_IS,
      '',
    ].join('\n'),
  );

const ABOUT: Readonly<Record<HookName, string>> = {
  'pre-commit': 'Refuses a commit that adds an AccessKey of Alibaba Cloud.',
  'pre-push': 'Refuses to push commits that add an AccessKey of Alibaba Cloud.',
  'pre-receive': 'Refuses pushes that add an AccessKey of Alibaba Cloud.',
};

const REFUSED: Readonly<Record<HookName, string>> = {
  'pre-commit': 'the commit is refused',
  'pre-push': 'nothing is pushed',
  'pre-receive': 'the push is refused',
};

const run = ({ hook, node, program }: Script): readonly string[] => [
  `node=${quoted(node)}`,
  `program=${quoted(program)}`,
  'judge() {',
  '  if [ -x "$node" ] && [ -f "$program" ]; then "$node" "$program" "$@"',
  '  elif command -v akscan >/dev/null 2>&1; then akscan "$@"',
  '  else',
  `    echo "akscan: this hook cannot find akscan, so ${REFUSED[hook]}. Install it again, or take the hook out:" >&2`,
  `    if [ -e "$0${KEPT}" ]; then echo "  mv '$0${KEPT}' '$0'" >&2; else echo "  rm '$0'" >&2; fi`,
  '    return 2',
  '  fi',
  '}',
];

const gateLines = ({ pattern, id, configuration }: Gate): readonly string[] => [
  `anchors=${quoted(pattern.anchors)}`,
  `words=${quoted(pattern.words)}`,
  'search() {',
  '  LC_ALL=C GIT_NO_REPLACE_OBJECTS=1 git --literal-pathspecs grep -q --text --threads=1 --no-recurse-submodules \\',
  `    ${KIND_OPTION[pattern.kind]} "$@" 2>/dev/null`,
  '}',
  '# Ends with 0 unless it is sure that akscan would report nothing.',
  'gate() {',
  '  [ -x "$node" ] && [ -f "$program" ] || return 0',
  `  id=\${program%/*}/gate-id`,
  '  [ -r "$id" ] && read -r id < "$id" || return 0',
  `  if [ "$id" != ${id} ]; then`,
  '    echo \'akscan: this hook was made by another version; "akscan hook install" makes it fast again.\' >&2',
  '    return 0',
  '  fi',
  '  [ -e .git ] || return 0',
  ...configurationLines(configuration),
  '  changed=$(LC_ALL=C GIT_NO_REPLACE_OBJECTS=1 git -c core.quotePath=false diff --cached --raw --no-abbrev --no-renames \\',
  '    --no-relative --no-ext-diff --no-textconv --no-color --ignore-submodules=none -O/dev/null 2>/dev/null) || return 0',
  "  IFS='",
  "'",
  '  set -f',
  '  blobs= folders= count=0',
  '  for line in $changed; do',
  '    # :<mode> <mode> <blob> <blob> <status> TAB <path>',
  '    case $line in :??????\\ *) ;; *) return 0 ;; esac',
  `    rest=\${line#* }`,
  `    mode=\${rest%% *} rest=\${rest#* }`,
  `    old=\${rest%% *} rest=\${rest#* }`,
  `    new=\${rest%% *} rest=\${rest#* }`,
  `    where=\${rest#*${TAB}}`,
  '    case $rest in U*) return 0 ;; esac',
  '    case $mode in 000000 | 160000) continue ;; 100*) ;; 120000) ;; *) return 0 ;; esac',
  '    case $new in *[!0]*) ;; *) continue ;; esac',
  '    [ "$old" != "$new" ] || continue',
  `    case $where in '"'*) return 0 ;; */*) where=\${where%/*} ;; *) where=. ;; esac`,
  '    blobs=$blobs$new$IFS',
  '    case $IFS$folders in *"$IFS$where$IFS"*) ;; *) folders=$folders$where$IFS ;; esac',
  '    count=$((count + 1))',
  `    [ $count -le ${MOST} ] || return 0`,
  '  done',
  '  [ $count -gt 0 ] || return 1',
  '  search -e "$anchors|$words" $blobs --',
  '  [ $? -ne 1 ] || return 1',
  '  # A word as long as a secret may be the half of an ID in the same folder.',
  '  search -e "$anchors" $blobs --',
  '  [ $? -eq 1 ] || return 0',
  '  search -e "$anchors" --cached --max-depth 0 -- $folders',
  '  [ $? -ne 1 ]',
  '}',
];

const TAB = '\t';
/** Staged files whose names still fit into a command line. Where there are more, starting akscan hardly counts. */
const MOST = 500;

/** Which anchors there are is the configuration's to say. */
const configurationLines = (configuration: string | null): readonly string[] => {
  if (configuration === null) return ['  [ ! -e akscan.config.yml ] && [ ! -e akscan.config.yaml ] || return 0'];
  return [
    '  [ ! -e akscan.config.yml ] || [ ! -e akscan.config.yaml ] || return 0',
    '  for file in akscan.config.yml akscan.config.yaml; do',
    '    [ ! -e $file ] && continue',
    `    [ "$(cat $file)" = ${quoted(configuration.replace(/\n+$/, ''))} ] || return 0`,
    '  done',
  ];
};

const JUDGE: Readonly<Record<HookName, (gated: boolean) => readonly string[]>> = {
  'pre-commit': (gated) => [
    gated ? 'if gate; then judge staged --format=brief || exit; fi' : 'judge staged --format=brief || exit',
  ],
  'pre-push': () => [...INPUT, 'printf %s "$input" | judge range --stdin --remote "$1" --format=brief || exit'],
  'pre-receive': () => [...INPUT, 'printf %s "$input" | judge range --stdin --format=brief || exit'],
};

/** All of it, to the last line feed: `$(...)` would take that away. */
const INPUT: readonly string[] = ['input=$(cat; echo x)', `input=\${input%x}`];

const NEXT: Readonly<Record<Script['next'], (hook: string) => readonly string[]>> = {
  kept: () => [`next=$0${KEPT}`, '[ -x "$next" ] || exit 0'],
  own: (hook) => [
    `next=\${GIT_DIR:-.git}`,
    'if [ ! -d "$next" ] || [ -e "$next/commondir" ]; then next=$(git rev-parse --git-common-dir) || exit; fi',
    `next=$next/hooks/${hook}`,
    '[ -x "$next" ] || exit 0',
  ],
};

const AS_IT_IS = ['exec "$next" "$@"'];
const WITH_INPUT = ['printf %s "$input" | "$next" "$@"'];

const CALL: Readonly<Record<HookName, readonly string[]>> = {
  'pre-commit': AS_IT_IS,
  'pre-push': WITH_INPUT,
  'pre-receive': WITH_INPUT,
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A last line that tells whether somebody has changed the script by hand. */
const signed = (text: string): string => `${text}# ${sumOf(text)}\n`;

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export type Reading =
  /** One of ours, as it was made. */
  | { readonly kind: 'ours'; readonly folder: Script['folder'] }
  /** One of ours, changed by hand since. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'other' };

export const readScript = (text: string): Reading => {
  const head = /^#!\/bin\/sh\n# akscan hook [a-z-]+( \(and its folder\))?/.exec(text);
  if (head === null) return { kind: 'other' };
  const last = text.lastIndexOf('\n# ');
  const isWhole = text.slice(last + 3) === `${sumOf(text.slice(0, last + 1))}\n`;
  return isWhole ? { kind: 'ours', folder: head[1] === undefined ? 'found' : 'made' } : { kind: 'changed' };
};
