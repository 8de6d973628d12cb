// The Security Token Service: who somebody is, and keys for a while. Version 2015-04-01.

import { randomBytes } from 'node:crypto';
import { Refusal } from '../refusal.js';
import type { Caller, SimulatedAccount, SimulatedRole, SimulatedSession } from '../world.js';
import {
  type Answer,
  type Asked,
  invalid,
  type OpenlyAsked,
  type Parameters,
  type Product,
  required,
} from './operation.js';

export const sts: Product = {
  name: 'Sts',
  operations: {
    GetCallerIdentity: { permission: null, answer: ({ caller }) => identity(caller) },
    AssumeRole: {
      permission: 'sts:AssumeRole',
      resource: ({ parameters }) => parameters['RoleArn'] ?? '',
      isWrite: true,
      answer: (asked) => assumed(asked),
    },
  },
  open: { AssumeRoleWithOIDC: (asked) => assumedWithOidc(asked) },
};

const identity = (caller: Caller): Answer => {
  const { uid } = caller.account;
  if (caller.kind === 'root') {
    return { AccountId: uid, UserId: uid, PrincipalId: uid, Arn: `acs:ram::${uid}:root`, IdentityType: 'Account' };
  }
  if (caller.kind === 'user') {
    const { id, name } = caller.user;
    return {
      AccountId: uid,
      UserId: id,
      PrincipalId: id,
      Arn: `acs:ram::${uid}:user/${name}`,
      IdentityType: 'RAMUser',
    };
  }
  const { role, sessionName } = caller.session;
  const roleId = roleIdOf(caller.account, role);
  return {
    AccountId: uid,
    RoleId: roleId,
    PrincipalId: `${roleId}:${sessionName}`,
    Arn: `acs:ram::${uid}:assumed-role/${role}/${sessionName}`,
    IdentityType: 'AssumedRoleUser',
  };
};

/** Of a session whose role the account does not list, too. */
export const roleIdOf = (account: SimulatedAccount, name: string): string =>
  account.roles?.find((role) => role.name === name)?.id ?? '300000000000000001';

const assumed = ({ caller, account, parameters, now }: Asked): Answer => {
  if (caller.kind === 'root') {
    throw new Refusal(403, 'NoPermission', 'Roles may not be assumed by root accounts.');
  }
  const { owner, role } = roleWithArn([account], required(parameters, 'RoleArn'));
  if (role.trust !== undefined && !isTrusted(role.trust, 'RAM', principalsOf(caller))) {
    throw new Refusal(
      403,
      'NoPermission',
      'You are not authorized to do this action. You should be authorized by RAM.',
      {
        AccessDeniedDetail: {
          AuthAction: 'sts:AssumeRole',
          AuthPrincipalType: caller.kind === 'user' ? 'SubUser' : 'AssumedRoleUser',
          AuthPrincipalOwnerId: account.uid,
          NoPermissionType: 'ImplicitDeny',
          PolicyType: 'AssumeRolePolicy',
        },
      },
    );
  }
  return opened({ account: owner, role, parameters, now });
};

const assumedWithOidc = ({ accounts, parameters, now }: OpenlyAsked): Answer => {
  const { owner, role } = roleWithArn(accounts, required(parameters, 'RoleArn'));
  const arn = required(parameters, 'OIDCProviderArn');
  const provider = owner.oidcProviders?.find(({ name }) => arn === `acs:ram::${owner.uid}:oidc-provider/${name}`);
  if (provider === undefined) {
    throw new Refusal(404, 'EntityNotExist.OIDCProvider', 'The OIDC Provider does not exist.');
  }
  const sent = required(parameters, 'OIDCToken');
  const token = provider.tokens.find(({ text }) => text === sent);
  if (token === undefined) {
    throw new Refusal(400, 'AuthenticationFail.OIDCToken.Invalid', 'This OIDC Token is invalid.');
  }
  if (role.trust !== undefined && !isTrusted(role.trust, 'Federated', [arn])) {
    throw new Refusal(
      403,
      'AuthenticationFail.NoPermission',
      'This operation is forbidden by the trust policy of the role.',
    );
  }
  return {
    ...opened({ account: owner, role, parameters, now }),
    OIDCTokenInfo: { Subject: token.subject, Issuer: provider.issuer, ClientIds: token.audience },
  };
};

interface Opening {
  readonly account: SimulatedAccount;
  readonly role: SimulatedRole;
  readonly parameters: Parameters;
  readonly now: number;
}

const opened = ({ account, role, parameters, now }: Opening): Answer => {
  const sessionName = required(parameters, 'RoleSessionName');
  if (!/^[\w.@-]{2,64}$/.test(sessionName)) throw invalid('RoleSessionName');
  const session: SimulatedSession = {
    id: `STS.NT${text(23)}`,
    secret: text(44),
    token: `CAIS${randomBytes(150).toString('base64')}`,
    role: role.name,
    sessionName,
    expires: `${new Date(now + lifetime(role, parameters['DurationSeconds']) * 1000).toISOString().slice(0, 19)}Z`,
    allow: [],
    ...(parameters['Policy'] ? { policy: parameters['Policy'] } : {}),
  };
  account.sessions.push(session);
  return {
    Credentials: {
      AccessKeyId: session.id,
      AccessKeySecret: session.secret,
      SecurityToken: session.token,
      Expiration: session.expires,
    },
    AssumedRoleUser: {
      Arn: `acs:ram::${account.uid}:role/${role.name}/${sessionName}`,
      AssumedRoleId: `${roleIdOf(account, role.name)}:${sessionName}`,
    },
  };
};

const lifetime = (role: SimulatedRole, asked: string | undefined): number => {
  const longest = role.maxSession ?? 3600;
  const seconds = asked ? Number(asked) : Math.min(3600, longest);
  if (Number.isInteger(seconds) && seconds >= 900 && seconds <= longest) return seconds;
  throw new Refusal(
    400,
    'InvalidParameter.DurationSeconds',
    `The Min/Max value of DurationSeconds is 15min/${longest / 60}min.`,
  );
};

const roleWithArn = (
  accounts: readonly SimulatedAccount[],
  arn: string,
): { readonly owner: SimulatedAccount; readonly role: SimulatedRole } => {
  const [, uid, name] = /^acs:ram::(\d+):role\/([\w.-]+)$/.exec(arn) ?? [];
  if (uid === undefined) throw invalid('RoleArn');
  const owner = accounts.find((account) => account.uid === uid);
  const role = owner?.roles?.find((candidate) => candidate.name === name);
  if (owner === undefined || role === undefined) {
    throw new Refusal(404, 'EntityNotExist.Role', 'The specified Role not exists.');
  }
  return { owner, role };
};

/** Trusting an account trusts everybody in it who is allowed to assume the role. */
const principalsOf = (caller: Exclude<Caller, { kind: 'root' }>): readonly string[] => {
  const { uid } = caller.account;
  const own = caller.kind === 'user' ? `user/${caller.user.name}` : `role/${caller.session.role}`;
  return [`acs:ram::${uid}:root`, `acs:ram::${uid}:${own}`];
};

/** Reads `Principal` of a trust policy; its conditions are not evaluated here. */
const isTrusted = (trust: string, kind: 'RAM' | 'Federated', principals: readonly string[]): boolean => {
  const { Statement = [] } = JSON.parse(trust) as {
    Statement?: readonly { Effect?: string; Principal?: Readonly<Record<string, unknown>> }[];
  };
  const named = (effect: string): boolean =>
    Statement.some(({ Effect, Principal }) => {
      const listed = [Principal?.[kind] ?? []].flat();
      return Effect === effect && principals.some((principal) => listed.includes(principal) || listed.includes('*'));
    });
  return named('Allow') && !named('Deny');
};

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const text = (length: number): string => [...randomBytes(length)].map((byte) => BASE58[byte % 58]).join('');
