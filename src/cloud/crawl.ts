// Every key of every user, for accounts in which the owner of an ID cannot be asked for.

import { inParallel } from './limiter.js';
import type { Questions } from './questions.js';
import type { ListedKey } from './readings.js';

export interface Crawled {
  readonly keys: ReadonlyMap<string, { readonly user: string; readonly key: ListedKey }>;
  /** Why it is not complete; empty when it is. */
  readonly problems: readonly string[];
}

/** Users asked about at the same time; the run's rate still holds. */
const CRAWLERS = 4;

/** Refused so often in a row, and never not, the rest would be refused, too. */
const ENOUGH = 50;

export const crawl = async (questions: Questions): Promise<Crawled> => {
  const users = await questions.users();
  const keys = new Map<string, { user: string; key: ListedKey }>();
  if (users.kind === 'denied') return { keys, problems: [`Your credentials lack ${users.action}.`] };
  if (users.kind === 'fault') return { keys, problems: [users.why] };
  // There is always a list, be it empty: an account that does not have it was not searched.
  if (users.kind === 'none') return { keys, problems: ['RAM says that there is no list of users.'] };
  const problems = new Set<string>();
  const denied = { action: '', users: 0, inARow: 0 };
  let asked = 0;
  await inParallel(spread(users.value), CRAWLERS, async (user) => {
    if (denied.inARow >= ENOUGH) return;
    asked += 1;
    const listed = await questions.keysOf(user);
    if (listed.kind === 'denied') {
      denied.action = listed.action;
      denied.users += 1;
      denied.inARow += 1;
      return;
    }
    denied.inARow = 0;
    if (listed.kind === 'found') for (const key of listed.value) keys.set(key.id, { user, key });
    else if (listed.kind === 'fault') problems.add(listed.why);
  });
  if (denied.users > 0) problems.add(lacking(denied, asked, users.value.length));
  return { keys, problems: [...problems] };
};

/** A grant may name some users and not others. */
const lacking = (denied: { readonly action: string; readonly users: number }, asked: number, all: number): string => {
  const rest = all - asked;
  if (denied.users === all) return `Your credentials lack ${denied.action}.`;
  const refused = `Your credentials lack ${denied.action} for ${denied.users} of ${all} users`;
  return rest === 0 ? `${refused}.` : `${refused}; the other ${rest} were not asked about.`;
};

/**
 * All of them, neighbours far apart: names that a policy treats alike often stand together, and a few refusals should tell of
 * all.
 */
const spread = <T>(items: readonly T[]): readonly T[] => {
  let step = Math.max(1, Math.round(items.length * 0.618));
  while (commonDivisor(step, items.length) !== 1) step += 1;
  return Array.from(items, (item, index) => items[(index * step) % items.length] ?? item);
};

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
