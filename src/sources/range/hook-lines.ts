// What git tells its pre-push and pre-receive hooks on standard input: one line for each ref (githooks).

import { AkscanError } from '../../errors.js';
import type { Batch } from '../../git/batch.js';
import type { Span } from './revisions.js';

export interface RefUpdate {
  readonly ref: string;
  /** Null: the ref is new. */
  readonly before: string | null;
  /** Null: the ref is deleted. */
  readonly after: string | null;
}

export interface HookInput {
  /** `push`: we are about to send. `receive`: somebody sends to us. */
  readonly hook: 'push' | 'receive';
  readonly updates: readonly RefUpdate[];
}

const OBJECT = '((?:[0-9a-f]{64}|[0-9a-f]{40}))';
/** `<local ref> SP <local object> SP <remote ref> SP <remote object>`; the first may be any expression. */
const PUSH = new RegExp(`^.+ ${OBJECT} (\\S+) ${OBJECT}$`);
/** `<old object> SP <new object> SP <ref>` */
const RECEIVE = new RegExp(`^${OBJECT} ${OBJECT} (\\S+)$`);

/** @throws AkscanError for a line that is none of the two, or a mixture */
export const parseHookInput = (text: string): HookInput => {
  const hooks = new Set<HookInput['hook']>();
  const updates = text.split('\n').flatMap((line, index): readonly RefUpdate[] => {
    if (line === '') return [];
    const received = RECEIVE.exec(line);
    const pushed = received === null ? PUSH.exec(line) : null;
    if (received === null && pushed === null) throw misformed(index + 1);
    hooks.add(received === null ? 'push' : 'receive');
    if (hooks.size > 1) throw misformed(index + 1);
    const [before = '', after = '', ref = ''] =
      received === null ? [pushed?.[3], pushed?.[1], pushed?.[2]] : received.slice(1);
    return [{ ref, before: orNull(before), after: orNull(after) }];
  });
  return { hook: hooks.has('receive') ? 'receive' : 'push', updates };
};

const misformed = (line: number): AkscanError =>
  new AkscanError(
    `line ${line} of standard input is not what git tells a pre-push or pre-receive hook`,
    'Pass the hook its own input on: akscan range --stdin',
  );

const orNull = (oid: string): string | null => (/^0+$/.test(oid) ? null : oid);

/**
 * What is there already: for a ref that moves, its old state; for a new one, what any ref has (receiving) or what the remote's
 * branches had when they were last fetched (sending).
 * @param remote whose branches count when sending; null: those of all
 */
export const spansOf = async (
  { hook, updates }: HookInput,
  remote: string | null,
  batch: Batch,
): Promise<readonly Span[]> => {
  const known = hook === 'receive' ? '--all' : remote === null ? '--remotes' : `--remotes=${remote}`;
  const spans: Span[] = [];
  for (const { ref, before, after } of updates) {
    if (after === null) continue;
    const old = before === null ? null : await batch.read(before, 0);
    // A remote that has moved on is at a commit that is not here: then its branches as last fetched must do.
    const isHere = old !== null && old.kind === 'object';
    spans.push(
      before !== null && isHere
        ? { name: ref, tips: [after], not: [before], base: { kind: 'commit', commit: before } }
        : { name: ref, tips: [after], not: [known], base: { kind: 'fork' } },
    );
  }
  return joinAlike(spans);
};

/** New branches, or others with one base, that are judged each by itself. Each takes git as long as a range of its own. */
export const MOST_APART = 16;

/**
 * More of them are one question, as when all branches or tags of a repository are pushed: what one of them was built on counts
 * as known to all then.
 */
const joinAlike = (spans: readonly Span[]): readonly Span[] => {
  const byBase = new Map<string, Span[]>();
  for (const span of spans) {
    const key = JSON.stringify([span.not, span.base]);
    const alike = byBase.get(key);
    if (alike === undefined) byBase.set(key, [span]);
    else alike.push(span);
  }
  return [...byBase.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined || alike.length <= MOST_APART) return alike;
    return [{ ...first, name: alike.map(({ name }) => name).join(', '), tips: alike.flatMap(({ tips }) => tips) }];
  });
};
