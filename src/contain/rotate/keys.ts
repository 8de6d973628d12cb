// The AccessKeys of one RAM user: which there are, and one more. A new secret is told once, by the answer to the call that
// makes it, and goes from here to where it is to be kept; nothing else of this program ever holds it.

import type { Auditor } from '../../cloud/auditor.js';
import { type Body, type Reading, record, text } from '../../cloud/body.js';
import { type ListedKey, readKeys } from '../../cloud/readings.js';
import type { ProvenOwner } from '../../cloud/types.js';
import { notSent, type Sent } from '../../cloud/write.js';

export type User = ProvenOwner & { readonly kind: 'user' };

/** RAM lets a user have this many. https://help.aliyun.com/zh/ram/product-overview/limits */
export const MOST_KEYS = 2;

export type KeysRead =
  | { readonly kind: 'read'; readonly keys: readonly ListedKey[] }
  /** One or two sentences. */
  | { readonly kind: 'unread'; readonly why: string };

export interface NewKey {
  readonly accessKeyId: string;
  readonly secret: string;
}

export interface UserKeys {
  /** Fresh from the account. */
  list(user: User): Promise<KeysRead>;
  /** Sent once. `made` is null unless the call was done and answered whole. */
  create(user: User): Promise<{ readonly sent: Sent; readonly made: NewKey | null }>;
}

/** For users of the auditor's own account; for others nothing is asked, and nothing made. */
export const createUserKeys = (auditor: Auditor): UserKeys => ({
  list: async (user) => {
    if (user.account !== auditor.account) return { kind: 'unread', why: obstacle(auditor, user) };
    const listed = await auditor.ask('ram:ListAccessKeys', { UserName: user.user }, readAllKeys);
    switch (listed.kind) {
      case 'found':
        return { kind: 'read', keys: listed.value };
      case 'none':
        return { kind: 'unread', why: `The account has no RAM user ${user.user}.` };
      case 'denied':
        return { kind: 'unread', why: `Your credentials lack ${listed.action}.` };
      case 'fault':
        return { kind: 'unread', why: listed.why };
    }
  },
  create: async (user) => {
    if (user.account !== auditor.account) return { sent: notSent(obstacle(auditor, user)), made: null };
    let made: NewKey | null = null;
    const sent = await auditor.write('ram:CreateAccessKey', { UserName: user.user }, (body) => {
      made = readNewKey(body);
      return made !== null;
    });
    return { sent, made: sent.kind === 'done' ? made : null };
  },
});

/** Null where none of the credentials are of the account. */
export const userKeysOf = (auditors: readonly Auditor[], account: string): UserKeys | null => {
  const actor = auditors.find((auditor) => auditor.account === account);
  return actor === undefined ? null : createUserKeys(actor);
};

const obstacle = ({ from }: Auditor, { user, account }: User): string =>
  `RAM user ${user} is of account ${account}, and ${from} is not.`;

/** A part of a list cannot say what is not in it. */
const readAllKeys = (body: Body): Reading<readonly ListedKey[]> =>
  body['IsTruncated'] === true || body['IsTruncated'] === 'true' ? 'malformed' : readKeys(body);

/** https://help.aliyun.com/zh/ram/developer-reference/api-ram-2015-05-01-createaccesskey */
const readNewKey = (body: Body): NewKey | null => {
  const { AccessKeyId, AccessKeySecret } = record(body['AccessKey']);
  const [id, secret] = [text(AccessKeyId), text(AccessKeySecret)];
  return id !== null && secret !== null && /^\w{8,128}$/.test(id) && /^[\w+/=.-]{8,128}$/.test(secret)
    ? { accessKeyId: id, secret }
    : null;
};
