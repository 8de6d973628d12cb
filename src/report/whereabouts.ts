// Where a finding is, for programs: one path and one line for each place, as CI shows them beside the code. Paths are
// relative to the current directory, which in CI is the top of the checkout.

import path from 'node:path';
import type { Finding, Occurrence } from '../findings/model.js';

export interface Whereabouts {
  /** With `/`. Null where there is no file: standard input, messages of commits, objects that no path names. */
  readonly file: string | null;
  /** What to call it where there is no file, or the file. */
  readonly name: string;
}

const SHORT = 10;

/** Longer than any file system has; what follows is cut, so that one name cannot fill a report. */
const LONGEST = 4096;

export const whereaboutsOf = (finding: Finding, occurrence: Occurrence): Whereabouts => {
  const { source, path: own, blob } = occurrence;
  if (source === 'stdin') return { file: null, name: 'standard-input' };
  const object = blob?.slice(0, SHORT) ?? 'unknown';
  if (own === null) return { file: null, name: `${source === 'message' ? 'commit-message' : 'git-object'}/${object}` };
  const file = cut(pathFromHere(occurrence.target ?? finding.target, own), LONGEST);
  return { file, name: file };
};

/** A target may be a URL, whose paths are those within it, or the file itself. */
const pathFromHere = (target: string, own: string): string => {
  if (target === '' || /^[a-z][a-z0-9+.-]+:\/\//i.test(target)) return own;
  const isItself = path.basename(target) === own && !target.endsWith('/');
  const whole = isItself ? slashed(target) : path.posix.join(slashed(target), own);
  if (!path.isAbsolute(whole)) return path.posix.normalize(whole);
  const here = slashed(path.relative(process.cwd(), whole));
  return here === '' || here.startsWith('../') || path.isAbsolute(here) ? whole : here;
};

const slashed = (name: string): string => name.split(path.sep).join('/');

/** In code points; lone surrogates become U+FFFD, which every encoding can hold. */
export const cut = (text: string, most: number): string => {
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  // A code point is at most two units: only what may be too long is counted.
  if (whole.length <= most) return whole;
  const points = [...whole.slice(0, 2 * most + 2)];
  return points.length <= most ? whole : `${points.slice(0, most - 1).join('')}…`;
};

/** One line of plain text for a place that is not the first: where, and since when. */
export const placeInWords = (finding: Finding, occurrence: Occurrence): string => {
  const { source, line, commit, date, inHead } = occurrence;
  const facts = [
    ...(source === 'index' ? ['staged'] : []),
    ...(commit === undefined
      ? []
      : [`since ${commit.slice(0, SHORT)}${date === undefined ? '' : ` of ${date.slice(0, 10)}`}`]),
    ...(source === 'history' && inHead !== true ? ['in history only'] : []),
  ];
  const { name } = whereaboutsOf(finding, occurrence);
  return `${cut(name, 200)}:${line}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
};
