// What a call made: users, keys, passwords, roles, policies, attachments, sessions, instances. Only names are taken from an
// event. Its parameters and answers may hold passwords and whole AccessKeys, and nothing else of them is kept.

import type { Activity } from '../../findings/model.js';
import { type Body, record, text } from '../body.js';

/** Something made, without its time: the event has that. */
export type Made = Omit<Activity['created'][number], 'at'>;

/** The parts of an event that names are taken from. */
export interface Sources {
  /** `requestParameters` and `responseElements` of the event. */
  readonly request: Body;
  readonly response: Body;
  /** The user that made the call: what it makes for nobody else, it makes for itself. */
  readonly caller: string | null;
}

type Maker = (sources: Sources) => readonly Made[];

/** @param service as the event has it, in any case */
export const madeBy = (service: string, action: string, sources: Sources): readonly Made[] =>
  (MAKERS.get(`${SAME_AS[service.toLowerCase()] ?? service.toLowerCase()}:${action.toLowerCase()}`) ?? nothing)(
    sources,
  );

const nothing: Maker = () => [];

/** The console uses IMS for what programs do by RAM. */
const SAME_AS: Readonly<Record<string, string>> = { ims: 'ram' };

/** Instances of one call that are named. */
const MOST = 10;

/** The first of these members that is a name. */
const nameIn = (body: Body, ...members: readonly string[]): string | null => {
  for (const member of members) {
    const name = text(body[member]);
    if (name !== null) return name;
  }
  return null;
};

/** `alice` of `alice@company.onaliyun.com`. */
const local = (principal: string | null): string | null =>
  principal === null ? null : (principal.split('@')[0] ?? null);

const userIn = (body: Body): string | null => nameIn(body, 'UserName') ?? local(nameIn(body, 'UserPrincipalName'));

/** IDs have one of these forms and a secret has none of them, so that no secret passes for an ID. */
const ID = /^(?:LTAI[0-9A-Za-z]{12}|LTAI[0-9A-Za-z]{20}|[0-9A-Za-z]{16}|STS\.[0-9A-Za-z]{16,64})$/;

const idIn = (body: Body): { readonly accessKeyId?: string } => {
  const id = text(body['AccessKeyId']);
  return id !== null && ID.test(id) ? { accessKeyId: id } : {};
};

const named =
  (kind: Made['kind'], name: (sources: Sources) => string | null): Maker =>
  (sources) => {
    const found = name(sources);
    return found === null ? [] : [{ kind, name: found }];
  };

const either =
  (member: string, within: string): ((sources: Sources) => string | null) =>
  ({ request, response }) =>
    nameIn(request, member) ?? nameIn(record(response[within]), member);

const user: Maker = named('user', ({ request, response }) => userIn(request) ?? userIn(record(response['User'])));

const accessKey: Maker = ({ request, response, caller }) => [
  // Without a user's name it is made for whoever asks.
  { kind: 'access-key', name: userIn(request) ?? caller ?? 'itself', ...idIn(record(response['AccessKey'])) },
];

const attached = (what: string | null, kind: string, whom: string | null): readonly Made[] =>
  what === null || whom === null ? [] : [{ kind: 'attachment', name: `${what} to ${kind} ${whom}` }];

const attachedTo =
  (kind: string, member: string): Maker =>
  ({ request }) =>
    attached(
      nameIn(request, 'PolicyName'),
      kind,
      member === 'UserName'
        ? userIn(request)
        : (nameIn(request, member) ?? local(nameIn(request, 'GroupPrincipalName'))),
    );

const session: Maker = ({ request, response }) => {
  const arn = nameIn(record(response['AssumedRoleUser']), 'Arn') ?? nameIn(request, 'RoleArn');
  // `acs:ram::1234:role/name`, `acs:ram::1234:assumed-role/name/session`.
  const [role, given] = arn?.split('/').slice(1) ?? [];
  const own = given ?? nameIn(request, 'RoleSessionName');
  const name = [role, own].filter((part) => part !== undefined && part !== null && part !== '').join('/');
  if (name === '') return [];
  const credentials = record(response['Credentials']);
  const until = expiry(credentials['Expiration']);
  return [{ kind: 'session', name, ...idIn(credentials), ...(until === null ? {} : { until }) }];
};

const expiry = (value: unknown): string | null => {
  const written = text(value);
  return written !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(written) ? written : null;
};

const instances: Maker = ({ response }) => {
  const sets = record(response['InstanceIdSets'])['InstanceIdSet'];
  const listed: readonly unknown[] = Array.isArray(sets)
    ? sets
    : [response['InstanceId'] ?? response['ContainerGroupId'] ?? response['DBInstanceId']];
  const names = listed.map(text).filter((name) => name !== null);
  return names.slice(0, MOST).map((name) => ({ kind: 'instance', name }));
};

/** By service and action in lower case. */
const MAKERS: ReadonlyMap<string, Maker> = new Map(
  Object.entries({
    'ram:CreateUser': user,
    'cloudsso:CreateUser': user,
    'ram:CreateAccessKey': accessKey,
    'ram:CreateLoginProfile': named('login', ({ request, caller }) => userIn(request) ?? caller),
    'ram:CreateRole': named('role', either('RoleName', 'Role')),
    'ram:CreatePolicy': named('policy', either('PolicyName', 'Policy')),
    'ram:CreatePolicyVersion': named('policy', either('PolicyName', 'Policy')),
    'ram:CreateGroup': named('group', either('GroupName', 'Group')),
    'ram:AttachPolicyToUser': attachedTo('user', 'UserName'),
    'ram:AttachPolicyToGroup': attachedTo('group', 'GroupName'),
    'ram:AttachPolicyToRole': attachedTo('role', 'RoleName'),
    'ram:AddUserToGroup': ({ request }) =>
      attached(userIn(request), 'group', nameIn(request, 'GroupName') ?? local(nameIn(request, 'GroupPrincipalName'))),
    'resourcemanager:AttachPolicy': ({ request }) =>
      attached(nameIn(request, 'PolicyName'), 'principal', nameIn(request, 'PrincipalName')),
    'sts:AssumeRole': session,
    'ecs:RunInstances': instances,
    'ecs:CreateInstance': instances,
    'eci:CreateContainerGroup': instances,
    'rds:CreateDBInstance': instances,
  } satisfies Readonly<Record<string, Maker>>).map(([name, maker]) => [name.toLowerCase(), maker]),
);
