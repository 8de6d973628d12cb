import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/findings/fingerprint.js';
import type { Finding } from '../../src/findings/model.js';
import type { Simulator } from '../../src/simulator/server.js';
import { findingFor, verifyFindings } from '../../src/verify.js';
import { company } from '../support/company.js';
import { endpointsOf, idOnly, isolate, simulate, useCredentials, verifyAll } from '../support/verifying.js';

isolate();

/** How often each operation was called. */
const callsOf = ({ requests }: Simulator): Readonly<Record<string, number>> => {
  const calls: Record<string, number> = {};
  for (const { action } of requests) calls[action] = (calls[action] ?? 0) + 1;
  return calls;
};

const verify = async (findings: readonly Finding[], simulator: Simulator) =>
  verifyFindings(findings, {
    asking: { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) },
    signal: new AbortController().signal,
    progress: { update: () => {} },
  });

/** The same key found with another secret each time, and each of those in two reports. */
const copies = (finding: Finding, count: number): readonly Finding[] =>
  Array.from({ length: count }, (_, index) => ({
    ...finding,
    target: `report-${index % 2}`,
    secretSha256: sha256(`secret ${index >> 1}`),
  }));

describe('many findings', () => {
  it('of few keys need no more calls than the keys', async () => {
    const { account, auditor, keys } = company(40);
    useCredentials(auditor);
    const findings = keys.map(({ id }) => findingFor({ accessKeyId: id, secret: null, token: null }));
    const once = await simulate({ accounts: [account] });
    await verify(findings, once);
    const often = await simulate({ accounts: [account] });
    const report = await verify(
      findings.flatMap((finding) => copies(finding, 50)),
      often,
    );
    expect(
      report.findings.filter(({ verdict }) => verdict.state === 'live' || verdict.state === 'disabled'),
    ).toHaveLength(2_000);
    expect(callsOf(often)).toEqual(callsOf(once));
  });

  it('ask once for each key, once for each owner, and once for each policy', async () => {
    const { account, auditor, keys } = company(40);
    useCredentials(auditor);
    const simulator = await simulate({ accounts: [account] });
    await verifyAll(
      keys.map(({ id }) => idOnly(id)),
      { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) },
    );
    const calls = callsOf(simulator);
    expect(calls).toMatchObject({
      GetCallerIdentity: 1,
      GetAccessKeyLastUsedInfo: keys.length,
      GetUser: keys.length,
      ListPoliciesForUser: keys.length / 2,
      ListGroupsForUser: keys.length / 2,
      ListPoliciesForGroup: 20,
    });
    expect(calls['GetPolicy']).toBeLessThanOrEqual(21);
    expect(calls['ListUsers']).toBeUndefined();
  });

  it('are asked about within the quotas of Alibaba Cloud: nothing is throttled', async () => {
    const { account, auditor, keys } = company(120);
    useCredentials(auditor);
    const simulator = await simulate({ accounts: [account], quotas: 'real' });
    const credentials = keys.map(({ id }) => idOnly(id));
    const verdicts = await verifyAll(
      credentials,
      { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) },
      { share: 0.8 },
    );
    expect(simulator.requests.filter(({ code }) => code?.startsWith('Throttling') === true)).toEqual([]);
    expect([...verdicts.values()].filter(({ verdict }) => verdict.state === 'unknown')).toEqual([]);
  });

  it('are all answered when Alibaba Cloud throttles every other request', async () => {
    const { account, auditor, keys } = company(20);
    useCredentials(auditor);
    let asked = 0;
    const simulator = await simulate({
      accounts: [account],
      fault: () => {
        asked += 1;
        return asked % 2 === 0
          ? { kind: 'error', status: 400, code: 'Throttling.User', message: 'Slower.', retryAfterMs: 1 }
          : null;
      },
    });
    const credentials = keys.map(({ id }) => idOnly(id));
    const options = { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) };
    const verdicts = await verifyAll(credentials, options, { patienceMs: 30_000 });
    expect([...verdicts.values()].filter(({ verdict }) => verdict.state === 'unknown')).toEqual([]);
  });
});
