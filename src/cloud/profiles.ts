// Credentials as the user's own files describe them: profiles of ~/.aliyun/config.json (the `aliyun` command line's) and
// sections of ~/.alibabacloud/credentials (the SDKs'). What is read here is only how to get them; sdk.ts gets them.
// https://github.com/aliyun/aliyun-cli (config/profile.go), https://github.com/aliyun/credentials-java (README)

import { readFile } from 'node:fs/promises';
import { type Body, record, records } from './body.js';

/** A way to credentials. */
export type Recipe =
  | { readonly kind: 'key'; readonly accessKeyId: string; readonly secret: string; readonly token: string | null }
  | { readonly kind: 'role'; readonly base: Recipe; readonly role: RoleToAssume }
  /** A token that a CI system wrote to a file, exchanged for a role's session. */
  | { readonly kind: 'oidc'; readonly role: RoleToAssume; readonly provider: string; readonly tokenFile: string }
  | { readonly kind: 'uri'; readonly uri: string }
  /** The role of the machine, from its instance metadata. */
  | { readonly kind: 'ecs'; readonly role: string | null }
  /** A program or a browser: the SDK runs those itself, and keeps what they gave in the file. */
  | { readonly kind: 'cli'; readonly profile: string };

export interface RoleToAssume {
  readonly arn: string;
  readonly sessionName: string | null;
  readonly seconds: number | null;
  readonly externalId: string | null;
  readonly policy: string | null;
  /** Where STS is asked: a host, or a region (and whether by its VPC host). */
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly vpc: boolean;
}

/** Half a sentence that follows the file's name, in our own words: what a file holds is never repeated. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}

/** Profiles that lead to profiles; nobody writes more. */
const LONGEST_CHAIN = 8;

/**
 * @param profile null for ALIBABA_CLOUD_PROFILE or the file's current one
 * @throws Unusable
 */
export const readCliProfile = async (file: string, profile: string | null): Promise<Recipe> => {
  let config: Body;
  try {
    config = record(JSON.parse(await contentOf(file)));
  } catch (error) {
    throw error instanceof Unusable ? error : new Unusable('is not valid JSON');
  }
  const profiles = records(config['profiles']) ?? [];
  if (profiles.length === 0) throw new Unusable('has no profiles');
  const name = profile ?? (process.env['ALIBABA_CLOUD_PROFILE'] || given(config, 'current'));
  return recipeNamed(profiles, name ?? '', LONGEST_CHAIN);
};

const recipeNamed = (profiles: readonly Body[], name: string, left: number): Recipe => {
  const from = profiles.find((each) => each['name'] === name);
  if (from === undefined) throw new Unusable('has no such profile');
  if (left === 0) throw new Unusable('has profiles that lead to each other');
  const role = (): RoleToAssume => ({
    arn: needed(from, 'ram_role_arn', 'a role to assume'),
    sessionName: given(from, 'ram_session_name'),
    seconds: numberOf(from['duration_seconds']) ?? numberOf(from['expired_seconds']),
    externalId: given(from, 'external_id'),
    policy: given(from, 'policy'),
    endpoint: given(from, 'sts_endpoint'),
    region: given(from, 'sts_region'),
    vpc: from['enable_vpc'] === true,
  });
  switch (from['mode']) {
    case 'AK':
      return keyOf(from, null);
    case 'StsToken':
      return keyOf(from, needed(from, 'sts_token', 'a token'));
    case 'RamRoleArn':
      return { kind: 'role', base: keyOf(from, given(from, 'sts_token')), role: role() };
    case 'RamRoleArnWithRoleName':
      return { kind: 'role', base: { kind: 'ecs', role: given(from, 'ram_role_name') }, role: role() };
    case 'ChainableRamRoleArn':
      return {
        kind: 'role',
        base: recipeNamed(profiles, needed(from, 'source_profile', 'a profile to start from'), left - 1),
        role: role(),
      };
    case 'OIDC':
      return {
        kind: 'oidc',
        role: role(),
        provider: needed(from, 'oidc_provider_arn', 'an OIDC provider'),
        tokenFile: needed(from, 'oidc_token_file', 'a file with an OIDC token'),
      };
    case 'CredentialsURI':
      return { kind: 'uri', uri: needed(from, 'credentials_uri', 'an address') };
    case 'EcsRamRole':
      return { kind: 'ecs', role: given(from, 'ram_role_name') };
    case 'External':
    case 'CloudSSO':
    case 'OAuth':
      return { kind: 'cli', profile: name };
    default:
      throw new Unusable('has a profile of a kind that is not known');
  }
};

/**
 * @param profile null for ALIBABA_CLOUD_PROFILE or `default`
 * @throws Unusable
 */
export const readIniProfile = async (file: string, profile: string | null): Promise<Recipe> => {
  const from = sectionOf(await contentOf(file), profile ?? (process.env['ALIBABA_CLOUD_PROFILE'] || 'default'));
  if (from === null) throw new Unusable('has no such profile');
  const role = (): RoleToAssume => ({
    arn: needed(from, 'role_arn', 'a role to assume'),
    sessionName: given(from, 'role_session_name'),
    seconds: null,
    externalId: given(from, 'external_id'),
    policy: given(from, 'policy'),
    endpoint: given(from, 'sts_endpoint'),
    region: null,
    vpc: false,
  });
  switch (from['type']) {
    case 'access_key':
      return keyOf(from, null);
    case 'sts':
      return keyOf(from, needed(from, 'security_token', 'a token'));
    case 'ram_role_arn':
      return { kind: 'role', base: keyOf(from, given(from, 'security_token')), role: role() };
    case 'oidc_role_arn':
      return {
        kind: 'oidc',
        role: role(),
        provider: needed(from, 'oidc_provider_arn', 'an OIDC provider'),
        tokenFile: needed(from, 'oidc_token_file_path', 'a file with an OIDC token'),
      };
    case 'credentials_uri':
      return { kind: 'uri', uri: needed(from, 'credentials_uri', 'an address') };
    case 'ecs_ram_role':
      return { kind: 'ecs', role: given(from, 'role_name') };
    default:
      throw new Unusable('has a profile of a kind that is not known');
  }
};

const contentOf = async (file: string): Promise<string> => {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch {
    throw new Unusable('cannot be read');
  }
};

/** The lines `name = value` below `[wanted]`; null without such a section. */
const sectionOf = (content: string, wanted: string): Body | null => {
  let section: Record<string, string> | null = null;
  let isInside = false;
  for (const line of content.split(/\r?\n/)) {
    const header = /^\s*\[(.*)\]\s*$/.exec(line);
    if (header !== null) {
      isInside = header[1]?.trim() === wanted;
      if (isInside) section ??= {};
      continue;
    }
    const [, name, value] = isInside ? (/^\s*([\w.-]+)\s*=(.*)$/.exec(line) ?? []) : [];
    if (section === null || name === undefined || value === undefined) continue;
    section[name] = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  }
  return section;
};

/** Without both the SDK would take the environment's in their place: other credentials than the ones that were named. */
const keyOf = (from: Body, token: string | null): Recipe => ({
  kind: 'key',
  accessKeyId: needed(from, 'access_key_id', 'an AccessKey ID'),
  secret: needed(from, 'access_key_secret', 'the secret of its ID'),
  token,
});

const given = (from: Body, name: string): string | null => {
  const value = from[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

const needed = (from: Body, name: string, what: string): string => {
  const value = given(from, name);
  if (value === null) throw new Unusable(`has a profile without ${what} (${name})`);
  return value;
};

const numberOf = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);
