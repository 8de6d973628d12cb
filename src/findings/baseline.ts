// A baseline: the findings that were there when akscan came, so that only new ones are shown. One line a finding, sorted,
// nothing but the fingerprint and a comment, so that two branches that both add to it merge line by line
// (`merge=union` in .gitattributes) and the order in which they do does not matter.

import { AkscanError } from '../errors.js';
import { compareText } from './order.js';

const LINE = /^([0-9a-f]{64})(?:[ \t]+#.*)?$/;

const HEADER = '# Findings known to akscan, written by `akscan baseline`. FINGERPRINT # rule path';

/** @throws AkscanError that names file and line */
export const parseBaseline = (text: string, file: string): ReadonlySet<string> => {
  const fingerprints = new Set<string>();
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const fingerprint = LINE.exec(line)?.[1];
    if (fingerprint === undefined) {
      const conflict = /^(<<<<<<<|=======|>>>>>>>)/.test(line);
      throw new AkscanError(
        `${file}:${index + 1}: ${conflict ? 'a merge conflict stands here.' : 'a line is a fingerprint of 64 hex digits.'}`,
        conflict
          ? 'Keep the lines of both sides; their order does not matter.'
          : 'Write the file with `akscan baseline`.',
      );
    }
    fingerprints.add(fingerprint);
  });
  return fingerprints;
};

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** For the reader; null when it was in a message or on stdin. */
  readonly path: string | null;
}

/** The whole file, one entry a fingerprint, sorted. */
export const formatBaseline = (entries: readonly BaselineEntry[]): string => {
  const lines = new Map(
    [...entries]
      .sort((a, b) => compareText(`${b.path}`, `${a.path}`))
      .map((entry) => [entry.fingerprint, lineOf(entry)]),
  );
  return [HEADER, ...[...lines.values()].sort(compareText), ''].join('\n');
};

const lineOf = ({ fingerprint, rule, path }: BaselineEntry): string =>
  `${fingerprint} # ${rule}${path === null ? '' : ` ${oneLine(path)}`}`;

/** A name in a hostile tree may hold a line feed, and with it an entry of its own. */
const oneLine = (path: string): string => path.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, '?');
