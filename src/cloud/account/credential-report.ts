// Has RAM write its credential report, and reads it. RAM writes one in four hours at most; until then it hands out the last.

import type { Ask, Outcome } from '../ask.js';
import { type Wait, wait } from '../limiter.js';
import { type ReportPage, readReportPage, readReportState } from './readings.js';
import { type Columns, type ReportedUser, readRows } from './report-rows.js';

export interface CredentialReport {
  /** When RAM wrote it, ISO 8601. */
  readonly generated: string | null;
  readonly root: ReportedUser | null;
  readonly users: readonly ReportedUser[];
  /** Rows that could not be read. */
  readonly malformed: number;
}

export interface Reading {
  readonly signal: AbortSignal;
  readonly waiting?: Wait;
  /** Told while RAM writes. */
  readonly onWait?: () => void;
}

/** RAM makes none for accounts with more users. */
export const MOST_USERS = 3_500;

/** Milliseconds between two looks at whether it is written, a minute in all. */
const PATIENCE = [1_000, 2_000, 3_000, 4_000, 5_000, 5_000, 10_000, 10_000, 10_000, 10_000];

/** Rows of a page: an answer of more than a megabyte is not read, and a row may take a kilobyte and a half. */
const ROWS = '400';

/** Twice what there can be. */
const PAGES = 20;

export const readCredentialReport = async (ask: Ask, options: Reading): Promise<Outcome<CredentialReport>> => {
  const written = await haveItWritten(ask, options);
  const report = await readPages(ask);
  // One that was written before serves as well; without any, what kept RAM from writing one is the reason.
  if (report.kind !== 'none') return report;
  if (written.kind === 'denied' || written.kind === 'fault') return written;
  return { kind: 'fault', why: 'RAM was still writing its credential report after a minute. Try again later.' };
};

const haveItWritten = async (
  ask: Ask,
  { signal, waiting = wait, onWait = () => {} }: Reading,
): Promise<Outcome<'done' | 'working'>> => {
  for (const milliseconds of [...PATIENCE, null]) {
    const state = await ask('ims:GenerateCredentialReport', {}, readReportState);
    if (state.kind !== 'found' || state.value === 'done' || milliseconds === null) return state;
    onWait();
    await waiting(milliseconds, signal);
  }
  return { kind: 'none' };
};

const readPages = async (ask: Ask): Promise<Outcome<CredentialReport>> => {
  const users: ReportedUser[] = [];
  const seen = new Set<string>();
  let malformed = 0;
  let columns: Columns | null = null;
  let next: string | null = null;
  let generated: string | null = null;
  do {
    const query: Readonly<Record<string, string>> = { MaxItems: ROWS, ...(next === null ? {} : { NextToken: next }) };
    const page: Outcome<ReportPage> = await ask('ims:GetCredentialReport', query, readReportPage);
    if (page.kind !== 'found') return page;
    const rows: ReturnType<typeof readRows> = readRows(page.value.csv, columns);
    if (rows === null) return { kind: 'fault', why: 'The credential report is not in the form that is documented.' };
    for (const user of rows.users) users.push(user);
    malformed += rows.malformed;
    columns = rows.columns;
    generated ??= page.value.generated;
    next = page.value.next;
    if (next !== null && (seen.has(next) || seen.size >= PAGES)) {
      return { kind: 'fault', why: 'The credential report has no end.' };
    }
    if (next !== null) seen.add(next);
  } while (next !== null);
  // Names of RAM users have an @: the root's row is the only one that can have this name.
  const root = users.find(({ name }) => name === '<root>') ?? null;
  return { kind: 'found', value: { generated, root, users: users.filter(({ name }) => name !== '<root>'), malformed } };
};
