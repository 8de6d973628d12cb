// A file that names sources, one a line: `list:FILE`. It may come from somebody else, so it can name neither another list nor
// files as addresses; a line that means nothing is said and ends none of the others.

import { createReadStream, statSync } from 'node:fs';
import { reasonOf } from '../../errors.js';
import { LongLine, linesOf } from '../../lines-of.js';
import { Refusal, refusalOf } from './refusal.js';
import { parseSpec, type SourceSpec } from './spec.js';

/** Characters of a line that is read. */
const MOST = 4_096;
const MOST_BYTES = 64 << 20;

type Line =
  | { readonly kind: 'source'; readonly spec: SourceSpec }
  | { readonly kind: 'refused'; readonly name: string; readonly refusal: Refusal };

/** @throws Refusal when it cannot be read */
export async function* specsIn(file: string, signal: AbortSignal): AsyncGenerator<Line> {
  let number = 0;
  try {
    if (statSync(file).size > MOST_BYTES) throw tooLarge(file);
    const input = createReadStream(file, { signal });
    for await (const raw of linesOf(input, MOST_BYTES)) {
      number += 1;
      const line = raw.replace(/^\uFEFF/, '').trim();
      if (line === '' || line.startsWith('#')) continue;
      yield sourceIn(line, `${file}:${number}`);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Refusal) throw error;
    if (error instanceof LongLine) throw tooLarge(file);
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') throw new Refusal('gone', `The list ${file} is not there.`);
    throw new Refusal(code === 'EACCES' ? 'denied' : 'fault', `The list ${file} cannot be read: ${reasonOf(error)}.`);
  }
}

const tooLarge = (file: string): Refusal => new Refusal('fault', `The list ${file} is larger than 64 MB.`);

const sourceIn = (line: string, where: string): Line => {
  const refused = (reason: string): Line => ({ kind: 'refused', name: where, refusal: new Refusal('fault', reason) });
  if (line.length > MOST) return refused(`The line is longer than ${MOST} characters.`);
  try {
    const spec = parseSpec(isPath(line) ? `dir:${line}` : line);
    if (spec.kind === 'list') return refused('A list names no other list.');
    if (spec.kind === 'url' && spec.url.startsWith('file:'))
      return refused('A list names folders as paths, not as file: addresses.');
    return { kind: 'source', spec };
  } catch (error) {
    return { kind: 'refused', name: where, refusal: refusalOf(error) };
  }
};

const isPath = (line: string): boolean => !line.includes(':') || /^(?:\.{0,2}\/|[a-z]:[\\/])/i.test(line);
