import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../src/cloud/powers/document.js';
import { heldBy } from '../../../src/cloud/powers/hold.js';
import { POWER_RULES } from '../../../src/cloud/powers/powers.js';
import { rulesOf } from '../../../src/cloud/powers/rules.js';
import { POWERS } from '../../../src/findings/model.js';

interface Written {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: object;
}

const office = { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' } };

const statement = (written: Written): object => ({
  Effect: 'Allow',
  ...(written.NotResource === undefined ? { Resource: '*' } : {}),
  ...written,
});

const rules = (...written: readonly Written[]) => {
  const document = parseDocument(JSON.stringify({ Version: '1', Statement: written.map(statement) }));
  if (document?.isWhole !== true) throw new Error('no document');
  return rulesOf(document.statements);
};

/** The powers that one policy gives to the user `alice`; a `?` marks those that hold under a condition. */
const held = (...written: readonly Written[]): readonly string[] => marked(heldBy([rules(...written)], 'alice'));

const marked = ({ powers, conditional }: ReturnType<typeof heldBy>): readonly string[] =>
  powers.map((power) => (conditional.includes(power) ? `${power}?` : power));

describe('powers', () => {
  it('are none without a policy, and none with a Deny alone', () => {
    expect(held()).toEqual([]);
    expect(held({ Effect: 'Deny', Action: '*' })).toEqual([]);
  });

  it('know an administrator, in whatever way everything is written', () => {
    for (const Action of ['*', '*:*', ['*'], ['oss:GetObject', '*']])
      expect(held({ Action })).toEqual(['administrator']);
    expect(held({ Action: '*', Resource: 'acs:*:*:*:*' })).toEqual(['administrator']);
    expect(held({ NotAction: 'oss:DeleteBucket' })).toEqual(['administrator']);
    expect(held({ Action: '*', NotResource: 'acs:oss:*:*:payroll/*' })).toEqual(['administrator']);
  });

  it('are gone with Deny *', () => {
    expect(held({ Action: '*' }, { Effect: 'Deny', Action: '*' })).toEqual([]);
    expect(held({ Effect: 'Deny', NotAction: 'zzz:Nothing' }, { Action: ['oss:*', 'ecs:*'] })).toEqual([]);
  });

  it('know that a Deny of some service leaves an administrator, who can remove it', () => {
    expect(held({ Action: '*' }, { Effect: 'Deny', Action: ['oss:*', 'ecs:RunCommand'] })).toEqual(['administrator']);
    expect(held({ Action: '*' }, { Effect: 'Deny', Action: '*', Resource: 'acs:oss:*:*:payroll' })).toEqual([
      'administrator',
    ]);
  });

  it('know that everything without RAM is no administrator', () => {
    const beside = held({ Action: '*' }, { Effect: 'Deny', Action: 'ram:*' });
    const except = held({ NotAction: ['ram:*', 'ims:*'] });
    expect(beside).toEqual(except);
    expect(beside).toEqual([
      'assume-roles',
      'run-commands',
      'hide-traces',
      'decrypt',
      'spend-money',
      'oss-read-all',
      'oss-write-all',
      'database-access',
      'send-messages',
      'read-logs',
    ]);
  });

  it('know that the whole of RAM makes an administrator of whoever has it', () => {
    expect(held({ Action: 'ram:*' })).toEqual(['ram-write', 'ram-read']);
    expect(held({ Action: 'ram:Attach*' })).toEqual(['ram-write']);
    expect(held({ Action: ['ram:Get*', 'ram:List*'] })).toEqual(['ram-read']);
  });

  it('do not count a key or a password for oneself', () => {
    const Action = ['ram:CreateAccessKey', 'ram:UpdateLoginProfile'];
    expect(held({ Action, Resource: 'acs:ram:*:1234567890123456:user/Alice' })).toEqual(['other']);
    expect(held({ Action, Resource: 'acs:ram:*:*:user/$' + '{ram:UserName}' })).toEqual(['other']);
    expect(held({ Action, Resource: 'acs:ram:*:*:user/bob' })).toEqual(['ram-write']);
    expect(held({ Action, Resource: 'acs:ram:*:*:user/*' })).toEqual(['ram-write']);
    expect(held({ Action: 'ram:AttachPolicyToUser', Resource: 'acs:ram:*:*:user/alice' })).toEqual(['ram-write']);
  });

  it('do not count a grant on resources of another kind', () => {
    expect(held({ Action: 'ram:CreateAccessKey', Resource: 'acs:ram:*:*:role/ci' })).toEqual([]);
    expect(held({ Action: 'oss:GetObject', Resource: 'acs:oss:*:*:bucket' })).toEqual([]);
    expect(held({ Action: '*', Resource: 'acs:oss:*:*:bucket/*' })).toEqual(['oss-read-some', 'oss-write-some']);
  });

  it.each([
    ['*', 'oss-read-all'],
    ['acs:oss:*:*:*', 'oss-read-all'],
    ['acs:oss:*:123:*', 'oss-read-all'],
    ['acs:oss:*:*:*/*', 'oss-read-all'],
    ['acs:oss:*', 'oss-read-all'],
    ['acs:oss:oss-cn-hangzhou:*:*', 'oss-read-some'],
    ['acs:oss:*:123:bucket/*', 'oss-read-some'],
    ['acs:oss:*:*:bucket/a.txt', 'oss-read-some'],
    ['acs:oss:*:*:logs-*', 'oss-read-some'],
    ['acs:oss:*:*:*/public/*', 'oss-read-some'],
  ])('reading %s is %s', (Resource, power) => {
    expect(held({ Action: ['oss:GetObject', 'oss:ListObjects'], Resource })).toEqual([power]);
    expect(held({ Action: 'OSS:getobject', Resource: ['acs:ram:*:*:user/x', Resource] })).toEqual([power]);
  });

  it('know a Deny that only limits from one that takes away', () => {
    const all = { Action: 'oss:Get*' };
    const deny = (over: Written): readonly string[] => held(all, { Effect: 'Deny', Action: 'oss:*', ...over });
    expect(deny({ Resource: 'acs:oss:*:*:payroll/*' })).toEqual(['oss-read-all']);
    expect(deny({ Resource: 'acs:oss:*:*:*' })).toEqual([]);
    expect(deny({ Resource: 'acs:oss:*:*:*/*' })).toEqual(['other']);
    expect(deny({ NotResource: 'acs:oss:*:*:mine/*' })).toEqual(['oss-read-some']);
    expect(deny({ NotResource: 'acs:ecs:*:*:*' })).toEqual([]);
    expect(deny({ NotResource: 'acs:oss:*:*:*' })).toEqual(['oss-read-all']);
    expect(deny({ Condition: office })).toEqual(['oss-read-all?']);
    expect(deny({ Resource: 'acs:oss:*:*:payroll/*', Condition: office })).toEqual(['oss-read-all']);
  });

  it('know a Deny of just what is allowed', () => {
    const some = { Action: 'oss:GetObject', Resource: ['acs:oss:*:*:a/*', 'acs:oss:*:*:b/x/*'] };
    const deny = (...Resource: string[]): readonly string[] =>
      held(some, { Effect: 'Deny', Action: 'oss:*', Resource });
    expect(deny('acs:oss:*:*:a/*')).toEqual(['oss-read-some']);
    expect(deny('acs:oss:*:*:a/*', 'acs:oss:*:*:b/*')).toEqual([]);
    expect(deny('acs:oss:*:*:a/*', 'acs:oss:*:*:b/x/y/*')).toEqual(['oss-read-some']);
  });

  it('that need several resources are taken away by a Deny on one of them', () => {
    const Action = 'ram:AttachPolicyToUser';
    expect(held({ Action }, { Effect: 'Deny', Action, Resource: 'acs:ram:*:*:policy/*' })).toEqual([]);
    expect(
      held({ Action }, { Effect: 'Deny', Action, Resource: 'acs:ram:*:system:policy/AdministratorAccess' }),
    ).toEqual(['ram-write']);
  });

  it('mark what holds only under a condition', () => {
    expect(held({ Action: 'ecs:RunCommand', Condition: office })).toEqual(['run-commands?']);
    expect(held({ Action: '*', Condition: office })).toEqual(['administrator?']);
    expect(held({ Action: '*' }, { Effect: 'Deny', Action: '*', Condition: { NotIpAddress: {} } })).toEqual([
      'administrator?',
    ]);
  });

  it('take a condition that can never hold for one that may', () => {
    const never = { DateLessThan: { 'acs:CurrentTime': '1970-01-01T00:00:00Z' } };
    expect(held({ Action: 'kms:Decrypt', Condition: never })).toEqual(['decrypt?']);
  });

  it('hold always when one of two grants has no condition', () => {
    const conditional = { Action: 'kms:*', Condition: office };
    expect(held(conditional, { Action: 'kms:Decrypt' })).toEqual(['decrypt']);
    expect(held({ Action: '*', Condition: office }, { Action: 'oss:Get*', Resource: 'acs:oss:*:*:a/*' })).toEqual([
      'administrator?',
      'oss-read-some',
    ]);
    expect(held({ Action: 'oss:Get*', Condition: office })).toEqual(['oss-read-all?']);
  });

  it.each([
    ['ecs:*Command*', ['run-commands']],
    ['*:Describe*', ['other']],
    ['*:*Command', ['run-commands']],
    ['ECS:RUNCOMMAND', ['run-commands']],
    ['ecs:RunC?mmand', ['run-commands']],
    ['ecs:CreateCommand', ['other']],
    ['ram:CreateUser', ['other']],
    ['ecs:runinstances', ['spend-money']],
    ['dysms:*', ['send-messages']],
    ['rds:Modify*', ['database-access']],
    ['vpc:*', ['other']],
    ['*:Get*', ['decrypt', 'oss-read-all', 'read-logs', 'ram-read']],
  ])('%s gives %j', (Action, powers) => {
    expect(held({ Action })).toEqual(powers);
  });

  it('need all actions of a way that takes several', () => {
    expect(held({ Action: 'ram:PassRole' })).toEqual(['other']);
    expect(held({ Action: 'fc:*' })).toEqual(['other']);
    expect(held({ Action: 'fc:*' }, { Action: 'ram:PassRole', Condition: office })).toEqual(['assume-roles?']);
  });

  it("do not take an application's own log store for the account's traces", () => {
    expect(held({ Action: 'log:*', Resource: 'acs:log:*:*:project/app/*' })).toEqual(['read-logs']);
    expect(held({ Action: 'log:*' })).toEqual(['hide-traces', 'read-logs']);
  });

  it('tell whether anything is left that has no name', () => {
    const vpc = { Action: 'vpc:*', Resource: 'acs:vpc:*:*:vpc/x' };
    expect(held(vpc)).toEqual(['other']);
    expect(held({ ...vpc, Condition: office })).toEqual(['other?']);
    expect(held(vpc, { Effect: 'Deny', Action: 'vpc:*' })).toEqual([]);
    expect(held(vpc, { Effect: 'Deny', NotAction: 'oss:*' })).toEqual([]);
    expect(held(vpc, { Effect: 'Deny', Action: '*', NotResource: 'acs:oss:*:*:a' })).toEqual([]);
    expect(held(vpc, { Effect: 'Deny', Action: 'vpc:Delete*' })).toEqual(['other']);
    expect(held(vpc, { Effect: 'Deny', Action: 'vpc:*', Resource: 'acs:vpc:*:*:vpc/y' })).toEqual(['other']);
  });

  it('are those of all policies together', () => {
    const allowed = rules({ Action: 'ecs:*' });
    const denied = rules({ Effect: 'Deny', Action: 'ecs:*' });
    expect(heldBy([allowed, denied], null).powers).toEqual([]);
    expect(heldBy([allowed, rules({ Action: 'kms:*' })], null).powers).toEqual([
      'run-commands',
      'decrypt',
      'spend-money',
    ]);
  });

  it('of ten thousand statements, and of nearly a megabyte of patterns, are found', { timeout: 60_000 }, () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      Effect: at % 2 === 0 ? ('Deny' as const) : ('Allow' as const),
      Action: '*',
      Resource: `acs:*:*:*:*x${at}`,
    }));
    expect(held(...many)).toContain('run-commands');
    expect(held(...many, { Effect: 'Deny', Action: '*' })).toEqual([]);
    const wide = { Action: Array.from({ length: 10_000 }, (_, at) => `*a*b*c*d*e*f*g*h${at}${'x'.repeat(60)}`) };
    expect(held(wide, { Action: 'kms:Decrypt' })).toEqual(['decrypt']);
  });

  it('that would take for ever to tell are said to be there', () => {
    const place = (end: string): string[] =>
      Array.from({ length: 120 }, (_, at) => `acs:oss:*:*:${'*a'.repeat(1_900)}${at}/${end}`);
    const powers = held(
      { Action: 'oss:GetObject', Resource: place('x') },
      { Effect: 'Deny', Action: 'oss:GetObject', Resource: place('y') },
    );
    expect(powers).toEqual(['oss-read-some']);
  });
});

describe('the table of powers', () => {
  it('goes from the worst, as the model does, and leaves out the two that no action stands for', () => {
    const named = POWER_RULES.map(({ power }) => power);
    expect(named).toEqual(POWERS.filter((power) => power !== 'everything' && power !== 'other'));
  });

  it('is written in lower case, with a service to every action', () => {
    for (const { ways } of POWER_RULES) {
      for (const { action } of ways.flat()) expect(action).toMatch(/^[a-z-]+:[a-z-]+$/);
    }
  });

  it('gives each power to whoever may do one of its ways, and no worse one', () => {
    for (const { power, ways } of POWER_RULES) {
      if (power === 'administrator') continue;
      for (const way of ways) {
        const some = power.endsWith('-some') ? { Resource: 'acs:oss:*:*:bucket*' } : {};
        const { powers } = heldBy([rules({ Action: way.map(({ action }) => action), ...some })], 'alice');
        expect(powers).toContain(power);
      }
    }
  });
});
