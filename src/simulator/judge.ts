// From a request to an answer, in the order in which the real gateway seems to check: the API, the key, the clock, the
// signature, the nonce, the token, the leak protection, the address, the grant, the quota.

import { type Decision, decide } from './grants.js';
import { letsThrough } from './key-policy.js';
import { createKeyring, type Keyring } from './keyring.js';
import { createNonces, type Nonces, TOLERANCE_MS } from './nonces.js';
import type { Answer, Asked, Operation, Product } from './operations/operation.js';
import { products } from './operations/products.js';
import { createQuotas, type Quotas } from './quotas.js';
import { Refusal } from './refusal.js';
import type { OpenRequest, Origin, SignedRequest } from './request.js';
import { record } from './trail.js';
import { type Caller, secretOf, type World } from './world.js';

export interface Court {
  readonly nonces: Nonces;
  /**
   * @param now the server's clock, milliseconds
   * @returns the answer's members
   * @throws Refusal with what the API says instead
   */
  judge(request: SignedRequest | OpenRequest, from: Origin, now: number): Answer;
}

/** @param usedNonces of an earlier server over the same world */
export const createCourt = (world: World, usedNonces: readonly (readonly [string, number])[] = []): Court => {
  const bench = { world, keyring: createKeyring(world), nonces: createNonces(usedNonces), quotas: createQuotas() };
  return { nonces: bench.nonces, judge: (request, from, now) => judge(bench, request, from, now) };
};

interface Bench {
  readonly world: World;
  readonly keyring: Keyring;
  readonly nonces: Nonces;
  readonly quotas: Quotas;
}

const judge = (bench: Bench, request: SignedRequest | OpenRequest, from: Origin, now: number): Answer => {
  const product = products.get(request.version);
  if (product === undefined) throw new Refusal(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
  const { parameters } = request;
  const open = member(product.open ?? {}, request.action);
  if (open !== undefined) return open({ accounts: bench.world.accounts, parameters, now });
  const operation = member(product.operations, request.action);
  if (operation === undefined) {
    throw new Refusal(404, 'InvalidApi.NotFound', 'Specified api is not found, please check your url and method.');
  }
  if (request.scheme === null) {
    throw new Refusal(400, 'MissingAccessKeyId', 'AccessKeyId is mandatory for this action.');
  }
  const caller = bench.keyring.callerOf(request.accessKeyId);
  if (caller === null) throw new Refusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  const entry = { product, operation, request, caller, from, now };
  try {
    authenticated(bench, request, caller, now);
  } catch (error) {
    // The trail of the real one shows what was tried with a disabled key, too.
    if (error instanceof Refusal && error.code === 'InvalidAccessKeyId.Inactive') record(entry, error);
    throw error;
  }
  try {
    const answer = permitted(
      bench,
      { world: bench.world, caller, account: caller.account, parameters, keyring: bench.keyring, now },
      entry,
    );
    record(entry, null);
    return answer;
  } catch (error) {
    if (error instanceof Refusal) record(entry, error);
    throw error;
  } finally {
    if (caller.kind !== 'role') caller.key.lastUsed = { at: iso(now), service: product.name };
  }
};

/** Nothing that every object has is an operation. */
const member = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const authenticated = ({ nonces }: Bench, request: SignedRequest, caller: Caller, now: number): void => {
  if (caller.kind !== 'role' && caller.key.status === 'Inactive' && now >= (caller.key.acceptedUntil ?? 0)) {
    throw new Refusal(400, 'InvalidAccessKeyId.Inactive', 'Specified access key is disabled.');
  }
  const sent = Date.parse(request.date);
  // Whole seconds of UTC, of a day that there is.
  if (Number.isNaN(sent) || iso(sent) !== request.date) {
    throw new Refusal(400, 'InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.');
  }
  if (Math.abs(now - sent) > TOLERANCE_MS) {
    throw new Refusal(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
  }
  if (!request.isSignedWith(secretOf(caller))) throw new Refusal(400, 'SignatureDoesNotMatch', request.mismatch);
  if (!nonces.use(`${request.accessKeyId} ${request.nonce}`, now)) {
    throw new Refusal(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
  }
  checkToken(caller, request.token, now);
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

interface Entry {
  readonly product: Product;
  readonly operation: Operation;
  readonly request: SignedRequest;
  readonly from: Origin;
}

const permitted = ({ world, quotas }: Bench, asked: Asked, { product, operation, request, from }: Entry): Answer => {
  const { caller, now } = asked;
  const isGuarded = product.name === 'Ram' || product.name === 'Ims';
  if (isGuarded && caller.kind !== 'role' && caller.key.restricted === true) {
    throw new Refusal(403, 'Forbidden', 'There is a risk of leakage of this AccessKey.');
  }
  if (caller.kind !== 'role' && caller.key.policy !== undefined && !letsThrough(caller.key.policy, from.address)) {
    throw new Refusal(
      403,
      world.addressRefusal ?? 'Forbidden.SourceIp',
      'The request is not from an address that is allowed.',
    );
  }
  const { permission, permissionToo } = operation;
  if (permission !== null) {
    const decision = decide(caller, {
      actions: permissionToo === undefined ? [permission] : [permission, permissionToo],
      resource: operation.resource?.(asked) ?? `acs:${permission.split(':')[0]}:*:${caller.account.uid}:*`,
      context: new Map([
        ['acs:sourceip', from.address],
        ['acs:currenttime', iso(now)],
        ['acs:securetransport', 'false'],
        ['acs:mfapresent', 'false'],
      ]),
    });
    if (decision !== 'allowed') throw denied(caller, permission, decision);
  }
  if (world.quotas === 'real') {
    quotas.take(caller.account.uid, `${product.name}:${request.action}`, operation.quota ?? 100);
  }
  return operation.answer(asked);
};

const denied = (caller: Caller, permission: string, decision: Exclude<Decision, 'allowed'>): Refusal =>
  new Refusal(403, 'NoPermission', 'You are not authorized to do this action.', {
    AccessDeniedDetail: {
      AuthAction: permission,
      AuthPrincipalType: caller.kind === 'role' ? 'AssumedRoleUser' : 'SubUser',
      AuthPrincipalOwnerId: caller.account.uid,
      AuthPrincipalDisplayName: nameOf(caller),
      NoPermissionType: decision,
      PolicyType: 'AccountLevelIdentityBasedPolicy',
    },
  });

const nameOf = (caller: Caller): string => {
  if (caller.kind === 'root') return caller.account.uid;
  return caller.kind === 'user' ? caller.user.id : caller.session.role;
};
