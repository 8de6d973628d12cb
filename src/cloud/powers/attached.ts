// Which policies reach a principal: its own and those of its groups.

import type { AttachedPolicy } from '../../findings/model.js';
import type { Ask, Outcome } from '../ask.js';
import { inParallel } from '../limiter.js';
import { type Problem, problemOf } from './problems.js';
import { type PolicyName, readGroupNames, readPolicyNames } from './readings.js';

export interface Attached {
  /** A policy that comes through several groups stands there once for each. */
  readonly policies: readonly AttachedPolicy[];
  readonly problems: readonly Problem[];
}

/** Groups of one user that are asked about at the same time; the run's rate still holds. */
const AT_ONCE = 4;

/**
 * @param policiesOfGroup asks for those of a group, once in a run
 * @returns null when there is no such user
 */
export const attachedToUser = async (
  ask: Ask,
  policiesOfGroup: (group: string) => Promise<Outcome<readonly PolicyName[]>>,
  name: string,
): Promise<Attached | null> => {
  const [own, groups] = await Promise.all([
    ask('ram:ListPoliciesForUser', { UserName: name }, readPolicyNames),
    ask('ram:ListGroupsForUser', { UserName: name }, readGroupNames),
  ]);
  if (own.kind === 'none' || groups.kind === 'none') return null;
  const policies = sorted(own).map((policy): AttachedPolicy => ({ ...policy, through: 'user' }));
  const problems = [...problemOf('its own policies', own), ...problemOf('its groups', groups)];
  const names = groups.kind === 'found' ? [...new Set(groups.value)].sort() : [];
  const listed = new Map<string, Outcome<readonly PolicyName[]>>();
  await inParallel(names, AT_ONCE, async (group) => void listed.set(group, await policiesOfGroup(group)));
  for (const group of names) {
    // A group that is gone by now grants nothing.
    const ofGroup = listed.get(group) ?? { kind: 'none' };
    policies.push(...sorted(ofGroup).map((policy): AttachedPolicy => ({ ...policy, through: 'group', group })));
    problems.push(...problemOf(`the policies of the group ${group}`, ofGroup));
  }
  return { policies, problems };
};

/** @returns null when there is no such role */
export const attachedToRole = async (ask: Ask, name: string): Promise<Attached | null> => {
  const own = await ask('ram:ListPoliciesForRole', { RoleName: name }, readPolicyNames);
  if (own.kind === 'none') return null;
  const policies = sorted(own).map((policy): AttachedPolicy => ({ ...policy, through: 'role' }));
  return { policies, problems: problemOf('its policies', own) };
};

/** Once each, by name: RAM promises no order. */
const sorted = (outcome: Outcome<readonly PolicyName[]>): readonly PolicyName[] => {
  if (outcome.kind !== 'found') return [];
  const byKey = new Map(outcome.value.map((policy) => [`${policy.name}\n${policy.type}`, policy]));
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
};
