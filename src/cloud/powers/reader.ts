// What a RAM user or a role is allowed: its policies and those of its groups, listed, read and evaluated with the auditor's
// credentials. Each principal, group and policy is asked about once in a run.
//
// Not read: grants that are scoped to a resource group, control policies of a resource directory, and the policy that a
// session may have been given to narrow it (docs/verdicts.md).

import type { AttachedPolicy, Power } from '../../findings/model.js';
import type { Ask } from '../ask.js';
import { inParallel } from '../limiter.js';
import { type Attached, attachedToRole, attachedToUser } from './attached.js';
import { heldBy } from './hold.js';
import { askPolicy, type ReadPolicy } from './policy.js';
import { inSentences, type Problem } from './problems.js';
import { type PolicyName, readPolicyNames } from './readings.js';
import type { Rules } from './rules.js';

/** Whose powers; a role is what the session of an assumed role acts with. */
export interface Holder {
  readonly principal: 'ram-user' | 'assumed-role';
  /** The name of the user or of the role. */
  readonly name: string;
}

export type Powers =
  | {
      /** Worst first; empty when it is allowed nothing. */
      readonly powers: readonly Power[];
      /** Those of `powers` that hold only under a Condition. */
      readonly conditional: readonly Power[];
      readonly policies: readonly AttachedPolicy[];
      /** What could not be read, and why: it may be allowed more, or less. */
      readonly reason?: string;
    }
  /** Nothing of what it is allowed could be read. */
  | { readonly reason: string; readonly policies?: readonly AttachedPolicy[] };

/** The root account is bound by no policy. */
export const ROOT_POWERS = { powers: ['everything'], conditional: [], policies: [] } as const satisfies Powers;

/** Policies of one principal that are asked for at the same time; the run's rate still holds. */
const AT_ONCE = 4;

export const createPowersReader = (ask: Ask): ((who: Holder) => Promise<Powers>) => {
  const policiesOfGroup = memoised(
    (group: string) => group,
    (group) => ask('ram:ListPoliciesForGroup', { GroupName: group }, readPolicyNames),
  );
  const policyOf = memoised(
    ({ name, type }: PolicyName) => `${type} ${name}`,
    (policy) => askPolicy(ask, policy),
  );
  return memoised(
    ({ principal, name }: Holder) => `${principal} ${name}`,
    async ({ principal, name }) => {
      const isUser = principal === 'ram-user';
      const attached = isUser ? await attachedToUser(ask, policiesOfGroup, name) : await attachedToRole(ask, name);
      if (attached === null) return { reason: `There is no such ${isUser ? 'user' : 'role'} any more.` };
      return powersOf(attached, policyOf, isUser ? name : null);
    },
  );
};

/** Asked once for each key, also when it is asked again before the answer is there. */
const memoised = <K, T>(keyOf: (of: K) => string, make: (of: K) => Promise<T>): ((of: K) => Promise<T>) => {
  const made = new Map<string, Promise<T>>();
  return (of) => {
    const key = keyOf(of);
    const known = made.get(key) ?? make(of);
    made.set(key, known);
    return known;
  };
};

const powersOf = async (
  { policies: attached, problems }: Attached,
  policyOf: (policy: PolicyName) => Promise<ReadPolicy>,
  user: string | null,
): Promise<Powers> => {
  // In the order of the list, whichever answer comes first; once each, however many groups it comes through.
  const read = new Map<string, ReadPolicy | null>(attached.map((policy) => [titleOf(policy), null]));
  await inParallel(attached, AT_ONCE, async (policy) => void read.set(titleOf(policy), await policyOf(policy)));
  const policies = attached.filter((policy) => read.get(titleOf(policy))?.kind !== 'gone');
  const rules: Rules[] = [];
  const unread: Problem[] = [...problems];
  const assumed: Problem[] = [];
  for (const [title, policy] of read) {
    if (policy === null || policy.kind === 'gone') continue;
    if (policy.kind === 'unread') unread.push({ what: title, why: policy.why });
    else rules.push(policy.rules);
    if (policy.kind === 'known') assumed.push({ what: title, why: policy.why });
    if (policy.kind === 'read' && !policy.isWhole) unread.push({ what: `a part of ${title}`, why: NOT_UNDERSTOOD });
  }
  const reason = [inSentences(unread), assumedInSentences(assumed)].filter((sentence) => sentence !== '').join(' ');
  if (rules.length === 0 && reason !== '') return policies.length === 0 ? { reason } : { reason, policies };
  return { ...heldBy(rules, user), policies, ...(reason === '' ? {} : { reason }) };
};

const NOT_UNDERSTOOD = 'It is not written as policies are.';

const titleOf = ({ name, type }: PolicyName): string => `the ${type.toLowerCase()} policy ${name}`;

const assumedInSentences = (assumed: readonly Problem[]): string =>
  assumed.length === 0 ? '' : `${inSentences(assumed)} What Alibaba Cloud publishes of system policies was taken.`;
