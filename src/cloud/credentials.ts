// Whose credentials look IDs up: the SDK's default chain, in its order, without the places that the user did not ask for.
// Instance metadata is reached only through a profile of that kind; the SDK would otherwise ask a link-local address on
// every machine.

import { access } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AkscanError } from '../errors.js';
import type { ProviderKind, providerOf, SdkProvider } from './sdk.js';
import type { Signer } from './sign.js';
import { TransportFault } from './transport/fault.js';

/** Credentials that were there when the run began. */
export interface Keyring {
  /** Where they come from, for a sentence: `the environment`, `the profile "audit"`. */
  readonly from: string;
  readonly provider: SdkProvider;
  /** Those of now: temporary ones are renewed by the SDK before they end. @throws AkscanError */
  signer(): Promise<Signer>;
}

const HINT =
  'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (with ALIBABA_CLOUD_SECURITY_TOKEN for temporary ones), ' +
  'run `aliyun configure` (~/.aliyun/config.json), write ~/.alibabacloud/credentials, or choose with --profile NAME; ' +
  '--probe alone needs no credentials.';

interface Source {
  readonly kind: ProviderKind;
  readonly from: string;
  /** Whether the user has put anything there: only then is its failure worth a word. */
  readonly isPresent: () => Promise<boolean>;
}

const hasVariable = (name: string) => async (): Promise<boolean> => (process.env[name] ?? '') !== '';

const hasFile = (find: () => string | null) => async (): Promise<boolean> => {
  const file = find();
  if (file === null) return false;
  return access(file).then(
    () => true,
    () => false,
  );
};

/** A home that is empty or relative would be the current folder, the scanned tree: it may name no credentials. */
const inHome = (...names: readonly string[]): string | null =>
  path.isAbsolute(os.homedir()) ? path.join(os.homedir(), ...names) : null;

const cliFile = (): string | null => inHome('.aliyun', 'config.json');
const iniFile = (): string | null =>
  process.env['ALIBABA_CLOUD_CREDENTIALS_FILE'] || inHome('.alibabacloud', 'credentials');

const profileSources: readonly Source[] = [
  { kind: 'cli-profile', from: '~/.aliyun/config.json', isPresent: hasFile(cliFile) },
  { kind: 'ini-profile', from: '~/.alibabacloud/credentials', isPresent: hasFile(iniFile) },
];

/** The order of the SDK's DefaultCredentialsProvider, without ecs_ram_role. */
const defaultSources: readonly Source[] = [
  { kind: 'env', from: 'the environment', isPresent: hasVariable('ALIBABA_CLOUD_ACCESS_KEY_ID') },
  { kind: 'oidc', from: 'the OIDC token', isPresent: hasVariable('ALIBABA_CLOUD_OIDC_TOKEN_FILE') },
  ...profileSources,
  { kind: 'uri', from: 'ALIBABA_CLOUD_CREDENTIALS_URI', isPresent: hasVariable('ALIBABA_CLOUD_CREDENTIALS_URI') },
];

/**
 * @param profile a profile's name; null for the default chain
 * @throws AkscanError that says which ways there are to give credentials
 */
export const findCredentials = async (make: typeof providerOf, profile: string | null): Promise<Keyring> => {
  const problems: string[] = [];
  for (const source of profile === null ? defaultSources : profileSources) {
    if (!(await source.isPresent())) continue;
    const provider = make(source.kind, profile);
    if (provider === null) continue;
    try {
      await signerOf(provider);
    } catch (error) {
      problems.push(`${source.from} ${whyNot(error)}`);
      continue;
    }
    const from = profile === null ? source.from : `the profile "${profile}"`;
    return { from, provider, signer: () => renewed(provider, from) };
  }
  const what =
    profile === null ? 'No credentials to look AccessKeys up with' : `The profile "${profile}" gives no credentials`;
  throw new AkscanError(`${what}${problems.length === 0 ? '' : ` (${problems.join('; ')})`}.`, HINT);
};

const renewed = async (provider: SdkProvider, from: string): Promise<Signer> => {
  try {
    return await signerOf(provider);
  } catch (error) {
    throw new AkscanError(`The credentials from ${from} are gone: this source ${whyNot(error)}.`, 'Sign in again.');
  }
};

const signerOf = async (provider: SdkProvider): Promise<Signer> => {
  const { accessKeyId, accessKeySecret, securityToken } = await provider.getCredentials();
  if (!/^[\x21-\x7e]{1,256}$/.test(accessKeyId ?? '') || !accessKeySecret) throw new Error('incomplete');
  if (securityToken && !/^[\x21-\x7e]+$/.test(securityToken)) throw new Error('incomplete');
  return { accessKeyId, secret: accessKeySecret, token: securityToken || null };
};

/**
 * In our own words: the SDK's messages repeat whole configuration files and answers, secrets among them.
 */
const whyNot = (error: unknown): string => {
  if (error instanceof TransportFault) return `needs the network: ${error.message}`;
  const message = error instanceof Error ? error.message : '';
  return explanations.find(([pattern]) => pattern.test(message))?.[1] ?? 'could not be used';
};

const explanations: readonly (readonly [RegExp, string])[] = [
  [/^parse aliyun cli config/, 'is not valid JSON'],
  [/^reading aliyun cli config/, 'cannot be read'],
  [/^no any configured profiles/, 'has no profiles'],
  [/^unable to get profile|^Can not find credential type/, 'has no such profile'],
  [/^unsupported profile mode|^Invalid type option/, 'has a profile of a kind that is not known'],
  [/^failed to execute external command/, 'names a program that failed'],
  [/Access key secret must be specified|^incomplete$/i, 'has an ID without its secret'],
  [
    /refresh session token failed|get sts token failed|get session token/i,
    'could not be exchanged for temporary credentials',
  ],
];
