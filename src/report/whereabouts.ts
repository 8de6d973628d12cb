// Where a finding is, for programs: one path and one line for each place, as CI shows them beside the code. Paths are
// relative to the current directory, which in CI is the top of the checkout. Where several repositories were read, a path within
// one of them begins with its name: the same path in two is two places.

import path from 'node:path';
import type { Finding, Occurrence, Report, Skipped } from '../findings/model.js';
import type { Naming } from './places.js';

export interface Whereabouts {
  /** With `/`. Null where there is no file: standard input, messages of commits, objects that no path names. */
  readonly file: string | null;
  /** What to call it where there is no file, or the file. */
  readonly name: string;
}

const SHORT = 10;

/** Longer than any file system has; what follows is cut, so that one name cannot fill a report. */
const LONGEST = 4096;

/** An audit's always says which repository; so does what comes from several targets. */
export const namingOf = ({ findings, skipped, summary }: Report): Naming => {
  if (summary.audit !== undefined) return 'repository';
  let first: string | null = null;
  const isAnother = (target: string): boolean => {
    first ??= target;
    return target !== first;
  };
  const several =
    findings.some(({ target, occurrences }) =>
      occurrences.length === 0 ? isAnother(target) : occurrences.some((each) => isAnother(each.target ?? target)),
    ) || skipped.some(({ target }) => target !== '' && isAnother(target));
  return several ? 'repository' : 'path';
};

/** @param naming as `namingOf` gives it for the whole report */
export const whereaboutsOf = (finding: Finding, occurrence: Occurrence, naming: Naming): Whereabouts => {
  const { source, path: own, blob } = occurrence;
  if (source === 'stdin') return { file: null, name: 'standard-input' };
  const target = occurrence.target ?? finding.target;
  const whole = (name: string): string => {
    const repository = naming === 'repository' ? addressOf(target) : null;
    return cut(repository === null ? pathFromHere(target, name) : `${repository}/${name}`, LONGEST);
  };
  if (own === null) {
    const name = `${source === 'message' ? 'commit-message' : 'git-object'}/${blob?.slice(0, SHORT) ?? 'unknown'}`;
    return { file: null, name: naming === 'repository' ? whole(name) : name };
  }
  const file = whole(own);
  return { file, name: file };
};

const isUrl = (target: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(target);

/** `github.com/acme/shop` for a repository that goes by its URL; null for one that is a folder. */
export const addressOf = (target: string): string | null =>
  isUrl(target) ? target.replace(/^[^:]+:\/\/(?:[^/@]*@)?\/*/, '').replace(/\/+$/, '') : null;

/** What could not be read: in a report of several repositories, in which of them. */
export const skippedName = ({ target, what }: Pick<Skipped, 'target' | 'what'>, naming: Naming): string => {
  if (what === null) return target;
  if (naming === 'path' || target === '' || target === '.' || what.startsWith(`${target}/`)) return what;
  return `${addressOf(target) ?? target} ${what}`;
};

/** A target may be a URL, whose paths are those within it, or the file itself. */
const pathFromHere = (target: string, own: string): string => {
  if (target === '' || isUrl(target)) return own;
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
export const placeInWords = (finding: Finding, occurrence: Occurrence, naming: Naming): string => {
  const { source, line, commit, date, inHead } = occurrence;
  const facts = [
    ...(source === 'index' ? ['staged'] : []),
    ...(commit === undefined
      ? []
      : [`since ${commit.slice(0, SHORT)}${date === undefined ? '' : ` of ${date.slice(0, 10)}`}`]),
    ...(source === 'history' && inHead !== true ? ['in history only'] : []),
  ];
  const { name } = whereaboutsOf(finding, occurrence, naming);
  return `${cut(name, 200)}:${line}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
};
