// `.akscanignore`: findings that somebody has looked at and accepts. One a line:
//
//   FINGERPRINT [path:GLOB] [expires:YYYY-MM-DD] REASON
//
// A line that starts with `#` is a comment. The fingerprint may be shortened to its first 16 digits or more. With `path:`
// only places whose path matches count as accepted; a path with blanks stands in double quotes. A reason is required.

import { isCalendarDay } from '../calendar-day.js';
import { AkscanError, allOf, MOST_TOLD } from '../errors.js';
import { refused } from '../glob-complaint.js';
import { complaintAboutRelative } from '../glob-place.js';

export interface IgnoreEntry {
  /** The first 16 to 64 hex digits. */
  readonly fingerprint: string;
  /** A glob (src/glob.ts) over paths relative to the folder that holds the file; null means everywhere. */
  readonly path: string | null;
  /** `YYYY-MM-DD`; the entry counts up to and on that day (UTC). */
  readonly expires: string | null;
  readonly reason: string;
  /** 1-based. */
  readonly line: number;
}

const LINE = /^([0-9a-f]{16,64})(?:[ \t]+(.*))?$/i;
const FIELD = /^(path|expires):(?:"([^"]*)"|(\S+))(?:[ \t]+|$)/;
const LOOKS_LIKE_FIELD = /^([A-Za-z]+):\S/;
const GLOB_LIMIT = 1024;

/** @throws AkscanError that names file and line, of all lines that are wrong */
export const parseIgnoreFile = (text: string, file: string): readonly IgnoreEntry[] => {
  const mistakes: AkscanError[] = [];
  const entries = text.split(/\r?\n/).flatMap((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || mistakes.length > MOST_TOLD) return [];
    try {
      return [parseLine(line, `${file}:${index + 1}`, index + 1)];
    } catch (error) {
      if (!(error instanceof AkscanError)) throw error;
      mistakes.push(error);
      return [];
    }
  });
  if (mistakes.length > 0) throw allOf(file, mistakes);
  return entries;
};

const parseLine = (text: string, where: string, line: number): IgnoreEntry => {
  const match = LINE.exec(text);
  if (match === null) {
    throw new AkscanError(
      `${where}: a line starts with a fingerprint of 16 to 64 hex digits.`,
      'Write FINGERPRINT [path:GLOB] [expires:YYYY-MM-DD] REASON, or let `akscan ignore` write it.',
    );
  }
  let rest = match[2] ?? '';
  let path: string | null = null;
  let expires: string | null = null;
  for (let field = FIELD.exec(rest); field !== null; field = FIELD.exec(rest)) {
    const value = field[2] ?? field[3] ?? '';
    if (field[2] === undefined && value.startsWith('"')) throw unclosed(`${field[1]}:${value}`, where);
    if (field[1] === 'path') path = checkGlob(value, where);
    else expires = checkDate(value, where);
    rest = rest.slice(field[0].length);
  }
  const stray = LOOKS_LIKE_FIELD.exec(rest)?.[1];
  if (stray !== undefined && /^(pat|exp)/i.test(stray)) {
    throw new AkscanError(`${where}: "${stray}:" is not understood; the fields are path: and expires:.`);
  }
  if (rest.trim() === '') {
    throw new AkscanError(`${where}: the reason is missing.`, 'Say in a few words why this finding is accepted.');
  }
  return { fingerprint: (match[1] ?? '').toLowerCase(), path, expires, reason: rest.trim(), line };
};

const unclosed = (text: string, where: string): AkscanError =>
  new AkscanError(
    `${where}: ${text.slice(0, 80)} begins with a quote, and none ends it before a blank or the end of the line.`,
    'A path with blanks stands between two: path:"my docs/**"',
  );

const checkGlob = (glob: string, where: string): string => {
  if (glob.length > GLOB_LIMIT) {
    throw new AkscanError(
      `${where}: path:${glob.slice(0, 80)}… has ${glob.length} characters; a glob has ${GLOB_LIMIT} at most.`,
    );
  }
  const complaint = complaintAboutRelative(glob);
  if (complaint !== null) throw refused(glob, `${where}: path`, complaint);
  return glob;
};

/** @throws AkscanError unless it is a day of the calendar, `YYYY-MM-DD` */
export const checkDate = (date: string, where: string): string => {
  if (isCalendarDay(date)) return date;
  throw new AkscanError(`${where}: "${date}" is not a day.`, 'Write it as YYYY-MM-DD.');
};

/** The line that says so; `parseIgnoreFile` reads it back. */
export const formatIgnoreEntry = (entry: Omit<IgnoreEntry, 'line'>): string =>
  [
    entry.fingerprint,
    ...(entry.path === null ? [] : [/\s/.test(entry.path) ? `path:"${entry.path}"` : `path:${entry.path}`]),
    ...(entry.expires === null ? [] : [`expires:${entry.expires}`]),
    entry.reason,
  ].join(' ');
