// The single questions that inventory asks, each one API operation.

import { type Ask, allPages, type Outcome } from './ask.js';
import {
  type LastUse,
  type ListedKey,
  type Owner,
  type Recycled,
  readKeys,
  readLastUse,
  readOwner,
  readRecycled,
  readTrail,
  readUserPage,
  type Trail,
} from './readings.js';

export interface Questions {
  /** IMS GetUser: the RAM user that a key belongs to. */
  ownerOf(accessKeyId: string): Promise<Outcome<Owner>>;
  /** RAM ListAccessKeys. */
  keysOf(user: string): Promise<Outcome<readonly ListedKey[]>>;
  /** RAM ListUsers: the names of all. */
  users(): Promise<Outcome<readonly string[]>>;
  /** IMS ListAccessKeys of the caller itself: the root's own keys, for a root caller. */
  ownKeys(): Promise<Outcome<readonly ListedKey[]>>;
  /** IMS GetAccessKeyInfoInRecycleBin: whose a deleted key was, and since when. */
  recycled(accessKeyId: string): Promise<Outcome<Recycled>>;
  /** ActionTrail GetAccessKeyLastUsedInfo: the only API that names a root key by its ID. */
  trail(accessKeyId: string): Promise<Outcome<Trail>>;
  /** IMS GetAccessKeyLastUsed; without a name, of the caller's own keys: the root's, for a root caller. */
  lastUse(owner: { readonly principalName: string | null }, accessKeyId: string): Promise<Outcome<LastUse>>;
}

export const createQuestions = (ask: Ask): Questions => ({
  users: () =>
    allPages('ram:ListUsers', (marker) =>
      ask('ram:ListUsers', { MaxItems: '1000', ...(marker === null ? {} : { Marker: marker }) }, readUserPage),
    ),
  keysOf: (user) => ask('ram:ListAccessKeys', { UserName: user }, readKeys),
  ownerOf: (id) => ask('ims:GetUser', { UserAccessKeyId: id }, readOwner),
  ownKeys: () => ask('ims:ListAccessKeys', {}, readKeys),
  recycled: (id) => ask('ims:GetAccessKeyInfoInRecycleBin', { UserAccessKeyId: id }, readRecycled(id)),
  trail: (id) => ask('actiontrail:GetAccessKeyLastUsedInfo', { AccessKey: id }, readTrail(id)),
  lastUse: ({ principalName }, id) =>
    ask(
      'ims:GetAccessKeyLastUsed',
      { ...(principalName === null ? {} : { UserPrincipalName: principalName }), UserAccessKeyId: id },
      readLastUse,
    ),
});
