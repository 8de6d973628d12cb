// Runs verifications against a simulated cloud, with the auditor's credentials in the environment and little patience.

import './sdk-transport.js';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { DEFAULT_PACE, type Pace } from '../../src/cloud/session.js';
import type { CredentialToVerify, CredentialVerdicts, VerifyOptions } from '../../src/cloud/types.js';
import { verifyAtPace } from '../../src/cloud/verify.js';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import type { World } from '../../src/simulator/world.js';

export const QUICK: Pace = {
  ...DEFAULT_PACE,
  share: 100,
  patienceMs: 300,
  attempts: 3,
  backoffMs: 1,
  connectMs: 2_000,
  totalMs: 2_000,
};

export const endpointsOf = (url: string) => ({ ram: url, ims: url, sts: url, actiontrail: url, sas: url });

/** A home without any configuration, and no variable of the machine's own. */
export const isolate = (): void => {
  beforeEach(() => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'akscan-home-'));
    vi.stubEnv('HOME', home);
    vi.stubEnv('USERPROFILE', home);
    for (const name of Object.keys(process.env)) {
      if (/^(ALIBABA_CLOUD_|AKSCAN_|https?_proxy$|no_proxy$)/i.test(name)) vi.stubEnv(name, undefined);
    }
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
};

export const useCredentials = ({ id, secret }: { readonly id: string; readonly secret: string }): void => {
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', id);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', secret);
};

const simulators: Simulator[] = [];

/** Started for one test and closed after it. */
export const simulate = async (world: World): Promise<Simulator> => {
  const simulator = await startSimulator(world);
  simulators.push(simulator);
  return simulator;
};

afterEach(async () => {
  for (const simulator of simulators.splice(0)) await simulator.close();
});

export const pairOf = ({ id, secret }: { readonly id: string; readonly secret: string }): CredentialToVerify => ({
  accessKeyId: id,
  secret,
  token: null,
});

export const idOnly = (accessKeyId: string): CredentialToVerify => ({ accessKeyId, secret: null, token: null });

export const verifyAll = (
  credentials: readonly CredentialToVerify[],
  options: Pick<VerifyOptions, 'inventory' | 'probe' | 'endpoints'> & Partial<VerifyOptions>,
  pace: Partial<Pace> = {},
): Promise<ReadonlyMap<CredentialToVerify, CredentialVerdicts>> =>
  verifyAtPace(
    credentials,
    { signal: new AbortController().signal, progress: { update: () => {} }, ...options },
    { ...QUICK, ...pace },
  );

/** The verdicts of one credential. */
export const verifyOne = async (
  credential: CredentialToVerify,
  options: Parameters<typeof verifyAll>[1],
  pace: Partial<Pace> = {},
): Promise<CredentialVerdicts> => {
  const verdicts = (await verifyAll([credential], options, pace)).get(credential);
  if (verdicts === undefined) throw new Error('no verdict');
  return verdicts;
};
