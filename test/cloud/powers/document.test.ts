import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../src/cloud/powers/document.js';

const allow = { Effect: 'Allow', Action: 'oss:GetObject', Resource: '*' };
const document = (...statements: unknown[]): string => JSON.stringify({ Version: '1', Statement: statements });

describe('a policy document', () => {
  it('is read into statements', () => {
    const text = document({
      Effect: 'Deny',
      NotAction: ['ECS:Run*', 'ram:*'],
      Resource: ['acs:OSS:*:1234567890123456:Bucket/*', 'acs:ram::*:user/a:b', '*'],
      Condition: { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' } },
    });
    expect(parseDocument(text)).toEqual({
      isWhole: true,
      statements: [
        {
          effect: 'Deny',
          actions: { kind: 'all-but', patterns: ['ecs:run*', 'ram:*'] },
          resources: { kind: 'only', patterns: ['acs:oss:*:*:Bucket/*', 'acs:ram:*:*:user/a:b', '*'] },
          conditional: true,
        },
      ],
    });
  });

  it('may hold a single statement, and single texts in place of lists', () => {
    const whole = parseDocument(document(allow));
    expect(whole?.statements).toHaveLength(1);
    expect(parseDocument(JSON.stringify({ Version: 1, Statement: allow }))).toEqual(whole);
    expect(parseDocument(document({ ...allow, Action: ['oss:GetObject'], Resource: ['*'] }))).toEqual(whole);
  });

  it.each([
    [{}, false],
    [null, false],
    [{ Bool: { 'acs:MFAPresent': 'true' } }, true],
    [{ StringEquals: {} }, true],
    ['what', true],
  ])('with the Condition %j is conditional: %s', (Condition, conditional) => {
    expect(parseDocument(document({ ...allow, Condition }))?.statements[0]?.conditional).toBe(conditional);
  });

  it.each([
    ['an unknown effect', { ...allow, Effect: 'Maybe' }],
    ['no effect', { Action: '*', Resource: '*' }],
    ['Action and NotAction', { ...allow, NotAction: 'ram:*' }],
    ['neither Action nor NotAction', { Effect: 'Allow', Resource: '*' }],
    ['no resource', { Effect: 'Allow', Action: '*' }],
    ['a Principal', { ...allow, Principal: { RAM: 'acs:ram::1:root' } }],
    ['an empty list', { ...allow, Action: [] }],
    ['numbers', { ...allow, Action: [1, 'oss:*'] }],
    ['an empty pattern', { ...allow, Resource: '' }],
    ['an endless pattern', { ...allow, Resource: 'a'.repeat(5_000) }],
    ['a text', 'Allow'],
    ['null', null],
    ['a list', [allow]],
  ])('leaves out a statement with %s, says so, and reads the rest', (_, broken) => {
    const read = parseDocument(document(broken, allow));
    expect(read?.isWhole).toBe(false);
    expect(read?.statements).toEqual(parseDocument(document(allow))?.statements);
  });

  it('of another version is not understood whole', () => {
    expect(parseDocument(JSON.stringify({ Version: '2012-10-17', Statement: [allow] }))?.isWhole).toBe(false);
  });

  it.each([
    ['', null],
    ['not JSON', null],
    ['{"Statement": [', null],
    ['null', null],
    ['[]', null],
    ['"Statement"', null],
    ['7', null],
    ['{}', null],
    ['{"__proto__": {"Statement": []}}', null],
    [`{"Version":"1","Statement":[],"x":"${'a'.repeat(1 << 20)}"}`, null],
    [`${'['.repeat(200_000)}`, null],
    ['{"Version":"1","Statement":[]}', { statements: [], isWhole: true }],
  ])('%.40s is read as %j', (text, expected) => {
    expect(parseDocument(text)).toEqual(expected);
  });

  it('refers to itself as often as it likes: names are names', () => {
    const text = document({ ...allow, Action: '$Action', Resource: '{"$ref":"#/Statement/0"}' });
    expect(parseDocument(text)?.statements[0]?.actions.patterns).toEqual(['$action']);
  });
});
