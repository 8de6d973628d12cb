// Looks an ID up in the accounts of the auditors' credentials: whose it is, whether it is on, when it was last used. The
// leaked key itself is never used, and an ID found without its secret is enough. What one account says is here; what
// several say together is in accounts.ts.

import type { Verdict } from '../findings/model.js';
import { isId } from './askable.js';
import type { Auditor } from './auditor.js';
import {
  type Facts,
  joined,
  ownerFacts,
  problemsOf,
  recycledInWords,
  rootFacts,
  usedFacts,
  userFacts,
} from './facts.js';
import type { ListedKey, Owner, Recycled, Trail } from './readings.js';
import type { ProvenOwner } from './types.js';

/** What one account says of an ID. `problems` are sentences of what could not be read. */
export type Word =
  /** It knows it: the state, or at least whose it is. */
  | { readonly kind: 'said'; readonly verdict: Verdict }
  /** It was searched whole, and does not have it. */
  | { readonly kind: 'absent'; readonly problems: readonly string[] }
  /** It could not be searched whole. */
  | { readonly kind: 'partly'; readonly problems: readonly string[] };

export const lookUpIn = async (auditor: Auditor, accessKeyId: string): Promise<Word> => {
  // Both before anything else asks: a probe that follows would move the last use.
  const [trail, place] = await Promise.all([auditor.questions.trail(accessKeyId), placeOf(auditor, accessKeyId)]);
  const problems = [...place.problems, ...problemsOf(trail)];
  const said = (state: Verdict['state'], facts: Facts, ...sentences: readonly string[]): Word => {
    const reason = joined(...sentences, ...problems);
    return { kind: 'said', verdict: { state, how: 'inventory', ...facts, ...(reason === '' ? {} : { reason }) } };
  };
  const { account } = auditor;
  const known = trail.kind === 'found' ? trail.value : null;
  // ActionTrail may know the keys of others; what is here is of this account.
  const used = known !== null && isOf(known, account) ? usedFacts(known) : {};
  const isRootKey = known?.owner === 'root';

  if (place.kind === 'user' && (place.key !== null || !isRootKey)) {
    const use = await lastUseOf(auditor, used, place.owner, accessKeyId);
    problems.push(...use.problems);
    const facts = { ...userFacts(place.user, account), ...use.facts };
    return place.key === null
      ? said('unknown', facts, 'It is a key of this RAM user, whose state could not be read.')
      : said(stateOf(place.key), { ...facts, secretProven: false });
  }
  switch (place.kind) {
    case 'restricted': {
      const reason = "It is the very AccessKey that asks, and RAM refuses it under Alibaba Cloud's leak protection.";
      const facts = { ...(auditor.isRoot ? rootFacts(account) : userFacts(null, account)), secretProven: false };
      return { kind: 'said', verdict: { state: 'restricted', how: 'inventory', ...facts, reason } };
    }
    case 'root': {
      const use = await lastUseOf(auditor, used, { principalName: null }, accessKeyId);
      problems.push(...use.problems);
      return said(stateOf(place.key), { ...rootFacts(account), ...use.facts, secretProven: false });
    }
    case 'recycled':
      return said(
        'deleted',
        { ...userFacts(place.recycled.user, account), ...used },
        recycledInWords(place.recycled, Date.now()),
      );
    default:
  }
  const isSearched = place.kind === 'nowhere' && place.isComplete;
  if (known !== null) {
    const listed = isSearched ? 'absent' : await namedKey(auditor, known, accessKeyId);
    if (typeof listed === 'object') {
      return said(stateOf(listed.key), { ...userFacts(listed.user, account), ...used, secretProven: false });
    }
    const facts = { ...ownerFacts(known, known.account ?? account), ...usedFacts(known) };
    return said('unknown', facts, trailInWords(known, auditor, listed));
  }
  const isWhole = isSearched && trail.kind === 'none';
  return { kind: isWhole ? 'absent' : 'partly', problems: [...new Set(problems)] };
};

const isOf = (trail: Trail, account: string | null): boolean =>
  trail.account === null || account === null || trail.account === account;

/** Where whose it is could not be asked for, ActionTrail names the user whose keys may still be listed. */
const namedKey = async (
  { account, questions }: Auditor,
  trail: Trail,
  accessKeyId: string,
): Promise<{ readonly user: string; readonly key: ListedKey } | 'absent' | 'unread'> => {
  const { user } = trail;
  if (user === null || !isOf(trail, account)) return 'unread';
  const listed = await questions.keysOf(user);
  if (listed.kind !== 'found') return listed.kind === 'none' ? 'absent' : 'unread';
  const key = listed.value.find(({ id }) => id === accessKeyId);
  return key === undefined ? 'absent' : { user, key };
};

/**
 * ActionTrail names the owner of an ID and never its state.
 * @param listed whether the keys that it could be among were read
 */
const trailInWords = (trail: Trail, { account, isRoot }: Auditor, listed: 'absent' | 'unread'): string => {
  const whose = trail.owner === 'root' ? 'the root account' : 'a RAM user';
  if (!isOf(trail, account)) {
    return `ActionTrail names it a key of ${whose} of account ${trail.account}, which these credentials do not belong to.`;
  }
  if (listed === 'unread' && (isRoot || trail.owner !== 'root')) {
    return `ActionTrail names it a key of ${trail.owner === 'root' ? whose : 'this RAM user'}; whether it is on could not be read.`;
  }
  if (trail.owner !== 'root') {
    return 'It was a key of this RAM user, and is neither in use nor in the recycle bin as far as could be read.';
  }
  return isRoot
    ? 'It was a key of the root account, and is not among its keys any more as far as could be read.'
    : 'It belongs to the root account; only the root itself can read whether it is on.';
};

/**
 * Whose a key is, asked anew: for those who are about to change something.
 * @returns null when the account does not prove that it has it among its keys, on or off
 */
export const ownerIn = async (auditor: Auditor, accessKeyId: string): Promise<ProvenOwner | null> => {
  const { account } = auditor;
  if (account === null || !isId(accessKeyId)) return null;
  const place = await placeOf(auditor, accessKeyId);
  if (place.kind === 'root') return { kind: 'root', account };
  // Named as the owner is not enough: the key must be among the user's.
  if (place.kind !== 'user' || place.key === null) return null;
  const { principalName = null, userId = null } = place.owner ?? {};
  return { kind: 'user', account, user: place.user, userId, principalName };
};

type Place = { readonly problems: readonly string[] } & (
  | { readonly kind: 'user'; readonly user: string; readonly owner: Owner | null; readonly key: ListedKey | null }
  | { readonly kind: 'root'; readonly key: ListedKey }
  /** It is the auditor's own, which Alibaba Cloud holds for leaked. */
  | { readonly kind: 'restricted' }
  | { readonly kind: 'recycled'; readonly recycled: Recycled }
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
    if (keys.kind !== 'found') return { kind: 'user', user, owner: owner.value, key: null, problems: problemsOf(keys) };
    const key = keys.value.find(sameId);
    // When it is not among them, it was deleted between the two questions, and the recycle bin knows it.
    if (key !== undefined) return { kind: 'user', user, owner: owner.value, key, problems };
  }
  problems.push(...problemsOf(owner));
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
    problems.push(...problemsOf(listed));
    isComplete &&= listed.kind === 'found';
  }
  const recycled = await questions.recycled(accessKeyId);
  if (recycled.kind === 'found') return { kind: 'recycled', recycled: recycled.value, problems };
  problems.push(...problemsOf(recycled));
  if (owner.kind === 'found') return { kind: 'user', user: owner.value.user, owner: owner.value, key: null, problems };
  return { kind: 'nowhere', isComplete: isComplete && recycled.kind === 'none', problems };
};

const stateOf = ({ status }: ListedKey): 'live' | 'disabled' => (status === 'Active' ? 'live' : 'disabled');

/** IMS is asked where ActionTrail does not tell. */
const lastUseOf = async (
  { questions }: Auditor,
  used: Facts,
  /** Null: not known to IMS; without a name it is the caller itself. */
  owner: { readonly principalName: string | null } | null,
  accessKeyId: string,
): Promise<{ readonly facts: Facts; readonly problems: readonly string[] }> => {
  if (used.lastUsed !== undefined || owner === null) return { facts: used, problems: [] };
  const asked = await questions.lastUse(owner, accessKeyId);
  return { facts: asked.kind === 'found' ? usedFacts(asked.value) : used, problems: problemsOf(asked) };
};
