// Makes the key that is to replace another and hands its secret over, with each step on record before it is taken. A key
// whose secret reached nobody is switched off again; one of which nobody knows whether it was made is looked for.

import { AkscanError, reasonOf } from '../../errors.js';
import { carryOut, type Outcome, type Patience } from '../act.js';
import type { Controls } from '../controls.js';
import type { Log } from '../log.js';
import type { Sent } from '../types.js';
import type { KeysRead, NewKey, User, UserKeys } from './keys.js';
import type { SecretPlace } from './place.js';
import { roomIn } from './steps.js';

export type Made =
  | { readonly kind: 'made'; readonly accessKeyId: string; readonly to: string }
  /** It was made, and its secret is lost; `off` is what became of switching it off again. */
  | { readonly kind: 'withdrawn'; readonly accessKeyId: string; readonly why: string; readonly off: Outcome }
  /** No key was made. */
  | { readonly kind: 'not-made'; readonly why: string }
  /** It may have been made, and its secret is lost; `appeared`: the IDs that were not there before. */
  | { readonly kind: 'lost'; readonly why: string; readonly appeared: readonly string[] }
  /** The user's keys could not be read, and nothing was done. */
  | { readonly kind: 'unknown'; readonly why: string };

export interface Making {
  /** The key to be replaced. */
  readonly key: string;
  readonly owner: User;
  readonly keys: UserKeys;
  readonly controls: Controls;
  readonly place: SecretPlace;
  readonly log: Log;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/** @throws AkscanError when the record cannot be written; the run's abort reason, only before anything was sent */
export const makeKey = async (making: Making): Promise<Made> => {
  const { key, owner, keys, log, place } = making;
  let isKept = false;
  try {
    const first = await keys.list(owner);
    if (first.kind === 'unread') return { kind: 'unknown', why: `Nothing was done: ${first.why}` };
    const obstacle = obstacleIn(first, key);
    if (obstacle !== null) return { kind: 'not-made', why: obstacle };
    const before = first.keys.map(({ id }) => id);
    log.append({ type: 'create-intent', replaces: key, owner, before });
    const { sent, made } = await keys.create(owner);
    if (made === null) {
      log.append({ type: 'create-answer', replaces: key, sent, made: null });
      return await notMade(making, before, sent);
    }
    const handed = await handOver(making, sent, made);
    isKept = handed.kind === 'made';
    await readBack(making, before, made.accessKeyId);
    return handed;
  } finally {
    if (!isKept) place.discard();
  }
};

const obstacleIn = ({ keys }: KeysRead & { readonly kind: 'read' }, old: string): string | null =>
  keys.some(({ id }) => id === old) ? roomIn(keys, old) : 'Its user does not have it any more.';

/** Handed over before anything else: from here on, what goes wrong must not cost the secret. */
const handOver = async (making: Making, sent: Sent, { accessKeyId, secret }: NewKey): Promise<Made> => {
  const { key, owner, log, place } = making;
  const text = `${JSON.stringify({
    AccessKeyId: accessKeyId,
    AccessKeySecret: secret,
    UserName: owner.user,
    Account: owner.account,
  })}\n`;
  let why: string | null = null;
  try {
    // A record that cannot be written comes after the secret is safe, and before anything else is done.
    await place.put(text);
  } catch (error) {
    why = reasonOf(error);
  }
  try {
    log.append({ type: 'create-answer', replaces: key, sent, made: accessKeyId });
    log.append({
      type: 'handed-over',
      made: accessKeyId,
      to: place.kind,
      ok: why === null,
      ...(why === null ? {} : { why }),
    });
  } catch (error) {
    const rest = why === null ? `its secret went to ${place.name}` : 'its secret is lost: switch it off and delete it';
    throw new AkscanError(`${reasonOf(error)} By then ${accessKeyId} was made for RAM user ${owner.user}; ${rest}.`);
  }
  if (why === null) return { kind: 'made', accessKeyId, to: place.name };
  const off = await switchOff(accessKeyId, making);
  return { kind: 'withdrawn', accessKeyId, why: `Its secret did not get to ${place.name}: ${why}.`, off };
};

const switchOff = async (key: string, { owner, controls, log, patience, signal }: Making): Promise<Outcome> => {
  const calls = [{ api: 'UpdateAccessKey', status: 'Inactive' }] as const;
  try {
    return await carryOut({ key, owner, calls }, controls, log, patience);
  } catch (error) {
    if (!signal.aborted) throw error;
    return { kind: 'unknown', why: INTERRUPTED };
  }
};

const INTERRUPTED = 'The run was interrupted before that was known.';

/** No key came back: whether there is one, only the account knows. */
const notMade = async (making: Making, before: readonly string[], sent: Sent): Promise<Made> => {
  const { read, appeared } = await readBack(making, before, sent.kind === 'refused' ? null : 'any');
  const why =
    sent.kind === 'refused'
      ? `Refused (${sent.code}): ${sent.why}`
      : `Whether the call arrived is not known: ${whyOf(sent)}`;
  // Whatever was said: the account shows what is so.
  if (appeared.length > 0) return { kind: 'lost', why, appeared };
  if (sent.kind === 'refused') return { kind: 'not-made', why };
  return read.kind === 'unread'
    ? { kind: 'lost', why: `${why} ${read.why}`, appeared: [] }
    : { kind: 'not-made', why: `${why} The account shows no new key.` };
};

const whyOf = (sent: Sent): string => (sent.kind === 'done' ? 'the answer held no key.' : sent.why);

interface ReadBack {
  readonly read: KeysRead;
  readonly appeared: readonly string[];
}

/**
 * The account may take a moment to show a new key.
 * @param wanted an ID to wait for, `any` for whatever is new, null to wait for nothing
 */
const readBack = async (making: Making, before: readonly string[], wanted: string | null): Promise<ReadBack> => {
  const { key, owner, keys, log, patience, signal } = making;
  let read: KeysRead;
  try {
    read = await keys.list(owner);
    for (const milliseconds of wanted === null ? [] : patience.rereadMs) {
      const appeared = newIn(read, before);
      if (wanted === 'any' ? appeared.length > 0 : appeared.includes(wanted ?? '')) break;
      await patience.wait(milliseconds);
      read = await keys.list(owner);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    // Not on record: the next run reads the state and finishes it.
    return { read: { kind: 'unread', why: INTERRUPTED }, appeared: [] };
  }
  const appeared = newIn(read, before);
  log.append({
    type: 'create-state',
    replaces: key,
    after: read.kind === 'read' ? read.keys.map(({ id }) => id) : null,
    appeared,
    ...(read.kind === 'read' ? {} : { why: read.why }),
  });
  return { read, appeared };
};

export const newIn = (read: KeysRead, before: readonly string[]): readonly string[] =>
  read.kind === 'read' ? read.keys.map(({ id }) => id).filter((id) => !before.includes(id)) : [];
