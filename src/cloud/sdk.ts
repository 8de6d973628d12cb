// The one door to Alibaba Cloud's SDK. It is heavy (a megabyte of code), so it is behind a dynamic import of its own, and
// it is CommonJS: under Node and in the bundle alike, its classes stand at `.default` of what an import gives.

import credentials from '@alicloud/credentials';
import openapi from '@alicloud/openapi-core';
import ram from '@alicloud/ram20150501';

interface SdkCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

/** A place that credentials may come from, as the SDK knows it. */
export interface SdkProvider {
  getCredentials(): Promise<SdkCredentials>;
  getProviderName(): string;
}

export type ProviderKind = 'env' | 'oidc' | 'cli-profile' | 'ini-profile' | 'uri';

/**
 * @param profile for the two kinds that have them; null for their own default
 * @returns null when the SDK sees at once that there is nothing
 */
export const providerOf = (kind: ProviderKind, profile: string | null): SdkProvider | null => {
  const builder = builderOf(kind, profile);
  try {
    return builder.build();
  } catch {
    // Its variables are not set, or the user has switched it off.
    return null;
  }
};

const builderOf = (kind: ProviderKind, profile: string | null): { build(): SdkProvider } => {
  switch (kind) {
    case 'env':
      return credentials.EnvironmentVariableCredentialsProvider.builder();
    case 'oidc':
      return credentials.OIDCRoleArnCredentialsProvider.builder();
    case 'cli-profile': {
      const builder = credentials.CLIProfileCredentialsProvider.builder();
      return profile === null ? builder : builder.withProfileName(profile);
    }
    case 'ini-profile': {
      const builder = credentials.ProfileCredentialsProvider.builder();
      return profile === null ? builder : builder.withProfileName(profile);
    }
    case 'uri':
      return credentials.URICredentialsProvider.builder();
  }
};

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
};

/**
 * @param date replaces the SDK's own clock in the signature
 */
export const ramCaller = (provider: SdkProvider, endpoint: URL, date: string): RamCall => {
  const client = new ram.default(
    new openapi.$OpenApiUtil.Config({
      credential: new credentials.default(null, provider),
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
