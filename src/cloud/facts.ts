// Parts of an inventory's verdict: facts in the form in which a verdict holds them, and the sentences of its reason.

import type { Verdict } from '../findings/model.js';
import type { Outcome } from './ask.js';
import type { LastUse, Recycled, Trail } from './readings.js';

export type Facts = Partial<Omit<Verdict, 'state' | 'how' | 'reason'>>;

export const usedFacts = ({ at, service, never }: LastUse): Facts => ({
  ...(never === true ? { neverUsed: never } : {}),
  ...(at === null ? {} : { lastUsed: at }),
  ...(at === null || service === null ? {} : { lastUsedService: service }),
});

/** @param user null: a RAM user whose name is not known */
export const userFacts = (user: string | null, account: string | null): Facts => ({
  principal: 'ram-user',
  ...(account === null ? {} : { account }),
  ...(user === null ? {} : { user }),
  ...(user === null || account === null ? {} : { arn: `acs:ram::${account}:user/${user}` }),
});

export const rootFacts = (account: string | null): Facts => ({
  principal: 'root',
  ...(account === null ? {} : { account, arn: `acs:ram::${account}:root` }),
});

export const ownerFacts = ({ owner, user }: Trail, account: string | null): Facts =>
  owner === 'root' ? rootFacts(account) : userFacts(user, account);

export const problemsOf = (outcome: Outcome<unknown>): readonly string[] => {
  if (outcome.kind === 'denied') return [`Your credentials lack ${outcome.action}.`];
  return outcome.kind === 'fault' ? [outcome.why] : [];
};

/** Sentences, each said once. */
export const joined = (...sentences: readonly string[]): string => [...new Set(sentences)].join(' ');

/** `2025-12-01` of an ISO time. */
export const dayOf = (time: string): string => time.slice(0, 10);

export const recycledInWords = ({ since, until, isUserDeleted }: Recycled, now: number): string => {
  const from = since === null ? 'In the recycle bin' : `In the recycle bin since ${dayOf(since)}`;
  const isOver = until !== null && Date.parse(until) <= now;
  const to = isOver
    ? '; its time to be restored is over'
    : until === null
      ? ', restorable for 30 days'
      : `, restorable until ${dayOf(until)}`;
  return `${from}${to}${isUserDeleted ? '; its user was deleted, too' : ''}.`;
};
