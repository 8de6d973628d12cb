// What containment asks and does, with the credentials of one account: RAM for the keys of users, IMS for those of the root
// account, for network policies and for the recycle bin. IMS takes a call that names no user for one about whoever signs
// it, so nothing is sent to it for a user without the name that it wants.

import type { Outcome } from '../cloud/ask.js';
import type { Auditor } from '../cloud/auditor.js';
import { type Body, type Reading, record, text } from '../cloud/body.js';
import { type ListedKey, readKeys } from '../cloud/readings.js';
import { notSent, type Sent } from '../cloud/write.js';
import { type Controls, type StateRead, samePolicy } from './controls.js';
import type { Call, KeyState, ProvenOwner } from './types.js';

/** For owners of the auditor's own account; of others nothing is asked, and nothing done to them. */
export const createControls = (auditor: Auditor): Controls => ({
  state: async (owner, key) => {
    const obstacle = obstacleTo(auditor, owner);
    return obstacle === null ? stateOf(auditor, owner, key) : { kind: 'unread', why: obstacle };
  },
  send: async (owner, key, call) => {
    const obstacle = obstacleTo(auditor, owner) ?? (isOurOwn(auditor, key) ? OUR_OWN : null);
    return obstacle === null ? send(auditor, owner, key, call) : notSent(obstacle);
  },
});

const obstacleTo = ({ account, isRoot, from }: Auditor, owner: ProvenOwner): string | null => {
  if (account === null || owner.account !== account) return `It is of account ${owner.account}, and ${from} is not.`;
  return owner.kind === 'root' && !isRoot ? "Only the root account itself can reach the root account's keys." : null;
};

const OUR_OWN = 'It is an AccessKey that this very run is signed with.';

const isOurOwn = ({ accessKeyId, signedWith }: Auditor, key: string): boolean =>
  key === accessKeyId || signedWith.includes(key);

const stateOf = async (auditor: Auditor, owner: ProvenOwner, key: string): Promise<StateRead> => {
  const listed = await (owner.kind === 'root'
    ? auditor.ask('ims:ListAccessKeys', {}, readAllKeys)
    : auditor.ask('ram:ListAccessKeys', { UserName: owner.user }, readAllKeys));
  // `none`: the user is gone, and its keys with it.
  if (listed.kind === 'denied' || listed.kind === 'fault') return unread(listed);
  const found = listed.kind === 'found' ? listed.value.find(({ id }) => id === key) : undefined;
  if (found === undefined) return deletedState(auditor, key);
  return withPolicy(found.status, await policyOf(auditor, owner, key));
};

const unread = (outcome: Extract<Outcome<unknown>, { readonly kind: 'denied' | 'fault' }>): StateRead => ({
  kind: 'unread',
  why: outcome.kind === 'denied' ? `Your credentials lack ${outcome.action}.` : outcome.why,
});

/** A part of a list cannot say what is not in it. */
const readAllKeys = (body: Body): Reading<readonly ListedKey[]> =>
  body['IsTruncated'] === true || body['IsTruncated'] === 'true' ? 'malformed' : readKeys(body);

const deletedState = async (auditor: Auditor, key: string): Promise<StateRead> => {
  const recycled = await binned(auditor, key);
  if (recycled.kind === 'denied' || recycled.kind === 'fault') return unread(recycled);
  return { kind: 'read', state: { status: recycled.kind === 'found' ? 'recycled' : 'gone' } };
};

/** The ID of the user that a deleted key was of; null where it is not said. */
const binned = (auditor: Auditor, key: string): Promise<Outcome<string | null>> =>
  auditor.ask('ims:GetAccessKeyInfoInRecycleBin', { UserAccessKeyId: key }, (body) => {
    const { AccessKeyId, UserId } = record(body['AccessKey']);
    return AccessKeyId === key ? { value: text(UserId) } : 'malformed';
  });

/** `unknown`: it is not for these credentials to read. */
type Policy = Outcome<string | null> | { readonly kind: 'unknown' };

const policyOf = async (auditor: Auditor, owner: ProvenOwner, key: string): Promise<Policy> => {
  const user = userOf(owner);
  if (user === null) return { kind: 'unknown' };
  return auditor.ask('ims:GetAccessKeyPolicy', { ...user, UserAccessKeyId: key }, readPolicy(key));
};

const withPolicy = (status: KeyState['status'], policy: Policy): StateRead => {
  switch (policy.kind) {
    case 'found':
      return { kind: 'read', state: { status, policy: policy.value } };
    // The key was listed a moment ago: it is the policy that does not exist.
    case 'none':
      return { kind: 'read', state: { status, policy: null } };
    case 'denied':
    case 'unknown':
      return { kind: 'read', state: { status } };
    case 'fault':
      return policy.noApi === true ? { kind: 'read', state: { status } } : unread(policy);
  }
};

const LONGEST_POLICY = 1 << 16;

const readPolicy =
  (key: string) =>
  (body: Body): Reading<string | null> => {
    const { AccessKeyId, AccessKeyPolicy: policy = '' } = body;
    if (AccessKeyId !== key || typeof policy !== 'string' || policy.length > LONGEST_POLICY) return 'malformed';
    return isNoPolicy(policy) ? { value: null } : isObject(policy) ? { value: policy } : 'malformed';
  };

/**
 * A key that never had one has an empty one; one that was taken away is off and empty.
 * (aliyun/terraform-provider-alicloud, resource_alicloud_ram_access_key_policy.go)
 */
const isNoPolicy = (policy: string): boolean =>
  policy.trim() === '' || samePolicy(policy, '{}') || samePolicy(policy, null);

const isObject = (json: string): boolean => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

/** How IMS names the owner; null when it cannot be named. */
const userOf = (owner: ProvenOwner): Readonly<Record<string, string>> | null => {
  if (owner.kind === 'root') return {};
  return owner.principalName ? { UserPrincipalName: owner.principalName } : null;
};

const send = async (auditor: Auditor, owner: ProvenOwner, key: string, call: Call): Promise<Sent> => {
  const id = { UserAccessKeyId: key };
  switch (call.api) {
    case 'UpdateAccessKey': {
      const change = { ...id, Status: call.status };
      return owner.kind === 'root'
        ? auditor.write('ims:UpdateAccessKey', change)
        : auditor.write('ram:UpdateAccessKey', { UserName: owner.user, ...change });
    }
    case 'DeleteAccessKey':
      return owner.kind === 'root'
        ? auditor.write('ims:DeleteAccessKey', id)
        : auditor.write('ram:DeleteAccessKey', { UserName: owner.user, ...id });
    case 'SetAccessKeyPolicy': {
      const user = userOf(owner);
      if (user === null) return notSent(`The logon name of its user is not known: ${LACK_GET_USER}`);
      return auditor.write('ims:SetAccessKeyPolicy', { ...user, ...id, AccessKeyPolicy: call.policy });
    }
    case 'RestoreAccessKeyFromRecycleBin':
      return restore(auditor, owner, key);
  }
};

const LACK_GET_USER = 'grant ram:GetUser to your credentials.';

const restore = async (auditor: Auditor, owner: ProvenOwner, key: string): Promise<Sent> => {
  if (owner.kind === 'root') return notSent('The recycle bin holds keys of RAM users only.');
  let { userId } = owner;
  if (userId === null) {
    const recycled = await binned(auditor, key);
    if (recycled.kind === 'found') userId = recycled.value;
  }
  if (userId === null) return notSent(`The ID of its user is not known: ${LACK_GET_USER}`);
  return auditor.write('ims:RestoreAccessKeyFromRecycleBin', { UserId: userId, UserAccessKeyId: key });
};
