// The fresh look before anything is touched: whose each key is, by the inventory of this run, who could act on it, and
// whether anybody uses it. Reports and caches are not believed here.

import type { Auditor } from '../cloud/auditor.js';
import { ownerIn } from '../cloud/inventory.js';
import { inParallel } from '../cloud/limiter.js';
import type { ProvenOwner } from '../cloud/types.js';
import { mayBeAsked } from '../findings/asked.js';
import type { Finding, Verdict, VerdictState } from '../findings/model.js';
import type { Candidate } from './types.js';

/** IDs looked up at the same time; the run's rate still holds. */
const AT_ONCE = 8;

/** What the last use of a key was, without our own probes: see `recentUseOf` in use.ts. */
export type UseOf = (accessKeyId: string, verdict: Verdict, auditor: Auditor) => Promise<Candidate['use']>;

/**
 * @param findings with the verdicts of this run; those without an ID are left out
 * @param wrongBefore IDs beside which an earlier run found a secret that is not theirs
 * @returns one candidate for each ID, in the order of the findings
 */
export const candidatesOf = async (
  findings: readonly Finding[],
  auditors: readonly Auditor[],
  useOf: UseOf,
  wrongBefore: ReadonlySet<string> = new Set(),
): Promise<readonly Candidate[]> => {
  const own = await ownersOfOurselves(auditors);
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    // What a rule of somebody's own has found is no AccessKey for Alibaba Cloud to hear of.
    if (finding.accessKeyId === null || !mayBeAsked(finding)) continue;
    const group = groups.get(finding.accessKeyId);
    if (group === undefined) groups.set(finding.accessKeyId, [finding]);
    else group.push(finding);
  }
  const candidates = new Map<string, Candidate>();
  await inParallel([...groups], AT_ONCE, async ([accessKeyId, group]) => {
    const verdict = decisive(group.map((finding) => finding.verdict));
    const held = await holderOf(auditors, accessKeyId);
    const actor = held === null ? null : actorFor(held.owner, auditors);
    candidates.set(accessKeyId, {
      accessKeyId,
      findings: group,
      verdict,
      owner: held?.owner ?? null,
      ...(wrongBefore.has(accessKeyId) ? { wrongBefore: true } : {}),
      own: ownness(accessKeyId, held?.owner ?? null, auditors, own),
      actsWith: actor?.from ?? null,
      use: held === null ? null : await useOf(accessKeyId, verdict, held.auditor),
    });
  });
  return [...groups.keys()].map((accessKeyId) => candidates.get(accessKeyId)).filter((one) => one !== undefined);
};

/** Who acts for an owner: of the account, and for root keys the root itself. */
export const actorFor = (owner: ProvenOwner, auditors: readonly Auditor[]): Auditor | null =>
  auditors.find(({ account, isRoot }) => account === owner.account && (owner.kind === 'user' || isRoot)) ?? null;

export const holderOf = async (
  auditors: readonly Auditor[],
  accessKeyId: string,
): Promise<{ readonly auditor: Auditor; readonly owner: ProvenOwner } | null> => {
  for (const auditor of auditors) {
    const owner = await ownerIn(auditor, accessKeyId);
    if (owner !== null) return { auditor, owner };
  }
  return null;
};

/** One pair may be live and another, made up around the same ID, wrong: the graver word stands for the ID. */
const GRAVEST: readonly VerdictState[] = [
  'live',
  'restricted',
  'unknown',
  'unchecked',
  'wrong-secret',
  'disabled',
  'deleted',
  'not-found',
  'expired',
];

const decisive = (verdicts: readonly Verdict[]): Verdict => {
  const [first, ...rest] = verdicts;
  if (first === undefined) return { state: 'unchecked', how: null };
  return rest.reduce((a, b) => (GRAVEST.indexOf(b.state) < GRAVEST.indexOf(a.state) ? b : a), first);
};

/** Owners of the keys that sign this run, or that it was signed in with. */
const ownersOfOurselves = async (auditors: readonly Auditor[]): Promise<readonly ProvenOwner[]> => {
  const owners: ProvenOwner[] = [];
  for (const id of new Set(auditors.flatMap(({ signedWith }) => signedWith))) {
    if (id.startsWith('STS.')) continue;
    const held = await holderOf(auditors, id);
    if (held !== null) owners.push(held.owner);
  }
  return owners;
};

const ownness = (
  accessKeyId: string,
  owner: ProvenOwner | null,
  auditors: readonly Auditor[],
  own: readonly ProvenOwner[],
): Candidate['own'] => {
  if (auditors.some(({ signedWith }) => signedWith.includes(accessKeyId))) return 'this-key';
  if (owner === null) return 'no';
  if (owner.kind === 'root')
    return own.some(({ kind, account }) => kind === 'root' && account === owner.account) ? 'same-root' : 'no';
  const isOurs =
    own.some((one) => one.kind === 'user' && one.account === owner.account && one.user === owner.user) ||
    // Where our own key could not be looked up, STS has said who we are.
    auditors.some(({ identity }) => identity === `acs:ram::${owner.account}:user/${owner.user}`);
  return isOurs ? 'same-user' : 'no';
};
