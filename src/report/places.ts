// Which of a finding's places a person is shown, and how they are named. A place in the work tree and the same file's
// history are one thing to the reader: the line to edit, and since when it has been there.

import path from 'node:path';
import type { Finding, KeptBy, Occurrence } from '../findings/model.js';
import { number, plural } from './words.js';

export interface ShownPlace {
  /** `config/app.yml:12:8`, from the current directory where it exists on disk. */
  readonly where: string;
  /** The file in the work tree that `where` names, from the current directory; null for what lies in git alone. */
  readonly file: string | null;
  /** What to know about it, outermost first: encoding, commit, versions. */
  readonly facts: readonly string[];
}

export interface ShownPlaces {
  readonly places: readonly ShownPlace[];
  readonly more: number;
}

const PLACES = 6;
const SHORT = 10;

const isCurrent = ({ source }: Occurrence): boolean => source !== 'history' && source !== 'message';

const fileOf = ({ target, path: file }: Occurrence): string => `${target ?? ''}\0${file}`;

const placeOf = (occurrence: Occurrence): string => `${fileOf(occurrence)}\0${occurrence.line}:${occurrence.column}`;

/**
 * The places a reader counts: a file and its own history are one, and so is what is staged just as it stands in the file.
 * The first is the one to mend.
 */
export const distinctPlaces = ({ occurrences }: Finding): readonly Occurrence[] => {
  const files = new Set(occurrences.filter(isCurrent).map(fileOf));
  const written = new Set(occurrences.filter(({ source }) => source === 'worktree').map(placeOf));
  return occurrences.filter(
    (each) =>
      !(each.source === 'history' && files.has(fileOf(each))) &&
      !(each.source === 'index' && written.has(placeOf(each))),
  );
};

/** How what lies in git alone is named: by its path, or by its repository's name and its path. */
export type Naming = 'path' | 'repository';

/** @param most places to name; the rest is a number */
export const placesOf = (finding: Finding, most = PLACES, naming: Naming = 'path'): ShownPlaces => {
  const versions = new Map<string, Occurrence>();
  for (const past of finding.occurrences) {
    if (past.source === 'history' && !versions.has(fileOf(past))) versions.set(fileOf(past), past);
  }
  const distinct = distinctPlaces(finding);
  const current = distinct.filter(isCurrent);
  const past = distinct.filter((each) => !isCurrent(each));
  const all = [
    ...current.map((each) => shown(finding, each, { past: versions.get(fileOf(each)) ?? null, naming })),
    ...past.map((each) => shown(finding, each, { past: null, naming })),
  ];
  return { places: all.slice(0, most), more: Math.max(0, all.length - most) + (finding.occurrencesLeftOut ?? 0) };
};

interface Manner {
  /** The same file's history, of a place that is current. */
  readonly past: Occurrence | null;
  readonly naming: Naming;
}

const shown = (finding: Finding, occurrence: Occurrence, { past, naming }: Manner): ShownPlace => ({
  where: `${naming === 'repository' ? repositoryOf(finding, occurrence) : ''}${nameOf(finding, occurrence)}:${occurrence.line}:${occurrence.column}`,
  file: occurrence.source === 'worktree' || occurrence.source === 'file' ? nameOf(finding, occurrence) : null,
  facts: [
    ...secretFact(occurrence),
    ...encodingFact(occurrence),
    ...(occurrence.source === 'index' ? ['staged'] : []),
    ...historyFacts(occurrence, past),
  ],
});

/** A path in the work tree begins with it already. */
const repositoryOf = ({ target }: Finding, occurrence: Occurrence): string => {
  const name = occurrence.target ?? target;
  return isCurrent(occurrence) || name === '' || name === '.' ? '' : `${name} `;
};

const nameOf = (finding: Finding, occurrence: Occurrence): string => {
  const { source, path: file, blob } = occurrence;
  if (source === 'stdin') return '<stdin>';
  if (source === 'message') return `<message of ${blob?.slice(0, SHORT) ?? 'a commit'}>`;
  if (file === null) return `<object ${blob?.slice(0, SHORT) ?? ''}>`;
  // Only what lies on disk is worth a click; a path in history is relative to its repository.
  return isCurrent(occurrence) ? fromHere(occurrence.target ?? finding.target, file) : file;
};

/** A file that is itself the target goes by the target's name. */
export const fromHere = (target: string, file: string): string => {
  if (path.basename(target) === file && !target.endsWith('/')) return target;
  return path.posix.join(target.split(path.sep).join('/'), file);
};

const secretFact = ({ line, secretLine, secretPath }: Occurrence): readonly string[] => {
  if (secretPath !== undefined) return [`secret in ${secretPath}:${secretLine ?? 1}`];
  return secretLine === undefined || secretLine === line ? [] : [`secret on line ${secretLine}`];
};

const encodingFact = ({ encoding }: Occurrence): readonly string[] =>
  encoding.length === 0 ? [] : [`in ${encoding.join(' in ')}`];

const historyFacts = (occurrence: Occurrence, past: Occurrence | null): readonly string[] => {
  const { commit, author, date, unreachable, source, inHead, lastCommit, keptBy } = occurrence;
  const facts: string[] = [];
  if (commit !== undefined) {
    const who = author?.replace(/ <[^>]*>$/, '') ?? '';
    facts.push(
      [
        source === 'message' ? 'of' : 'since',
        commit.slice(0, SHORT),
        ...(date === undefined ? [] : [date.slice(0, 10)]),
        who,
      ]
        .join(' ')
        .trim(),
    );
  }
  const blobs = past?.blobs ?? occurrence.blobs ?? 1;
  if (blobs > 1) facts.push(plural(blobs, 'version'));
  if (unreachable === true) facts.push(`no branch or tag reaches it${keptBy === undefined ? '' : keptFact(keptBy)}`);
  else if (source === 'history') facts.push(goneFact(inHead, lastCommit));
  return [...facts, ...whereFacts(past ?? occurrence)];
};

const keptFact = ({ by, name }: KeptBy): string => {
  switch (by) {
    case 'reflog':
      return name === undefined ? ', a reflog keeps it' : `, the reflog of ${name} keeps it`;
    case 'stash':
      return ', an older stash keeps it';
    case 'index':
      return `, staged in ${name ?? 'another work tree'}`;
    case 'nothing':
      return ', nothing keeps it';
  }
};

/** Paths and refs named in a line; the rest is a number. */
const NAMED = 3;

/** Where else it is, when that was asked for. */
const whereFacts = ({
  path: own,
  paths = [],
  pathsLeftOut = 0,
  refs = [],
  refsLeftOut = 0,
}: Occurrence): readonly string[] => {
  const others = paths.filter((each) => each !== own);
  const list = (names: readonly string[], leftOut: number): string => {
    const more = Math.max(0, names.length - NAMED) + leftOut;
    return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}`;
  };
  const short = refs.map((ref) => ref.replace(/^refs\/(?:heads|tags|remotes)\//, ''));
  return [
    ...(others.length > 0 ? [`also at ${list(others, pathsLeftOut)}`] : []),
    ...(refs.length > 0 ? [`on ${list(short, refsLeftOut)}`] : []),
  ];
};

const goneFact = (inHead: boolean | undefined, lastCommit: string | undefined): string => {
  if (inHead === true) return 'still in HEAD';
  return lastCommit === undefined ? 'only in history' : `only in history, until ${lastCommit.slice(0, SHORT)}`;
};
