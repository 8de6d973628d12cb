// The cloud's side of a run of containment: how a key was used, how long to wait for the account, and STS as a witness.

import { now } from '../clock.js';
import { readProducts } from '../cloud/activity/products.js';
import { wait } from '../cloud/limiter.js';
import type { Opened } from '../cloud/open.js';
import { isOurs } from '../cloud/own-probes.js';
import { probe } from '../cloud/probe.js';
import type { LastUseKnown, Probed, ProbeLog } from '../cloud/probe-log.js';
import { openProbeLog, probesOf } from '../cloud/probe-log.js';
import type { Finding, Verdict } from '../findings/model.js';
import type { Patience } from './act.js';
import type { UseOf } from './look.js';
import { PROOF_TIMES_MS, proveOff } from './proof.js';
import type { Proof } from './report.js';
import { recentUseOf } from './use.js';

export interface ContainCloud {
  readonly useOf: UseOf;
  readonly patience: Patience;
  readonly prove: (finding: Finding) => Promise<Proof> | null;
  readonly probeLog: ProbeLog;
  /** Where calls go, for the record. */
  readonly hosts: readonly string[];
}

export const containCloud = ({ session }: Opened, env: NodeJS.ProcessEnv): ContainCloud => {
  const { signal } = session.limits;
  const pause = (milliseconds: number): Promise<void> => wait(milliseconds, signal);
  const probeLog = openProbeLog(env);
  // Read when it is first needed: after this run's own probes.
  let probes: ReturnType<typeof probesOf> | null = null;
  /** By ID: the last use that was not ours, for the proofs' own probes. */
  const uses = new Map<string, LastUseKnown>();
  return {
    probeLog,
    useOf: async (accessKeyId, verdict, auditor) => {
      probes ??= probesOf(env);
      const own = probes(accessKeyId);
      const products = await auditor.ask(
        'actiontrail:GetAccessKeyLastUsedProducts',
        { AccessKey: accessKeyId },
        readProducts,
      );
      const { use, suspects } = useBefore(verdict, own);
      uses.set(accessKeyId, use);
      // Asked after this run's own probe, which may be among them.
      const others = products.kind === 'found' ? products.value.filter((product) => !isOurs(product, own)) : null;
      return recentUseOf(use, suspects, others);
    },
    // What was carried out shows within seconds; an account that shows it later is asked for half a minute.
    patience: { rereadMs: [500, 1_000, 2_000, 4_000, 8_000, 15_000], attempts: 3, wait: pause },
    prove: ({ accessKeyId, secret, token }) => {
      if (accessKeyId === null || secret === null) return null;
      const ask = async (): Promise<Verdict | null> => {
        const answered = probeLog.note(accessKeyId, uses.get(accessKeyId) ?? null);
        try {
          return await probe(session, { accessKeyId, secret, token });
        } finally {
          answered();
        }
      };
      return proveOff(ask, { accessKeyId, secret, token }, { atMs: PROOF_TIMES_MS, now, wait: pause });
    },
    hosts: [...new Set(Object.values(session.endpoints).map(({ host }) => host))],
  };
};

/**
 * Our own probes taken back, one after the other: what each had found to be the last use before it.
 *
 * @param known as it was read before this run's own probe
 * @returns the last use that is not known to be ours, and the probes that it may be all the same
 */
export const useBefore = (
  known: LastUseKnown,
  probes: readonly Probed[],
): { readonly use: LastUseKnown; readonly suspects: readonly Probed[] } => {
  let use = known;
  // What a probe had found before it was sent is not its doing.
  const isSuspect = ({ before }: Probed): boolean => before === null || before.lastUsed !== use.lastUsed;
  for (const probe of [...probes].reverse()) {
    const { lastUsed, lastUsedService = null } = use;
    const isIt = lastUsed !== undefined && isOurs({ service: lastUsedService, last: lastUsed }, [probe]);
    if (isIt && isSuspect(probe) && probe.before !== null) use = probe.before;
  }
  return { use, suspects: probes.filter(isSuspect) };
};
