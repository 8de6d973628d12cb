// Whose credentials look IDs up: the SDK's default chain, in its order, without the places that the user did not ask for.
// Instance metadata is reached only through a profile of that kind; the SDK would otherwise ask a link-local address on
// every machine.

import { access } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AkscanError } from '../errors.js';
import { type Answer, readAnswer } from './answer.js';
import { wait } from './limiter.js';
import { type Recipe, type RoleToAssume, readCliProfile, readIniProfile, Unusable } from './profiles.js';
import type { providerOf, SdkProvider } from './sdk.js';
import type { Pace } from './session.js';
import type { Signer } from './sign.js';
import { meaningOf, printableCode } from './states.js';
import { TransportFault } from './transport/fault.js';
import { DEFAULT_LIMITS, type HttpLimits } from './transport/http.js';
import { observed, type Reroute } from './transport/scope.js';

/** Credentials that were there when the run began. */
export interface Keyring {
  /** Where they come from, for a sentence: `the environment`, `the profile "audit"`. */
  readonly from: string;
  /** AccessKey IDs that all else hangs on: of a role that is assumed, those of whoever assumes it. */
  readonly roots: readonly string[];
  /** Those of now: temporary ones are renewed by the SDK before they end. @throws AkscanError */
  signer(): Promise<Signer>;
}

/** How STS and others are reached that give temporary credentials. */
export interface Reach {
  readonly limits: HttpLimits;
  readonly reroute: Reroute;
  readonly pace: Pick<Pace, 'attempts' | 'backoffMs'>;
}

const PLAIN_REACH: Reach = {
  limits: { ...DEFAULT_LIMITS, signal: new AbortController().signal },
  reroute: (url) => url,
  pace: { attempts: 3, backoffMs: 400 },
};

const HINT =
  'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (with ALIBABA_CLOUD_SECURITY_TOKEN for temporary ones), ' +
  'run `aliyun configure` (~/.aliyun/config.json), write ~/.alibabacloud/credentials, or choose with --profile NAME; ' +
  '--probe alone needs no credentials.';

interface Source {
  readonly from: string;
  /** Whether the user has put anything there: only then is its failure worth a word. */
  readonly isPresent: () => Promise<boolean>;
  /** @throws Unusable */
  readonly recipe: (profile: string | null) => Promise<Recipe>;
}

const variable = (name: string): string => process.env[name] ?? '';

const hasVariable = (name: string) => async (): Promise<boolean> => variable(name) !== '';

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

const cliFile = (): string | null =>
  variable('ALIBABA_CLOUD_CLI_PROFILE_DISABLED').toLowerCase() === 'true' ? null : inHome('.aliyun', 'config.json');
const iniFile = (): string | null =>
  variable('ALIBABA_CLOUD_CREDENTIALS_FILE') || inHome('.alibabacloud', 'credentials');

/** The role of ALIBABA_CLOUD_ROLE_ARN, with all else as the SDK has it by default. */
const roleOfEnv = (): RoleToAssume => ({
  arn: variable('ALIBABA_CLOUD_ROLE_ARN'),
  sessionName: null,
  seconds: null,
  externalId: variable('ALIBABA_CLOUD_ROLE_EXTERNAL_ID') || null,
  policy: null,
  endpoint: null,
  region: null,
  vpc: false,
});

/** A role is assumed with plain credentials only: temporary ones are taken for that role's, as CI systems leave them. */
const recipeOfEnv = async (): Promise<Recipe> => {
  const secret = variable('ALIBABA_CLOUD_ACCESS_KEY_SECRET');
  if (secret === '') throw new Unusable('has an ID without its secret');
  const token = variable('ALIBABA_CLOUD_SECURITY_TOKEN') || null;
  const key = { kind: 'key', accessKeyId: variable('ALIBABA_CLOUD_ACCESS_KEY_ID'), secret, token } as const;
  const isRole =
    token === null && variable('ALIBABA_CLOUD_ROLE_ARN') !== '' && variable('ALIBABA_CLOUD_OIDC_TOKEN_FILE') === '';
  return isRole ? { kind: 'role', base: key, role: roleOfEnv() } : key;
};

const recipeOfOidc = async (): Promise<Recipe> => {
  const provider = variable('ALIBABA_CLOUD_OIDC_PROVIDER_ARN');
  const role = roleOfEnv();
  if (provider === '' || role.arn === '') {
    throw new Unusable('needs ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_ROLE_ARN beside it');
  }
  return { kind: 'oidc', role, provider, tokenFile: variable('ALIBABA_CLOUD_OIDC_TOKEN_FILE') };
};

const profileSources: readonly Source[] = [
  {
    from: '~/.aliyun/config.json',
    isPresent: hasFile(cliFile),
    recipe: (profile) => readCliProfile(cliFile() ?? '', profile),
  },
  {
    from: '~/.alibabacloud/credentials',
    isPresent: hasFile(iniFile),
    recipe: (profile) => readIniProfile(iniFile() ?? '', profile),
  },
];

/** The order of the SDK's DefaultCredentialsProvider, without ecs_ram_role. */
const defaultSources: readonly Source[] = [
  { from: 'the environment', isPresent: hasVariable('ALIBABA_CLOUD_ACCESS_KEY_ID'), recipe: recipeOfEnv },
  { from: 'the OIDC token', isPresent: hasVariable('ALIBABA_CLOUD_OIDC_TOKEN_FILE'), recipe: recipeOfOidc },
  ...profileSources,
  {
    from: 'ALIBABA_CLOUD_CREDENTIALS_URI',
    isPresent: hasVariable('ALIBABA_CLOUD_CREDENTIALS_URI'),
    recipe: async () => ({ kind: 'uri', uri: variable('ALIBABA_CLOUD_CREDENTIALS_URI') }),
  },
];

/**
 * @param profile a profile's name; null for the default chain
 * @throws AkscanError that says which ways there are to give credentials
 */
export const findCredentials = async (
  make: typeof providerOf,
  profile: string | null,
  reach: Reach = PLAIN_REACH,
): Promise<Keyring> => {
  const problems: string[] = [];
  for (const source of profile === null ? defaultSources : profileSources) {
    if (!(await source.isPresent())) continue;
    try {
      const recipe = await source.recipe(profile);
      const provider = make(recipe);
      await signerOf(provider, reach);
      const from = profile === null ? source.from : `the profile "${profile}"`;
      return { from, roots: rootsOf(recipe), signer: shared(() => renewed(provider, from, reach)) };
    } catch (error) {
      reach.limits.signal.throwIfAborted();
      problems.push(`${source.from} ${whyNot(error)}`);
    }
  }
  const what =
    profile === null ? 'No credentials to look AccessKeys up with' : `The profile "${profile}" gives no credentials`;
  throw new AkscanError(`${what}${problems.length === 0 ? '' : ` (${problems.join('; ')})`}.`, HINT);
};

const rootsOf = (recipe: Recipe): readonly string[] => {
  if (recipe.kind === 'key') return [recipe.accessKeyId];
  return recipe.kind === 'role' ? rootsOf(recipe.base) : [];
};

/** Many ask at once, and the SDK would renew once for each of them. */
const shared = <T>(get: () => Promise<T>): (() => Promise<T>) => {
  let running: Promise<T> | null = null;
  return () => {
    running ??= get().finally(() => {
      running = null;
    });
    return running;
  };
};

const renewed = async (provider: SdkProvider, from: string, reach: Reach): Promise<Signer> => {
  try {
    return await signerOf(provider, reach);
  } catch (error) {
    reach.limits.signal.throwIfAborted();
    throw new AkscanError(`The credentials from ${from} are gone: this source ${whyNot(error)}.`, 'Sign in again.');
  }
};

/** STS, or who else gives temporary credentials, refused to. */
class Refused extends Error {
  constructor(readonly answer: Answer) {
    super('refused');
  }
}

/** Text that would not survive in a header is no credential. */
const ID = /^[\x21-\x7e]{1,256}$/;
const TOKEN = /^[\x21-\x7e]{1,16384}$/;

const signerOf = async (provider: SdkProvider, reach: Reach): Promise<Signer> => {
  const { accessKeyId, accessKeySecret, securityToken } = await patiently(provider, reach);
  if (!ID.test(accessKeyId ?? '') || !ID.test(accessKeySecret ?? '')) {
    throw new Unusable('has an AccessKey with characters that no AccessKey has');
  }
  if (securityToken && !TOKEN.test(securityToken)) throw new Unusable('has a token with characters that no token has');
  return { accessKeyId, secret: accessKeySecret, token: securityToken || null };
};

/** The SDK asks once, whatever happens; what may pass is asked again. */
const patiently = async (
  provider: SdkProvider,
  { limits, reroute, pace }: Reach,
): Promise<Awaited<ReturnType<SdkProvider['getCredentials']>>> => {
  for (let attempt = 1; ; attempt++) {
    let given: Awaited<ReturnType<SdkProvider['getCredentials']>> | null = null;
    let failure: unknown = null;
    const { response, fault } = await observed(
      limits,
      async () => {
        try {
          given = await provider.getCredentials();
        } catch (error) {
          failure = error;
        }
      },
      reroute,
    );
    if (given !== null) return given;
    limits.signal.throwIfAborted();
    const answer = response === null || response.status === 200 ? null : readAnswer(response, 'STS');
    const isPassing = fault instanceof TransportFault ? fault.passing : answer !== null && mayPass(answer);
    if (!isPassing || attempt >= pace.attempts) {
      if (fault instanceof TransportFault) throw fault;
      throw answer === null ? failure : new Refused(answer);
    }
    await wait(Math.random() * pace.backoffMs * 2 ** attempt, limits.signal);
  }
};

const mayPass = (answer: Answer): boolean => {
  if (answer.kind !== 'error') return answer.kind === 'no-answer' && answer.passing;
  const meaning = meaningOf(answer);
  return meaning === 'server' || meaning === 'throttled';
};

/**
 * In our own words: the SDK's messages repeat whole configuration files and answers, secrets among them.
 */
const whyNot = (error: unknown): string => {
  if (error instanceof Unusable) return error.message;
  if (error instanceof TransportFault) return `needs the network: ${error.message}`;
  if (error instanceof Refused) return `could not be exchanged for temporary credentials${said(error.answer)}`;
  const message = error instanceof Error ? error.message : '';
  return explanations.find(([pattern]) => pattern.test(message))?.[1] ?? 'could not be used';
};

const said = (answer: Answer): string => {
  if (answer.kind !== 'error') return answer.kind === 'no-answer' ? `: ${answer.why}` : '';
  const { status, code, deniedAction } = answer;
  const meaning = meaningOf(answer);
  const lacking = meaning === 'not-permitted' ? `, it lacks ${deniedAction ?? 'sts:AssumeRole'}` : '';
  const late = meaning === 'clock' ? ", this machine's clock is wrong" : '';
  return `: ${status} ${printableCode(code)}${lacking}${late}`;
};

const explanations: readonly (readonly [RegExp, string])[] = [
  [/^failed to execute external command/, 'names a program that failed'],
  [/^session duration should be/, 'asks for a session of less than 900 s'],
  [/ENOENT|EACCES|EISDIR/, 'names a file that cannot be read'],
  [
    /session token|sts token|get session|access key secret is invalid/i,
    'could not be exchanged for temporary credentials',
  ],
];
