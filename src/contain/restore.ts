// Back to what was before: what the log says this tool changed, and what of it the account still shows as it was left.

import { samePolicy, sameState } from './controls.js';
import { NO_RESTRICTION } from './restriction.js';
import type { Call, KeyState, LogLine, ProvenOwner } from './types.js';

export interface Change {
  readonly key: string;
  readonly owner: ProvenOwner;
  /** Before the first call of ours. */
  readonly before: KeyState;
  /** After the last; null when it could not be read. */
  readonly after: KeyState | null;
}

/**
 * What is left to undo, the latest change first. A key that came back to its former state, by `restore` or otherwise, is
 * not among them.
 */
export const changesIn = (lines: readonly LogLine[]): readonly Change[] => {
  const changes = new Map<string, Change>();
  /** Keys that a run made, and switched off again by itself: before, there was none to go back to. */
  const made = new Set(lines.flatMap((line) => (line.type === 'create-answer' ? `${line.run} ${line.made}` : [])));
  for (const line of lines) {
    if ('key' in line && made.has(`${line.run} ${line.key}`)) continue;
    if (line.type === 'intent') {
      const before = formerState(changes.get(line.key), line.before);
      changes.delete(line.key);
      changes.set(line.key, { key: line.key, owner: line.owner, before, after: null });
    } else if (line.type === 'state') {
      const change = changes.get(line.key);
      if (change === undefined) continue;
      if (line.after !== null && sameState(line.after, change.before)) changes.delete(line.key);
      else changes.set(line.key, { ...change, after: line.after });
    }
  }
  return [...changes.values()].reverse();
};

/**
 * Two changes of ours are one as long as the second found what the first had left; what others changed between the two is
 * theirs, and stays.
 */
const formerState = (earlier: Change | undefined, found: KeyState): KeyState =>
  earlier === undefined || (earlier.after !== null && !sameState(earlier.after, found)) ? found : earlier.before;

export type Undoing =
  | { readonly kind: 'act'; readonly calls: readonly Call[] }
  | { readonly kind: 'done'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

/** @param now the key's state, fresh from the account */
export const undoingOf = ({ before, after }: Change, now: KeyState): Undoing => {
  if (sameState(now, before)) return { kind: 'done', why: 'It is as it was before.' };
  if (after === null) return { kind: 'refused', why: 'The log does not know what state it was left in.' };
  if (!sameState(now, after)) {
    return { kind: 'refused', why: `It was changed since: left ${words(after)}, found ${words(now)}.` };
  }
  if (now.status === 'gone') return { kind: 'refused', why: 'It was deleted for good, and nothing brings it back.' };
  return { kind: 'act', calls: callsBack(before, now) };
};

const callsBack = (before: KeyState, now: KeyState): readonly Call[] => {
  const { status } = before;
  // The recycle bin does not show policies: what it gives back may be pinned, by us, or not be any more.
  const isUnlike = (was: string | null): boolean =>
    now.policy === undefined ? now.status === 'recycled' : !samePolicy(was, now.policy);
  const policyChanged = before.policy !== undefined && isUnlike(before.policy);
  return [
    ...(now.status === 'recycled' ? [{ api: 'RestoreAccessKeyFromRecycleBin' } as const] : []),
    ...(policyChanged ? [{ api: 'SetAccessKeyPolicy', policy: before.policy ?? NO_RESTRICTION } as const] : []),
    // Last: a key is on again only when all else is as it was. Carried out only where it is not so already.
    ...(status === 'Active' || status === 'Inactive' ? [{ api: 'UpdateAccessKey', status } as const] : []),
  ];
};

const words = ({ status, policy }: KeyState): string =>
  `${status}${policy === undefined || policy === null ? '' : ' with a network policy'}`;
