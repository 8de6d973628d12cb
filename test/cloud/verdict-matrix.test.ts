import { describe, expect, it } from 'vitest';
import type { CredentialToVerify } from '../../src/cloud/types.js';
import type { Verdict, VerdictState } from '../../src/findings/model.js';
import {
  type Arranged,
  type Cell,
  IMPOSSIBLE,
  KINDS,
  type Kind,
  type Row,
  rows,
  WAYS,
  type Way,
} from '../support/verdict-matrix.js';
import { endpointsOf, isolate, simulate, useCredentials, verifyOne } from '../support/verifying.js';
import { testCloud } from '../support/world.js';

isolate();

const STATES: readonly VerdictState[] = [
  'live',
  'restricted',
  'disabled',
  'deleted',
  'not-found',
  'wrong-secret',
  'expired',
  'unknown',
  'unchecked',
];

const WHO = { root: 'root', 'ram-user': 'user', 'assumed-role': 'role' } as const;

const cellOf = ({ state, principal, secretProven }: Verdict): string =>
  [state, ...(principal === undefined ? [] : [WHO[principal]]), ...(secretProven === true ? ['proven'] : [])].join(' ');

const ask = async (row: Row, way: Way, credentialOf: (key: Arranged) => CredentialToVerify): Promise<Verdict> => {
  const cloud = testCloud();
  const key = row.arrange(cloud);
  const simulator = await simulate(cloud.world);
  useCredentials(key.as ?? cloud.auditor);
  const options = {
    inventory: way !== 'probe',
    probe: way !== 'inventory',
    probeId: way !== 'inventory',
    endpoints: endpointsOf(simulator.url),
  };
  const { verdict } = await verifyOne(credentialOf(key), options, { attempts: 1 });
  return verdict;
};

const whole = ({ id, secret, token }: Arranged): CredentialToVerify => ({
  accessKeyId: id,
  secret,
  token: token ?? null,
});
const alone = ({ id }: Arranged): CredentialToVerify => ({ accessKeyId: id, secret: null, token: null });

const cases = rows.flatMap((row) =>
  WAYS.map((way, index) => ({ row, way, index, name: `${row.principal}, ${row.key}, by ${way}` })),
);

describe('the verdict', () => {
  it.each(cases)('with the secret: $name', async ({ row, way, index }) => {
    expect(cellOf(await ask(row, way, whole))).toBe(row.whole[index]);
  });

  it.each(cases)('of the ID alone: $name', async ({ row, way, index }) => {
    const verdict = await ask(row, way, alone);
    expect(cellOf(verdict)).toBe(row.idAlone[index]);
    expect(verdict.secretProven ?? false).toBe(false);
  });
});

describe('the matrix', () => {
  const shown = new Set(
    rows.flatMap(({ principal, whole, idAlone }) => {
      const isTemporary = principal === 'assumed-role';
      const of = (cells: readonly Cell[], kind: Kind) =>
        cells.map((cell, index) => `${cell.split(' ', 1)[0]} ${WAYS[index]} ${kind} ${principal}`);
      return [...of(whole, isTemporary ? 'sts' : 'pair'), ...of(idAlone, isTemporary ? 'sts' : 'id')];
    }),
  );
  const all = STATES.flatMap((state) =>
    WAYS.flatMap((way) =>
      KINDS.flatMap((kind) =>
        (['ram-user', 'root', 'assumed-role'] as const).map((principal) => ({ state, way, kind, principal })),
      ),
    ),
  );

  it('shows every state by every way for every kind and principal, or says why there is none', () => {
    expect(all).toHaveLength(9 * 3 * 3 * 3);
    const isShown = ({ state, way, kind, principal }: (typeof all)[number]): boolean =>
      shown.has(`${state} ${way} ${kind} ${principal}`);
    const reasons = all.map((one) => ({ one, shown: isShown(one), impossible: IMPOSSIBLE.some(({ is }) => is(one)) }));
    expect(reasons.filter((each) => each.shown === each.impossible)).toEqual([]);
  });

  it('has no reason that excludes nothing', () => {
    expect(IMPOSSIBLE.filter(({ is }) => !all.some(is))).toEqual([]);
  });
});
