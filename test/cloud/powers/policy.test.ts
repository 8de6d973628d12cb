import { describe, expect, it } from 'vitest';
import type { Ask, Query } from '../../../src/cloud/ask.js';
import type { Body } from '../../../src/cloud/body.js';
import { askPolicy } from '../../../src/cloud/powers/policy.js';

/** Answers from a table; what is not in it does not exist. */
const stub = (answers: Readonly<Record<string, Body | { readonly fault: string }>>) => {
  const asked: (readonly [string, Query])[] = [];
  const ask: Ask = async (name, query, read) => {
    asked.push([name, query]);
    const answer = answers[name];
    if (answer === undefined) return { kind: 'none' };
    if (typeof answer['fault'] === 'string') return { kind: 'fault', why: answer['fault'] };
    const reading = read(answer);
    if (typeof reading === 'object') return { kind: 'found', value: reading.value };
    return reading === 'none' ? { kind: 'none' } : { kind: 'fault', why: 'Another shape.' };
  };
  return { ask, asked };
};

const document = JSON.stringify({ Version: '1', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } });
const custom = { name: 'p', type: 'Custom' } as const;

describe('a policy', () => {
  it('is asked for with its type, and its version only when it comes without a document', async () => {
    const whole = stub({ 'ram:GetPolicy': { DefaultPolicyVersion: { PolicyDocument: document } } });
    expect(await askPolicy(whole.ask, custom)).toMatchObject({ kind: 'read' });
    expect(whole.asked).toEqual([['ram:GetPolicy', { PolicyName: 'p', PolicyType: 'Custom' }]]);
    const bare = stub({
      'ram:GetPolicy': { Policy: { DefaultVersion: 'v7' } },
      'ram:GetPolicyVersion': { PolicyVersion: { PolicyDocument: document } },
    });
    expect(await askPolicy(bare.ask, custom)).toMatchObject({ kind: 'read' });
    expect(bare.asked[1]).toEqual(['ram:GetPolicyVersion', { PolicyName: 'p', PolicyType: 'Custom', VersionId: 'v7' }]);
  });

  it('that is deleted between the two questions is gone', async () => {
    expect(await askPolicy(stub({ 'ram:GetPolicy': { Policy: { DefaultVersion: 'v7' } } }).ask, custom)).toEqual({
      kind: 'gone',
    });
    expect(await askPolicy(stub({}).ask, custom)).toEqual({ kind: 'gone' });
  });

  it('that could not be read says why, and is known by name only as a system policy', async () => {
    const { ask } = stub({ 'ram:GetPolicy': { fault: 'RAM is away.' } });
    expect(await askPolicy(ask, custom)).toEqual({ kind: 'unread', why: 'RAM is away.' });
    const name = 'AdministratorAccess';
    expect(await askPolicy(ask, { name, type: 'Custom' })).toMatchObject({ kind: 'unread' });
    expect(await askPolicy(ask, { name, type: 'System' })).toMatchObject({ kind: 'known', why: 'RAM is away.' });
    for (const odd of ['constructor', '__proto__', 'administratoraccess', ''])
      expect(await askPolicy(ask, { name: odd, type: 'System' })).toMatchObject({ kind: 'unread' });
  });

  it('whose answer has another shape, or whose document is none, is unread', async () => {
    expect(await askPolicy(stub({ 'ram:GetPolicy': { Policy: [] } }).ask, custom)).toEqual({
      kind: 'unread',
      why: 'Another shape.',
    });
    const odd = stub({ 'ram:GetPolicy': { DefaultPolicyVersion: { PolicyDocument: '<html>' } } });
    expect(await askPolicy(odd.ask, custom)).toEqual({ kind: 'unread', why: 'It is no policy document.' });
  });
});
