// Restoring from a log, from beginning to end: what of each change can be taken back, and taking it back under the same
// locks and with the same record as the change itself.

import type { Auditor } from '../cloud/auditor.js';
import type { Progress } from '../progress.js';
import { carryOut, type Outcome, type Patience } from './act.js';
import { createControls } from './cloud-controls.js';
import type { Log } from './log.js';
import { actorFor, holderOf } from './look.js';
import { type Change, changesIn, type Undoing, undoingOf } from './restore.js';
import type { KeyState, LogLine } from './types.js';

/** One key that the log says was changed. */
export interface Return {
  readonly change: Change;
  /** As the account has it now; null when it could not be read. */
  readonly now: KeyState | null;
  readonly undoing: Undoing;
  /** Null before it was carried out, and where there is nothing to do. */
  readonly outcome: Outcome | null;
}

/** What the log says was changed. */
export interface Sought {
  /** Of it, what was asked for. */
  readonly returns: readonly Return[];
  /** Of it, what was not: the account was not asked about it. */
  readonly leftOut: readonly Change[];
}

/** @param isMeant by ID, user or account */
export const soughtIn = async (
  lines: readonly LogLine[],
  auditors: readonly Auditor[],
  isMeant: (change: Change) => boolean,
): Promise<Sought> => {
  const changes = changesIn(lines);
  const returns: Return[] = [];
  for (const change of changes.filter(isMeant)) returns.push(await returnOf(change, auditors));
  return { returns, leftOut: changes.filter((change) => !isMeant(change)) };
};

const returnOf = async (change: Change, auditors: readonly Auditor[]): Promise<Return> => {
  const refused = (why: string, now: KeyState | null = null): Return => ({
    change,
    now,
    undoing: { kind: 'refused', why },
    outcome: null,
  });
  const actor = actorFor(change.owner, auditors);
  if (actor === null) return refused(`None of your credentials act for ${ownerInWords(change)}.`);
  const read = await createControls(actor).state(change.owner, change.key);
  if (read.kind === 'unread') return { ...refused(read.why), outcome: { kind: 'unknown', why: read.why } };
  // A run that was killed left no word of it: what it left is what is there, as the end of its record will say.
  const undoing = undoingOf(change.after === null ? { ...change, after: read.state } : change, read.state);
  // A log is a file: what it says of an owner is believed only where the account says the same.
  if (undoing.kind === 'act' && read.state.status !== 'recycled') {
    const held = await holderOf([actor], change.key);
    const isSame = held !== null && JSON.stringify(ownerOf(held.owner)) === JSON.stringify(ownerOf(change.owner));
    if (!isSame)
      return refused('The account does not prove that the key is of the owner that the log names.', read.state);
  }
  return { change, now: read.state, undoing, outcome: null };
};

const ownerOf = (owner: Change['owner']) => (owner.kind === 'root' ? [owner.account] : [owner.account, owner.user]);

export const ownerInWords = ({ owner }: Change): string =>
  owner.kind === 'root' ? `the root account ${owner.account}` : `RAM user ${owner.user} of account ${owner.account}`;

export interface Bringing {
  readonly account: string;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Carries out what of it belongs to the account. */
export const bringBack = async (
  returns: readonly Return[],
  auditors: readonly Auditor[],
  log: Log,
  { account, patience, signal, progress }: Bringing,
): Promise<readonly Return[]> => {
  const done: Return[] = [];
  for (const one of returns) {
    const { change, undoing } = one;
    const actor = actorFor(change.owner, auditors);
    if (undoing.kind !== 'act' || change.owner.account !== account || actor === null || signal.aborted) {
      done.push(one);
      continue;
    }
    progress.update(`restore: ${done.length + 1} of ${returns.length} keys`, {
      done: done.length,
      total: returns.length,
    });
    const work = { key: change.key, owner: change.owner, calls: undoing.calls };
    const outcome = await carryOut(work, createControls(actor), log, patience).catch((error: unknown): Outcome => {
      if (!signal.aborted) throw error;
      return { kind: 'unknown', why: 'Stopped before its state was read back: the next run reads it.' };
    });
    done.push({ ...one, outcome });
  }
  return done;
};
