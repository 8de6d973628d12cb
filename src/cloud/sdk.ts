// The one door to Alibaba Cloud's SDK. It is heavy (a megabyte of code), so it is behind a dynamic import of its own, and
// it is CommonJS: under Node and in the bundle alike, its classes stand at `.default` of what an import gives.

import credentials from '@alicloud/credentials';
import openapi from '@alicloud/openapi-core';
import ram from '@alicloud/ram20150501';
import type { Recipe, RoleToAssume } from './profiles.js';
import type { Signer } from './sign.js';

interface SdkCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  readonly providerName: string;
}

/** A place that credentials may come from, as the SDK knows it. */
export interface SdkProvider {
  getCredentials(): Promise<SdkCredentials>;
  getProviderName(): string;
}

/**
 * What gets the credentials that a recipe describes, and gets them anew before they end.
 * @throws Error for what the SDK sees at once to be wrong
 */
export const providerOf = (recipe: Recipe): SdkProvider => {
  switch (recipe.kind) {
    case 'key':
      return staticProvider(recipe);
    case 'role':
      return assuming(providerOf(recipe.base), recipe.role);
    case 'oidc': {
      const { provider, tokenFile, role } = recipe;
      const builder = credentials.OIDCRoleArnCredentialsProvider.builder()
        .withOIDCProviderArn(provider)
        .withOIDCTokenFilePath(tokenFile)
        .withRoleArn(role.arn)
        .withRoleSessionName(sessionNameOf(role))
        .withEnableVpc(role.vpc);
      if (role.seconds !== null) builder.withDurationSeconds(role.seconds);
      if (role.region !== null) builder.withStsRegionId(role.region);
      if (role.endpoint !== null) builder.withStsEndpoint(role.endpoint);
      if (role.policy !== null) builder.withPolicy(role.policy);
      return builder.build();
    }
    case 'uri':
      return credentials.URICredentialsProvider.builder().withCredentialsURI(recipe.uri).build();
    case 'ecs': {
      const builder = credentials.ECSRAMRoleCredentialsProvider.builder();
      return (recipe.role === null ? builder : builder.withRoleName(recipe.role)).build();
    }
    case 'cli':
      return credentials.CLIProfileCredentialsProvider.builder().withProfileName(recipe.profile).build();
  }
};

const staticProvider = ({ accessKeyId, secret, token }: Signer): SdkProvider =>
  token === null
    ? credentials.StaticAKCredentialsProvider.builder().withAccessKeyId(accessKeyId).withAccessKeySecret(secret).build()
    : credentials.StaticSTSCredentialsProvider.builder()
        .withAccessKeyId(accessKeyId)
        .withAccessKeySecret(secret)
        .withSecurityToken(token)
        .build();

const assuming = (base: SdkProvider, role: RoleToAssume): SdkProvider => {
  const builder = credentials.RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(base)
    .withRoleArn(role.arn)
    .withRoleSessionName(sessionNameOf(role))
    .withEnableVpc(role.vpc);
  if (role.seconds !== null) builder.withDurationSeconds(role.seconds);
  if (role.region !== null) builder.withStsRegionId(role.region);
  if (role.endpoint !== null) builder.withStsEndpoint(role.endpoint);
  if (role.policy !== null) builder.withPolicy(role.policy);
  if (role.externalId !== null) builder.withExternalId(role.externalId);
  return builder.build();
};

/** How the session is called in ActionTrail. */
const sessionNameOf = ({ sessionName }: RoleToAssume): string =>
  sessionName ?? (process.env['ALIBABA_CLOUD_ROLE_SESSION_NAME'] || 'akscan');

/** Calls one RAM operation, by its name and its parameters as they are called on the wire. */
export type RamCall = (action: string, query: Readonly<Record<string, string>>) => Promise<unknown>;

/** The client's methods by operation; what is not here is not called. */
const CALLS: Readonly<
  Record<string, (client: ram.default, query: Readonly<Record<string, string>>) => Promise<unknown>>
> = {
  ListUsers: (client, { Marker: marker, MaxItems }) =>
    client.listUsers(
      new ram.ListUsersRequest({ maxItems: Number(MaxItems), ...(marker === undefined ? {} : { marker }) }),
    ),
  ListAccessKeys: (client, { UserName: userName }) =>
    client.listAccessKeys(new ram.ListAccessKeysRequest({ userName })),
  ListPoliciesForUser: (client, { UserName: userName }) =>
    client.listPoliciesForUser(new ram.ListPoliciesForUserRequest({ userName })),
  ListGroupsForUser: (client, { UserName: userName }) =>
    client.listGroupsForUser(new ram.ListGroupsForUserRequest({ userName })),
  ListPoliciesForGroup: (client, { GroupName: groupName }) =>
    client.listPoliciesForGroup(new ram.ListPoliciesForGroupRequest({ groupName })),
  ListPoliciesForRole: (client, { RoleName: roleName }) =>
    client.listPoliciesForRole(new ram.ListPoliciesForRoleRequest({ roleName })),
  GetPolicy: (client, { PolicyName: policyName, PolicyType: policyType }) =>
    client.getPolicy(new ram.GetPolicyRequest({ policyName, policyType })),
  GetPolicyVersion: (client, { PolicyName: policyName, PolicyType: policyType, VersionId: versionId }) =>
    client.getPolicyVersion(new ram.GetPolicyVersionRequest({ policyName, policyType, versionId })),
  GetAccessKeyLastUsed: (client, { UserName: userName, UserAccessKeyId: userAccessKeyId }) =>
    client.getAccessKeyLastUsed(new ram.GetAccessKeyLastUsedRequest({ userName, userAccessKeyId })),
  UpdateAccessKey: (client, { UserName: userName, UserAccessKeyId: userAccessKeyId, Status: status }) =>
    client.updateAccessKey(new ram.UpdateAccessKeyRequest({ userName, userAccessKeyId, status })),
  DeleteAccessKey: (client, { UserName: userName, UserAccessKeyId: userAccessKeyId }) =>
    client.deleteAccessKey(new ram.DeleteAccessKeyRequest({ userName, userAccessKeyId })),
  CreateAccessKey: (client, { UserName: userName }) =>
    client.createAccessKey(new ram.CreateAccessKeyRequest({ userName })),
};

/**
 * @param date replaces the SDK's own clock in the signature
 */
export const ramCaller = (signer: Signer, endpoint: URL, date: string): RamCall => {
  const client = new ram.default(
    new openapi.$OpenApiUtil.Config({
      // Never the provider that gave them: a renewal in the middle of this call would be taken for its answer.
      credential: new credentials.default(null, staticProvider(signer)),
      endpoint: endpoint.host,
      protocol: endpoint.protocol.slice(0, -1),
      userAgent: 'akscan',
      globalParameters: new openapi.$OpenApiUtil.GlobalParameters({ headers: { 'x-acs-date': date } }),
    }),
  );
  return (action, query) => {
    const call = CALLS[action];
    if (call === undefined) throw new Error(`no such operation: ${action}`);
    return call(client, query);
  };
};
