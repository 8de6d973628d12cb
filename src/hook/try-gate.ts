// Whether the git of this machine can search for what the hook has it search for. It may lack PCRE, and its C library may
// stop at NUL: told by looking, in a folder of files that each hold one thing that must be found.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DetectorOptions } from '../detect/types.js';
import { runGit } from '../git/run.js';
import { type GatePattern, gateAnchors, gatePattern, type PatternKind } from './gate-pattern.js';

const KINDS: readonly PatternKind[] = ['perl', 'extended'];

/** A word as long as a secret, at the end of a line and in the middle of one. */
const WORDS = [`Ab3${'x'.repeat(27)}`, `secret = "Ab3${'x'.repeat(27)}";\n`];

/** The first kind of pattern that finds all it must; null when none does. */
export const workingGate = async (options: DetectorOptions, signal: AbortSignal): Promise<GatePattern | null> => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'akscan-gate-')));
  try {
    const wanted = [...gateAnchors(options).map(inBinary), ...WORDS.map((word) => Buffer.from(word))];
    for (const [index, bytes] of wanted.entries()) writeFileSync(path.join(folder, `${index}`), bytes);
    writeFileSync(path.join(folder, 'clean'), inBinary('nothing'));
    for (const kind of KINDS) {
      const pattern = gatePattern(kind, options);
      if ((await found(folder, pattern, signal)) === wanted.length) return pattern;
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Between bytes that make a file binary, or no text in any encoding. */
const inBinary = (text: string): Buffer => Buffer.from(`\x00\xff\xfe\n\x00\x80 ${text}\x00\xc3(\r\n`, 'latin1');

/** How many files match; -1 when git cannot say, or takes a file for one that holds something and does not. */
const found = async (folder: string, { kind, anchors, words }: GatePattern, signal: AbortSignal): Promise<number> => {
  const search = ['grep', '--no-index', '-a', '-l', KIND_OPTION[kind], '-e', `${anchors}|${words}`, '--', '.'];
  const { code, stdout } = await runGit({ cwd: folder, top: folder }, search, signal);
  const names = stdout.toString('latin1').split('\n').filter(Boolean);
  return code !== 0 || names.some((name) => name.endsWith('clean')) ? -1 : names.length;
};

export const KIND_OPTION: Readonly<Record<PatternKind, '-P' | '-E'>> = { perl: '-P', extended: '-E' };
