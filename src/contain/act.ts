// Carries out what was planned for one key: reads its state, records what it is about to do, does it, records the answer,
// and reads the state back. Only a state that was read back counts; an answer alone never does.

import { type Controls, hasReached, type StateRead } from './controls.js';
import type { Log } from './log.js';
import type { Call, KeyState, ProvenOwner, Sent } from './types.js';

export interface Work {
  readonly key: string;
  readonly owner: ProvenOwner;
  readonly calls: readonly Call[];
}

export type Outcome =
  /** All calls took effect, or had before. `called` is empty when nothing needed to be done. */
  | { readonly kind: 'reached'; readonly state: KeyState; readonly called: readonly Call[] }
  /** The account says that it is not so. */
  | { readonly kind: 'not-reached'; readonly state: KeyState; readonly why: string }
  /** Nobody knows: the state could not be read. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface Patience {
  /** Milliseconds to wait before a state is read again, one after the other. */
  readonly rereadMs: readonly number[];
  /** How often a call is sent whose outcome stayed unsure and had no effect. */
  readonly attempts: number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export const carryOut = async (
  { key, owner, calls }: Work,
  controls: Controls,
  log: Log,
  patience: Patience,
): Promise<Outcome> => {
  const first = await controls.state(owner, key);
  if (first.kind === 'unread') return { kind: 'unknown', why: `Nothing was done: ${first.why}` };
  let now = first.state;
  const called: Call[] = [];
  for (const call of calls) {
    if (hasReached(now, call)) continue;
    const obstacle = obstacleTo(call, now);
    if (obstacle !== null) return { kind: 'not-reached', state: now, why: obstacle };
    const step: Step = await takeStep({ key, owner, call, before: now }, controls, log, patience);
    if (step.kind !== 'read') return step;
    now = step.state;
    called.push(call);
  }
  return { kind: 'reached', state: now, called };
};

/** The API would refuse, or the key is not what it was when this was planned. */
const obstacleTo = (call: Call, { status, policy }: KeyState): string | null => {
  if (call.api === 'RestoreAccessKeyFromRecycleBin')
    return status === 'recycled' ? null : 'It is not in the recycle bin any more.';
  if (status === 'recycled') return 'It is in the recycle bin.';
  if (status === 'gone') return 'It is not in the account any more.';
  // What cannot be read cannot be brought back, nor read back.
  if (call.api === 'SetAccessKeyPolicy' && policy === undefined)
    return 'Its present network policy could not be read (ram:GetAccessKeyPolicy, and ram:GetUser for its name).';
  return call.api === 'DeleteAccessKey' && status !== 'Inactive' ? 'Only a key that is off can be deleted.' : null;
};

interface One {
  readonly key: string;
  readonly owner: ProvenOwner;
  readonly call: Call;
  readonly before: KeyState;
}

type Step = Exclude<Outcome, { kind: 'reached' }> | (StateRead & { readonly kind: 'read' });

const takeStep = async (one: One, controls: Controls, log: Log, patience: Patience): Promise<Step> => {
  const { key, owner, call } = one;
  let last: Step = { kind: 'unknown', why: 'Nothing was sent.' };
  for (let attempt = 1; attempt <= patience.attempts; attempt++) {
    log.append({ type: 'intent', ...one });
    const sent = await controls.send(owner, key, call);
    log.append({ type: 'answer', key, call, sent });
    const isLost = sent.kind === 'unsure' && attempt < patience.attempts;
    const read = await readBack(one, sent, controls, isLost ? hasty(patience) : patience);
    log.append({
      type: 'state',
      key,
      after: read.kind === 'read' ? read.state : null,
      ...(read.kind === 'read' ? {} : { why: read.why }),
    });
    if (read.kind === 'read' && hasReached(read.state, call)) return read;
    if (read.kind === 'unread') return { kind: 'unknown', why: `${saidOf(sent)} ${read.why}` };
    last = { kind: 'not-reached', state: read.state, why: saidOf(sent) };
    // What was answered was decided; only what got lost on the way is worth another try.
    if (sent.kind !== 'unsure') return last;
  }
  return last;
};

/** What probably never arrived is not waited for at length: every call sets a state, and to set it twice is to set it once. */
const hasty = (patience: Patience): Patience => ({ ...patience, rereadMs: patience.rereadMs.slice(0, 3) });

/** The account may take a moment to show what was done. */
const readBack = async (
  { key, owner, call }: One,
  sent: Sent,
  controls: Controls,
  { rereadMs, wait }: Patience,
): Promise<StateRead> => {
  let read = await controls.state(owner, key);
  for (const milliseconds of rereadMs) {
    if (read.kind === 'read' && (hasReached(read.state, call) || sent.kind === 'refused')) break;
    await wait(milliseconds);
    read = await controls.state(owner, key);
  }
  return read;
};

const saidOf = (sent: Sent): string => {
  switch (sent.kind) {
    case 'done':
      return 'The call was accepted, and the account does not show it.';
    case 'refused':
      return `Refused (${sent.code}): ${sent.why}`;
    case 'unsure':
      return `Whether the call arrived is not known: ${sent.why}`;
  }
};

/** Keys that runs before this one were about to change, and of which none could read what became of it. */
export const unfinished = (log: Pick<Log, 'earlier'>): ReadonlyMap<string, ProvenOwner> => {
  const open = new Map<string, ProvenOwner>();
  for (const line of log.earlier) {
    if (line.type === 'intent') open.set(line.key, line.owner);
    // Nobody knows until somebody has read it.
    else if (line.type === 'state' && line.after !== null) open.delete(line.key);
  }
  return open;
};

/** Finishes the record of a run that was killed: with what is so now, read from the account. */
export const finishRecord = async (log: Log, controls: (account: string) => Controls | null): Promise<void> => {
  for (const [key, owner] of unfinished(log)) {
    const own = controls(owner.account);
    if (own === null) continue;
    const read = await own.state(owner, key);
    // Otherwise it stays open, for the next run.
    if (read.kind === 'read') log.append({ type: 'state', key, after: read.state, recovered: true });
  }
};
