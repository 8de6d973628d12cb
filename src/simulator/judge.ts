// From a signed request to an answer, in the order in which the real gateway seems to check: the API, the key, the clock,
// the signature, the nonce, the token, the leak protection, the grant.

import { type Operation, products } from './operations.js';
import { Refusal } from './refusal.js';
import type { SignedRequest } from './request.js';
import { type Caller, callerOf, secretOf, type World } from './world.js';

const TOLERANCE_MS = 15 * 60_000;

/** The nonces of one server; a gateway remembers them for as long as a date is accepted. */
export type Nonces = Set<string>;

/**
 * @param now the server's clock, milliseconds
 * @returns the answer's members
 * @throws Refusal with what the API says instead
 */
export const judge = (
  world: World,
  request: SignedRequest,
  nonces: Nonces,
  now: number,
): Readonly<Record<string, unknown>> => {
  const product = products[request.version];
  if (product === undefined) throw new Refusal(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
  const operation = product.operations[request.action];
  if (operation === undefined) {
    throw new Refusal(404, 'InvalidApi.NotFound', 'Specified api is not found, please check your url and method.');
  }
  const caller = authenticated(world, request, nonces, now);
  const isGuarded = product.name === 'Ram' || product.name === 'Ims';
  if (isGuarded && caller.kind !== 'role' && caller.key.restricted === true) {
    throw new Refusal(403, 'Forbidden', 'There is a risk of leakage of this AccessKey.');
  }
  authorised(caller, operation);
  const answer = operation.answer(caller, request.parameters);
  if (caller.kind !== 'role') {
    caller.key.lastUsed = { at: `${new Date(now).toISOString().slice(0, 19)}Z`, service: product.name };
  }
  return answer;
};

const authenticated = (world: World, request: SignedRequest, nonces: Nonces, now: number): Caller => {
  const caller = callerOf(world, request.accessKeyId);
  if (caller === null) throw new Refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  if (caller.kind !== 'role' && caller.key.status === 'Inactive') {
    throw new Refusal(400, 'InvalidAccessKeyId.Inactive', 'Specified access key is disabled.');
  }
  const sent = Date.parse(request.date);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(request.date) || Number.isNaN(sent)) {
    throw new Refusal(400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
  }
  if (Math.abs(now - sent) > TOLERANCE_MS) {
    throw new Refusal(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
  }
  if (!request.isSignedWith(secretOf(caller))) throw new Refusal(400, 'SignatureDoesNotMatch', request.mismatch);
  if (nonces.has(request.nonce)) {
    throw new Refusal(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
  }
  nonces.add(request.nonce);
  checkToken(caller, request.token, now);
  return caller;
};

const checkToken = (caller: Caller, token: string | null, now: number): void => {
  if (caller.kind !== 'role') {
    if (token === null) return;
    throw new Refusal(
      400,
      'InvalidSecurityToken.MismatchWithAccessKey',
      'Specified SecurityToken mismatch with the AccessKey.',
    );
  }
  if (token === null) throw new Refusal(400, 'MissingSecurityToken', 'SecurityToken is mandatory for this action.');
  if (token !== caller.session.token) {
    throw new Refusal(400, 'InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.');
  }
  if (Date.parse(caller.session.expires) <= now) {
    throw new Refusal(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
  }
};

const authorised = (caller: Caller, { permission }: Operation): void => {
  if (permission === null || caller.kind === 'root') return;
  const { allow } = caller.kind === 'user' ? caller.user : caller.session;
  if (allow.includes('*') || allow.includes(permission)) return;
  throw new Refusal(403, 'NoPermission', 'You are not authorized to do this action.', {
    AccessDeniedDetail: {
      AuthAction: permission,
      AuthPrincipalType: caller.kind === 'user' ? 'SubUser' : 'AssumedRoleUser',
      AuthPrincipalOwnerId: caller.account.uid,
      AuthPrincipalDisplayName: caller.kind === 'user' ? caller.user.id : caller.session.role,
      NoPermissionType: 'ImplicitDeny',
      PolicyType: 'AccountLevelIdentityBasedPolicy',
    },
  });
};
