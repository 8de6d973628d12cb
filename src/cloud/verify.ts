// Verdicts for a set of credentials: each distinct one is asked once, at a bounded rate, however many findings hold it.

import type { Verdict } from '../findings/model.js';
import { type LookedUp, lookUp } from './accounts.js';
import { advised, nextWay, SEE_PROBE } from './advice.js';
import { openAuditors } from './auditor.js';
import { combine } from './combine.js';
import { resolveEndpoints } from './endpoints.js';
import { inParallel } from './limiter.js';
import { probe, probeId } from './probe.js';
import { createSession, DEFAULT_PACE, type Pace, type Session } from './session.js';
import { withBound } from './temporary.js';
import type { CredentialToVerify, CredentialVerdicts, VerifyOptions } from './types.js';

/**
 * @returns the verdicts by the very objects that were given; when the signal ends the run, those known by then
 * @throws AkscanError without credentials to look IDs up with, or for endpoints that cannot be used
 */
export const verifyCredentials = (
  credentials: readonly CredentialToVerify[],
  options: VerifyOptions,
): Promise<ReadonlyMap<CredentialToVerify, CredentialVerdicts>> => verifyAtPace(credentials, options, DEFAULT_PACE);

/** With another patience than the usual one. */
export const verifyAtPace = async (
  credentials: readonly CredentialToVerify[],
  options: VerifyOptions,
  pace: Pace,
): Promise<ReadonlyMap<CredentialToVerify, CredentialVerdicts>> => {
  const session = createSession(resolveEndpoints(options.endpoints, process.env), options.signal, pace);
  const groups = new Map<string, CredentialToVerify[]>();
  for (const credential of credentials) {
    const key = JSON.stringify([credential.accessKeyId, credential.secret, credential.token]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [credential]);
    else group.push(credential);
  }
  const verdicts = new Map<CredentialToVerify, CredentialVerdicts>();
  try {
    await askAll([...groups.values()], session, options, verdicts);
  } catch (error) {
    if (!options.signal.aborted) throw error;
  }
  return verdicts;
};

const askAll = async (
  groups: readonly (readonly CredentialToVerify[])[],
  session: Session,
  options: VerifyOptions,
  verdicts: Map<CredentialToVerify, CredentialVerdicts>,
): Promise<void> => {
  const inventory = await openInventory(
    session,
    groups.length > 0 && options.inventory ? (options.profiles ?? []) : null,
  );
  const tell = (done: number): void => options.progress.update(`verify: ${done} of ${groups.length} credentials`);
  let done = 0;
  tell(0);
  await inParallel(groups, session.pace.parallel, async (group) => {
    const [credential] = group;
    if (credential === undefined) return;
    // In this order: the probe is a use of the key, and would be what the inventory then reports as its last.
    const looked = await inventory(credential.accessKeyId);
    const result = summed(credential, looked, await probeWhenAsked(session, credential, options), options);
    for (const same of group) verdicts.set(same, result);
    done += 1;
    tell(done);
  });
};

/** Several pairs may share an ID: it is looked up once. */
const openInventory = async (
  session: Session,
  profiles: readonly string[] | null,
): Promise<(accessKeyId: string) => Promise<LookedUp | null>> => {
  if (profiles === null) return async () => null;
  const auditors = await openAuditors(session, profiles);
  const asked = new Map<string, Promise<LookedUp>>();
  return (accessKeyId) => {
    const looked = asked.get(accessKeyId) ?? lookUp(auditors, accessKeyId);
    asked.set(accessKeyId, looked);
    return looked;
  };
};

const probeWhenAsked = (
  session: Session,
  credential: CredentialToVerify,
  options: VerifyOptions,
): Promise<Verdict | null> => {
  if (!options.probe) return Promise.resolve(null);
  const isAlone = credential.secret === null && options.probeId === true;
  return isAlone ? probeId(session, credential.accessKeyId) : probe(session, credential);
};

const summed = (
  credential: CredentialToVerify,
  looked: LookedUp | null,
  probed: Verdict | null,
  options: VerifyOptions,
): CredentialVerdicts => {
  const way = nextWay(credential, options);
  const verdict =
    looked === null
      ? (probed ?? unchecked(options))
      : probed === null
        ? advised(looked[0], way)
        : combine(looked[0], probed);
  return {
    verdict: withBound(credential, verdict),
    verdicts: [...(looked ?? []).map((one) => advised(one, way ?? SEE_PROBE)), ...(probed === null ? [] : [probed])],
  };
};

const unchecked = ({ probe: isProbed }: VerifyOptions): Verdict => ({
  state: 'unchecked',
  how: null,
  ...(isProbed ? { reason: 'Without its secret it cannot be probed; --verify looks it up.' } : {}),
});
