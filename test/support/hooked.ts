// A repository whose hook can be asked whether it would start akscan: a stand-in is started instead, which refuses.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DetectorOptions } from '../../src/detect/types.js';
import { gateId, gatePattern, type PatternKind } from '../../src/hook/gate-pattern.js';
import { scriptOf } from '../../src/hook/script.js';
import { temporaryFolder } from './repository.js';

/** What this machine's git knows; the extended kind is in every one. */
export const KINDS: readonly PatternKind[] =
  spawnSync('git', ['grep', '--no-index', '-q', '-P', '-e', 'a', '--', 'hooked.ts'], { cwd: import.meta.dirname })
    .status === 0
    ? ['perl', 'extended']
    : ['extended'];

export interface GateOptions {
  readonly kind?: PatternKind;
  readonly detector?: DetectorOptions;
  /** The text of the configuration that the hook was made for. */
  readonly configuration?: string;
}

/** Makes the hook and gives its path. */
export const gatedHook = ({
  kind = KINDS[0] ?? 'extended',
  detector = {},
  configuration,
}: GateOptions = {}): string => {
  const folder = temporaryFolder();
  const program = path.join(folder, 'program.sh');
  writeFileSync(program, 'exit 77\n');
  writeFileSync(path.join(folder, 'gate-id'), `${gateId()}\n`);
  const gate = { pattern: gatePattern(kind, detector), id: gateId(), configuration: configuration ?? null };
  const hook = path.join(folder, 'pre-commit');
  const script = scriptOf({ hook: 'pre-commit', node: '/bin/sh', program, gate, next: 'kept', folder: 'found' });
  writeFileSync(hook, script, { mode: 0o755 });
  return hook;
};

export type Answer = 'starts akscan' | 'nothing to report';

/** What the hook decides on what is staged in `folder`. */
export const ask = (hook: string, folder: string, env: Readonly<Record<string, string>> = {}): Answer => {
  const ended = spawnSync(hook, [], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', ...env },
  });
  if (ended.status === 77) return 'starts akscan';
  if (ended.status === 0 && ended.stdout + ended.stderr === '') return 'nothing to report';
  throw new Error(`the hook ended with ${ended.status}: ${ended.stdout}${ended.stderr}`);
};
