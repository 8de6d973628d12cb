// Verdicts for a set of credentials: each distinct one is asked once, at a bounded rate, however many findings hold it.

import type { Verdict } from '../findings/model.js';
import { type LookedUp, lookUp } from './accounts.js';
import { advised, nextWay, SEE_PROBE } from './advice.js';
import { type Auditor, openAuditors } from './auditor.js';
import { createAuthority } from './authority.js';
import { type AskedHow, openCache, type VerdictCache } from './cache.js';
import { combine } from './combine.js';
import { createDeeds } from './deeds.js';
import { resolveEndpoints } from './endpoints.js';
import { inParallel } from './limiter.js';
import { withoutOurs } from './own-probes.js';
import { probe, probeId } from './probe.js';
import { createSession, DEFAULT_PACE, type Pace, type Session } from './session.js';
import { withBound } from './temporary.js';
import type { CredentialToVerify, CredentialVerdicts, Service, VerifyOptions } from './types.js';

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
  const groups = new Map<string, [CredentialToVerify, ...CredentialToVerify[]]>();
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
  if (!options.signal.aborted) tellSilence(session, options);
  return verdicts;
};

/** What each way of asking hangs on. The auditor's own identity is asked of STS, too, and says nothing of a key. */
const HANGS_ON: Readonly<Record<'looked up' | 'probed', readonly Service[]>> = {
  'looked up': ['ram', 'ims', 'actiontrail'],
  probed: ['sts'],
};

/** Keys of which nothing is known since no server ever answered are no findings of the run: the run itself failed. */
const tellSilence = (session: Session, { inventory, probe: isProbed, tell = () => {} }: VerifyOptions): void => {
  const ways = [...(inventory ? (['looked up'] as const) : []), ...(isProbed ? (['probed'] as const) : [])];
  for (const way of ways) {
    const hosts = session.silentHosts(HANGS_ON[way]);
    if (hosts.length > 0) tell('fault', `No AccessKey could be ${way}: no answer of the API from ${hosts.join(', ')}.`);
  }
};

/**
 * Breadth first: all states, then what the keys may do, then what they did. Whatever ends the run, the word that matters
 * most is there for as many as possible.
 */
const askAll = async (
  groups: readonly Group[],
  session: Session,
  options: VerifyOptions,
  verdicts: Map<CredentialToVerify, CredentialVerdicts>,
): Promise<void> => {
  const isAsked = groups.length > 0 && options.inventory;
  const auditors = isAsked ? await openAuditors(session, options.profiles ?? [], options.tell) : [];
  const cache = options.cache === undefined ? null : openCache(howAsked(session, auditors, options), options.cache);
  const stage = stages(groups, session, options, verdicts, cache);
  try {
    await askInStages(groups, session, options, verdicts, auditors, stage);
    cache?.close('done');
  } catch (error) {
    cache?.close('interrupted');
    throw error;
  } finally {
    const taken = cache?.taken() ?? 0;
    const of = groups.length;
    if (taken > 0) options.tell?.('note', `${taken} of ${of} verdicts are an earlier run's; --no-cache asks anew.`);
  }
};

/** What a verdict in the cache must have been asked by. */
const howAsked = ({ endpoints }: Session, auditors: readonly Auditor[], options: VerifyOptions): AskedHow => ({
  auditors: auditors.map(({ identity }) => identity),
  endpoints,
  ways: (['inventory', 'probe', 'probeId', 'activity'] as const).filter((way) => options[way] === true),
});

const askInStages = async (
  groups: readonly Group[],
  session: Session,
  options: VerifyOptions,
  verdicts: Map<CredentialToVerify, CredentialVerdicts>,
  auditors: readonly Auditor[],
  stage: Stage,
): Promise<void> => {
  const inventory = auditors.length > 0 ? createInventory(auditors, options) : async () => null;
  await stage('verify', groups, async (credential) => {
    // In this order: the probe is a use of the key, and would be what the inventory then reports as its last.
    const looked = await inventory(credential.accessKeyId);
    return summed(credential, looked, await probeWhenAsked(session, credential, options, looked), options);
  });
  if (auditors.length === 0) return;
  const authority = createAuthority(auditors);
  await stage('powers', groups, async (_, { verdict, verdicts: all }) => ({
    verdict: await authority(verdict),
    verdicts: all,
  }));
  if (options.activity !== true) return;
  const deeds = createDeeds(auditors, {
    now: () => new Date(),
    endpoint: session.endpoints.actiontrail,
    signal: options.signal,
    ...(options.ownProbes === undefined ? {} : { ownProbes: options.ownProbes() }),
  });
  await stage('activity', byWeight(groups, verdicts), async (credential, { verdict, verdicts: all }) => ({
    verdict: await deeds(credential, verdict),
    verdicts: all,
  }));
};

/** The same credential, as often as it was given. */
type Group = readonly [CredentialToVerify, ...CredentialToVerify[]];

type Stage = (
  name: string,
  groups: readonly Group[],
  ask: (credential: CredentialToVerify, known: CredentialVerdicts) => Promise<CredentialVerdicts>,
) => Promise<void>;

/** Runs one way of asking over all groups, several at a time, and keeps what each came to at once. */
const stages =
  (
    all: readonly Group[],
    session: Session,
    options: VerifyOptions,
    verdicts: Map<CredentialToVerify, CredentialVerdicts>,
    cache: VerdictCache | null,
  ): Stage =>
  async (name, groups, ask) => {
    let done = 0;
    const tell = (): void =>
      options.progress.update(`${name}: ${done} of ${all.length} credentials`, { done, total: all.length });
    tell();
    await inParallel(groups, session.pace.parallel, async (group) => {
      const known = verdicts.get(group[0]) ?? { verdict: unchecked(options), verdicts: [] };
      const before = cache?.take(name, group[0]) ?? null;
      const result = before ?? (await ask(group[0], known));
      if (before === null) cache?.keep(name, group[0], result);
      for (const same of group) verdicts.set(same, result);
      done += 1;
      tell();
    });
  };

/** What is read slowly is read of the gravest first: root, administrators, what is live, the rest. */
const byWeight = (
  groups: readonly Group[],
  verdicts: ReadonlyMap<CredentialToVerify, CredentialVerdicts>,
): readonly Group[] => {
  const weightOf = ([credential]: Group): number => {
    const verdict = verdicts.get(credential)?.verdict;
    if (verdict?.principal === 'root') return 0;
    if (verdict?.powers?.includes('administrator') === true) return 1;
    return verdict?.state === 'live' || verdict?.state === 'restricted' ? 2 : 3;
  };
  return [...groups].sort((one, other) => weightOf(one) - weightOf(other));
};

/** Several pairs may share an ID: it is looked up once. */
const createInventory = (
  auditors: readonly Auditor[],
  { ownProbes }: VerifyOptions,
): ((accessKeyId: string) => Promise<LookedUp>) => {
  const asked = new Map<string, Promise<LookedUp>>();
  // Of earlier runs: this one probes only what was looked up before.
  const probesOf = ownProbes?.() ?? (() => []);
  const look = async (accessKeyId: string): Promise<LookedUp> => {
    const [first, ...others] = await lookUp(auditors, accessKeyId);
    const probes = probesOf(accessKeyId);
    return [withoutOurs(first, probes), ...others.map((other) => withoutOurs(other, probes))];
  };
  return (accessKeyId) => {
    const looked = asked.get(accessKeyId) ?? look(accessKeyId);
    asked.set(accessKeyId, looked);
    return looked;
  };
};

const probeWhenAsked = async (
  session: Session,
  credential: CredentialToVerify,
  options: VerifyOptions,
  looked: LookedUp | null,
): Promise<Verdict | null> => {
  const isAlone = credential.secret === null;
  if (!options.probe || (isAlone && options.probeId !== true)) return null;
  const answered = options.probeLog?.note(credential.accessKeyId, looked?.[0] ?? null);
  try {
    return await (isAlone ? probeId(session, credential.accessKeyId) : probe(session, credential));
  } finally {
    answered?.();
  }
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
