import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../src/cloud/powers/document.js';
import { evaluate } from '../../../src/cloud/powers/evaluate.js';
import { rulesOf } from '../../../src/cloud/powers/rules.js';
import { decide } from '../../../src/simulator/grants.js';
import { randomFrom } from '../../support/keys.js';
import { newAccount, newUser } from '../../support/world.js';

interface Written {
  readonly Effect: 'Allow' | 'Deny';
  readonly Condition?: object;
  readonly [element: string]: unknown;
}

const ACTIONS = ['*', 'oss:*', 'oss:Get*', 'OSS:GetObject', '*:*Object', 'ecs:*', 'oss:PutObject', 'oss:?etObject'];
const RESOURCES = [
  '*',
  'acs:oss:*:*:*',
  'acs:oss:*:*:*/*',
  'acs:oss:*:*:a/*',
  'acs:oss:*:*:a/x',
  'acs:oss:*:*:b/*',
  'acs:oss:*:*:?/y',
  'acs:ecs:*:*:*',
];
const PLACES = ['a/x', 'a/y', 'b/x', 'b/y', 'logs/z'].map((name) => `acs:oss:oss-cn-beijing:1234567890123456:${name}`);

/** What the simulated cloud, which shares no code with this evaluation, would let be read. */
const readable = (statements: readonly Written[]): readonly string[] => {
  const document = JSON.stringify({ Version: '1', Statement: statements });
  const user = newUser('alice', { policies: [{ name: 'p', type: 'Custom' }], keys: [] });
  const account = newAccount('1234567890123456', {
    users: [user],
    policies: [{ name: 'p', versions: [{ id: 'v1', document }] }],
  });
  const [key] = newUser('other').keys;
  if (key === undefined) throw new Error('no key');
  return PLACES.filter(
    (resource) =>
      decide({ kind: 'user', account, user, key }, { actions: ['oss:GetObject'], resource, context: new Map() }) ===
      'allowed',
  );
};

/** As if the Conditions of these statements held, and those of the others did not. */
const given = (statements: readonly Written[], holding: 'Allow' | 'Deny'): readonly Written[] =>
  statements.flatMap(({ Condition, ...statement }) =>
    Condition === undefined || statement.Effect === holding ? [statement] : [],
  );

describe('an evaluation', () => {
  it('says no less than the cloud would allow, and no more where nothing is denied', () => {
    const random = randomFrom(7);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] ?? (items[0] as T);
    const selection = (name: string, patterns: readonly string[]): object => ({
      [`${random() < 0.2 ? 'Not' : ''}${name}`]: Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
        pick(patterns),
      ),
    });
    const seen = new Map<string, number>();
    for (let round = 0; round < 1_500; round++) {
      const statements = Array.from(
        { length: 1 + Math.floor(random() * 4) },
        (): Written => ({
          Effect: random() < 0.6 ? 'Allow' : 'Deny',
          ...selection('Action', ACTIONS),
          ...selection('Resource', RESOURCES),
          ...(random() < 0.3 ? { Condition: { Bool: { 'acs:MFAPresent': 'true' } } } : {}),
        }),
      );
      const document = parseDocument(JSON.stringify({ Version: '1', Statement: statements }));
      const grant = evaluate([rulesOf(document?.statements ?? [])], 'alice').grantOf('oss:getobject');
      for (const [when, holding] of [
        ['ever', 'Allow'],
        ['always', 'Deny'],
      ] as const) {
        const reach = grant[when];
        const places = readable(given(statements, holding));
        const context = JSON.stringify({ statements, when, reach, places });
        if (places.length > 0) expect(reach, context).not.toBe('none');
        if (!given(statements, holding).some(({ Effect }) => Effect === 'Deny')) {
          expect(reach === 'none', context).toBe(places.length === 0);
          const isAll = reach === 'all' && !statements.some((statement) => 'NotResource' in statement);
          if (isAll) expect(places, context).toEqual(PLACES);
        }
        seen.set(reach, (seen.get(reach) ?? 0) + 1);
      }
    }
    for (const reach of ['none', 'some', 'all']) expect(seen.get(reach)).toBeGreaterThan(200);
  });

  it('is of a role just as of a user, but for keys of its own', () => {
    const document = parseDocument(
      JSON.stringify({
        Version: '1',
        Statement: { Effect: 'Allow', Action: 'ram:*', Resource: 'acs:ram:*:*:user/deployer' },
      }),
    );
    const rules = [rulesOf(document?.statements ?? [])];
    expect(evaluate(rules, null).grantOf('ram:createaccesskey').always).toBe('some');
    expect(evaluate(rules, 'deployer').grantOf('ram:createaccesskey').always).toBe('none');
  });
});
