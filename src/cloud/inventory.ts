// Looks an ID up in the accounts of the auditor's credentials: whose it is, whether it is on, when it was last used. The
// leaked key itself is never used, and an ID found without its secret is enough.

import type { Verdict } from '../findings/model.js';
import type { Outcome } from './ask.js';
import type { Auditor } from './auditor.js';
import type { LastUse, ListedKey, Owner, Trail } from './readings.js';

/** @returns the first account's word that decides; otherwise all that is known, as `unknown` */
export const lookUp = async (auditors: readonly Auditor[], accessKeyId: string): Promise<Verdict> => {
  if (accessKeyId.startsWith('STS.')) {
    return unknown('A temporary key is in no inventory; only --probe can ask about it.', {});
  }
  if (!/^[\w.-]{8,128}$/.test(accessKeyId)) return unknown('This text is no AccessKey ID, and was not sent.', {});
  let known: Verdict | null = null;
  const reasons = new Set<string>();
  for (const auditor of auditors) {
    const verdict = await lookUpIn(auditor, accessKeyId);
    if (verdict.state !== 'unknown') return verdict;
    if (verdict.reason !== undefined) reasons.add(verdict.reason);
    if (known === null || (known.principal === undefined && verdict.principal !== undefined)) known = verdict;
  }
  return { ...known, state: 'unknown', how: 'inventory', reason: [...reasons].join(' ') };
};

type Facts = Partial<Omit<Verdict, 'state' | 'how' | 'reason'>>;

const lookUpIn = async (auditor: Auditor, accessKeyId: string): Promise<Verdict> => {
  const { questions } = auditor;
  // Before anything else: a probe that follows would move it.
  const trail = await questions.trail(accessKeyId);
  const place = await placeOf(auditor, accessKeyId);
  const problems = [...place.problems, ...problemOf(trail)];
  const account = auditor.account === null ? {} : { account: auditor.account };

  if (place.kind === 'user') {
    const facts = {
      ...account,
      ...userFacts(place.user, auditor.account),
      ...(await lastUseOf(auditor, trail, place.owner, accessKeyId)),
    };
    if (place.key === null)
      return unknown(because('It is a key of this RAM user, whose state could not be read.', problems), facts);
    return stated(place.key, facts, problems);
  }
  if (place.kind === 'restricted') {
    const reason = "It is the very AccessKey that asks, and RAM refuses it under Alibaba Cloud's leak protection.";
    return { state: 'restricted', how: 'inventory', ...account, secretProven: false, reason };
  }
  if (place.kind === 'root') {
    return stated(place.key, { ...account, ...rootFacts(auditor.account), ...lastUseFacts(trail) }, problems);
  }
  if (place.kind === 'recycled') {
    const facts = {
      ...account,
      ...(place.user === null ? {} : userFacts(place.user, auditor.account)),
      ...lastUseFacts(trail),
    };
    return { state: 'deleted', how: 'inventory', ...facts };
  }
  if (trail.kind === 'found') return fromTrail(trail.value, auditor, problems);
  const where =
    auditor.account === null ? `The account of the credentials from ${auditor.from}` : `Account ${auditor.account}`;
  const none = place.isComplete
    ? `${where} has no such key, neither in use nor in the recycle bin; it may belong to another account, which --probe can tell.`
    : `${where} could not be searched whole.`;
  return unknown(because(none, problems), {});
};

type Place = { readonly problems: readonly string[] } & (
  | { readonly kind: 'user'; readonly user: string; readonly owner: Owner | null; readonly key: ListedKey | null }
  | { readonly kind: 'root'; readonly key: ListedKey }
  /** It is the auditor's own, which Alibaba Cloud holds for leaked. */
  | { readonly kind: 'restricted' }
  | { readonly kind: 'recycled'; readonly user: string | null }
  | { readonly kind: 'nowhere'; readonly isComplete: boolean }
);

/** Where in the account the ID stands: with a user, with the root account, in the recycle bin, or nowhere to be seen. */
const placeOf = async (
  { questions, accessKeyId: own, isRoot, crawl }: Auditor,
  accessKeyId: string,
): Promise<Place> => {
  const problems: string[] = [];
  const sameId = ({ id }: ListedKey): boolean => id === accessKeyId;
  const owner = await questions.ownerOf(accessKeyId);
  if (owner.kind === 'found') {
    const { user } = owner.value;
    const keys = await questions.keysOf(user);
    if (keys.kind !== 'found') return { kind: 'user', user, owner: owner.value, key: null, problems: problemOf(keys) };
    const key = keys.value.find(sameId);
    // When it is not among them, it was deleted between the two questions, and the recycle bin knows it.
    if (key !== undefined) return { kind: 'user', user, owner: owner.value, key, problems };
  }
  problems.push(...problemOf(owner));
  if (owner.kind === 'fault' && owner.restricted === true && accessKeyId === own)
    return { kind: 'restricted', problems };
  let isComplete = owner.kind === 'none';
  if (owner.kind === 'denied') {
    const crawled = await crawl();
    const hit = crawled.keys.get(accessKeyId);
    if (hit !== undefined) return { kind: 'user', user: hit.user, owner: null, key: hit.key, problems };
    problems.push(...crawled.problems);
    isComplete = crawled.problems.length === 0;
  }
  if (isRoot) {
    const listed = await questions.ownKeys();
    const key = listed.kind === 'found' ? listed.value.find(sameId) : undefined;
    if (key !== undefined) return { kind: 'root', key, problems };
    problems.push(...problemOf(listed));
    isComplete &&= listed.kind === 'found';
  }
  const recycled = await questions.recycled(accessKeyId);
  if (recycled.kind === 'found') return { kind: 'recycled', user: recycled.value, problems };
  problems.push(...problemOf(recycled));
  if (owner.kind === 'found') return { kind: 'user', user: owner.value.user, owner: owner.value, key: null, problems };
  return { kind: 'nowhere', isComplete: isComplete && recycled.kind === 'none', problems };
};

/** Without a problem there is no reason to give: the state says it. */
const stated = ({ status }: ListedKey, facts: Facts, problems: readonly string[]): Verdict => ({
  state: status === 'Active' ? 'live' : 'disabled',
  how: 'inventory',
  ...facts,
  secretProven: false,
  ...(problems.length === 0 ? {} : { reason: [...new Set(problems)].join(' ') }),
});

/** ActionTrail names the owner of an ID and never its state. */
const fromTrail = (trail: Trail, auditor: Auditor, problems: readonly string[]): Verdict => {
  const account = trail.account ?? auditor.account;
  const facts = { ...(account === null ? {} : { account }), ...usedFacts(trail) };
  if (trail.owner === 'root') {
    const why = auditor.isRoot
      ? 'It was a key of the root account, and is not among its keys any more as far as could be read.'
      : 'It belongs to the root account; only the root itself can read whether it is on.';
    return unknown(because(why, problems), { ...facts, ...rootFacts(account) });
  }
  const why = 'It was a key of this RAM user, and is neither in use nor in the recycle bin as far as could be read.';
  return unknown(because(why, problems), { ...facts, ...(trail.user === null ? {} : userFacts(trail.user, account)) });
};

const lastUseOf = async (
  { questions }: Auditor,
  trail: Outcome<Trail>,
  owner: Owner | null,
  accessKeyId: string,
): Promise<Facts> => {
  if (trail.kind === 'found' || owner === null) return lastUseFacts(trail);
  const used = await questions.lastUse(owner, accessKeyId);
  return used.kind === 'found' ? usedFacts(used.value) : {};
};

const lastUseFacts = (trail: Outcome<Trail>): Facts => (trail.kind === 'found' ? usedFacts(trail.value) : {});

const usedFacts = ({ at, service }: LastUse): Facts => ({
  ...(at === null ? {} : { lastUsed: at }),
  ...(at === null || service === null ? {} : { lastUsedService: service }),
});

const userFacts = (user: string, account: string | null): Facts => ({
  principal: 'ram-user',
  user,
  ...(account === null ? {} : { arn: `acs:ram::${account}:user/${user}` }),
});

const rootFacts = (account: string | null): Facts => ({
  principal: 'root',
  ...(account === null ? {} : { arn: `acs:ram::${account}:root` }),
});

const problemOf = (outcome: Outcome<unknown>): readonly string[] => {
  if (outcome.kind === 'denied') return [`Your credentials lack ${outcome.action}.`];
  return outcome.kind === 'fault' ? [outcome.why] : [];
};

const because = (word: string, problems: readonly string[]): string => [...new Set([word, ...problems])].join(' ');

const unknown = (reason: string, facts: Facts): Verdict => ({ state: 'unknown', how: 'inventory', ...facts, reason });
