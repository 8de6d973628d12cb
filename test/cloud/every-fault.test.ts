// Rules that hold whatever arrives, over every fault that the simulated cloud knows and every way of asking: no fault says
// anything of a key, and `unknown` says why and what to do.

import { describe, expect, it } from 'vitest';
import type { Verdict, VerdictState } from '../../src/findings/model.js';
import { faults, type NamedFault } from '../../src/simulator/faults.js';
import type { Call } from '../../src/simulator/world.js';
import {
  endpointsOf,
  idOnly,
  isolate,
  pairOf,
  simulate,
  useCredentials,
  verifyAll,
  verifyOne,
} from '../support/verifying.js';
import { newKey, newUser, testCloud } from '../support/world.js';

isolate();

/** What a code says of the key that signed, as alibaba-cloud's documentation has it; written apart from the code's own table. */
const SAYS: readonly (readonly [RegExp, VerdictState])[] = [
  [/^InvalidAccessKeyId(\.NotFound)? 40[04]$/, 'not-found'],
  [/^InvalidAccessKeyId\.Inactive 400$/, 'disabled'],
  [/^(Forbidden\.AccessKeyDisabled|Forbidden\.AccessKey|NoEnabledAccessKey) 403$/, 'disabled'],
  [/^SignatureDoesNotMatch 40[03]$/, 'wrong-secret'],
  [/^IncompleteSignature 400$/, 'wrong-secret'],
  [/^InvalidSecurityToken\.Expired 40[03]$/, 'expired'],
  [/^NoPermission 40[03]$/, 'live'],
  [/^(Forbidden\.RAM|Forbidden\.RiskControl|Forbidden\.UserVerification|Inactive) 403$/, 'live'],
  [/^Forbidden 40[03]$/, 'restricted'],
];

/** What a probe may make of a fault; `true` is what it would say without it. */
const expected = ({ name, group, error }: NamedFault, truth: VerdictState): VerdictState => {
  if (group === 'clock' || name === 'gzip') return truth;
  if (error === undefined || name === 'changed-on-the-way') return 'unknown';
  const said = `${error.code} ${error.status}`;
  return SAYS.find(([pattern]) => pattern.test(said))?.[1] ?? 'unknown';
};

/** The last words of a reason: something to do, said in the imperative. */
const ADVICE = /(?:^|[.;:] )(?:Ask|Check|Grant|Give|Look|Report|See|Set|Sign|Treat|Try|Use)\b[^;]*\.$/i;

const hasAdvice = ({ state, reason = '' }: Verdict): boolean => state !== 'unknown' || ADVICE.test(reason);

const PATIENCE = { totalMs: 150, connectMs: 150, attempts: 2, patienceMs: 20 };
const all = faults.map((fault) => [fault.name, fault] as const);

/** Calls of the auditor's that the fault is let loose on; who the auditor is stays known. */
const lookUps =
  ({ fault }: NamedFault, versions: readonly string[]) =>
  (call: Call) =>
    versions.includes(call.version) ? fault(call) : null;

const SERVICES = { ram: '2015-05-01', ims: '2019-08-15', actiontrail: '2020-07-06' } as const;

describe('the list of faults', () => {
  it('has every kind', () => {
    expect(new Set(faults.map(({ group }) => group))).toEqual(new Set(['error', 'envelope', 'noise', 'clock']));
    expect(new Set(faults.map((fault) => expected(fault, 'live')))).toEqual(
      new Set(['not-found', 'disabled', 'wrong-secret', 'expired', 'live', 'restricted', 'unknown']),
    );
  });
});

describe('a probe', () => {
  it.each(all)('makes of %s what the table says, and no more', async (_, fault) => {
    const cloud = testCloud();
    cloud.world.fault = fault.fault;
    const simulator = await simulate(cloud.world);
    const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) };
    const state = expected(fault, 'live');
    const pair = (await verifyOne(pairOf(cloud.active), options, PATIENCE)).verdict;
    // A key that lasts has no token that could end.
    expect(pair.state, pair.reason).toBe(state === 'expired' ? 'unknown' : state);
    const { id, secret, token } = cloud.session;
    const temporary = (await verifyOne({ accessKeyId: id, secret, token }, options, PATIENCE)).verdict;
    expect(temporary.state, temporary.reason).toBe(state);
    expect([pair, temporary].filter((verdict) => !hasAdvice(verdict))).toEqual([]);
    // Several attempts at most, and never one that looks like another.
    const nonces = simulator.requests.map(({ nonce }) => nonce);
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it.each(all)('of an ID alone takes %s for no proof of its secret', async (_, fault) => {
    const cloud = testCloud();
    cloud.world.fault = fault.fault;
    const simulator = await simulate(cloud.world);
    const options = { inventory: false, probe: true, probeId: true, endpoints: endpointsOf(simulator.url) };
    const { verdict } = await verifyOne(idOnly(cloud.active.id), options, PATIENCE);
    const state = expected(fault, 'live');
    // The secret is made up: that it is wrong says that the ID is on.
    expect(verdict.state, verdict.reason).toBe(
      state === 'wrong-secret' ? 'live' : state === 'expired' ? 'unknown' : state,
    );
    expect(verdict.secretProven ?? false).toBe(false);
    expect(hasAdvice(verdict), verdict.reason).toBe(true);
  });
});

describe('an inventory', () => {
  it.each(all)('learns nothing false from %s, whichever service gives it', async (_, fault) => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const options = { inventory: true, probe: false, endpoints: endpointsOf(simulator.url) };
    const ids = new Map([
      [idOnly(cloud.active.id), 'live'],
      [idOnly(cloud.inactive.id), 'disabled'],
      [idOnly(cloud.recycled), 'deleted'],
      [idOnly(cloud.foreign.id), 'unknown'],
    ]);
    for (const versions of [...Object.values(SERVICES).map((version) => [version]), Object.values(SERVICES)]) {
      cloud.world.fault = lookUps(fault, versions);
      const said = await verifyAll([...ids.keys()], options, PATIENCE);
      for (const [credential, truth] of ids) {
        const { verdict, verdicts } = said.get(credential) ?? { verdict: null, verdicts: [] };
        expect(['unknown', truth], `${versions}: ${verdict?.reason}`).toContain(verdict?.state);
        expect(verdicts.filter((one) => !hasAdvice(one)).map(({ reason }) => reason)).toEqual([]);
        // An account that was not read whole is not said to have been.
        const isAnswered =
          fault.group === 'clock' || fault.name === 'gzip' || fault.error?.code.startsWith('EntityNotExist');
        if (isAnswered !== true && versions.length > 1) {
          expect(verdict?.notIn).toBeUndefined();
          expect(verdict?.state).toBe('unknown');
        }
      }
    }
  });

  it.each(all)('beside a probe that works does not hide the truth behind %s', async (_, fault) => {
    const cloud = testCloud();
    cloud.world.fault = lookUps(fault, Object.values(SERVICES));
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const options = { inventory: true, probe: true, endpoints: endpointsOf(simulator.url) };
    const { verdict } = await verifyOne(pairOf(cloud.active), options, PATIENCE);
    expect(verdict).toMatchObject({ state: 'live', how: 'probe', secretProven: true });
  });

  it.each(all)('does not answer for a probe that met %s', async (_, fault) => {
    const cloud = testCloud();
    const key = newKey();
    cloud.account.users.push(newUser('carol', { keys: [key] }));
    cloud.world.fault = (call) => (call.accessKeyId === key.id ? fault.fault(call) : null);
    const simulator = await simulate(cloud.world);
    useCredentials(cloud.auditor);
    const options = { inventory: true, probe: true, endpoints: endpointsOf(simulator.url) };
    const { verdict, verdicts } = await verifyOne(pairOf(key), options, PATIENCE);
    // The inventory decides that it is on; only the probe may say that its secret is not its own, or that it is restricted.
    const probed = expected(fault, 'live');
    expect(verdict.state).toBe(probed === 'wrong-secret' || probed === 'restricted' ? probed : 'live');
    expect(verdict.secretProven ?? false).toBe(probed === 'live');
    expect(verdicts.map(({ how }) => how)).toEqual(['inventory', 'probe']);
  });
});
