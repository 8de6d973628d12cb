import { describe, expect, it } from 'vitest';
import { roomIn, stepsFor } from '../../../src/contain/rotate/steps.js';
import { id24 } from '../../support/keys.js';
import { ACTIVITY } from '../../support/verdicts.js';
import { ACCOUNT, candidate } from '../candidates.js';

const used = candidate({ use: { at: '2026-03-04T02:00:00Z', services: ['Oss'] } });
const old = used.accessKeyId;
const [owner] = [{ kind: 'user', account: ACCOUNT, user: 'alice', userId: null, principalName: null } as const];
const one = { kind: 'read', keys: [{ id: old, status: 'Active' }] } as const;

const stepsWith = (over: Partial<Parameters<typeof stepsFor>[2]> = {}, user = 'alice') =>
  stepsFor(used, { ...owner, user }, { recentHours: 48, activity: null, keys: one, ...over });

describe('stepsFor', () => {
  it('goes in the order that hurts nobody', () => {
    expect(stepsWith().map(({ name }) => name)).toEqual(['create', 'deploy', 'watch', 'disable', 'delete']);
    expect(stepsWith()[2]?.text).toContain('48 hours');
  });

  it('makes no room: where there are two keys it has no command to make a third', () => {
    const other = id24();
    const keys = [...one.keys, { id: other, status: 'Inactive' }] as const;
    const [create] = stepsWith({ keys: { kind: 'read', keys } });
    expect(create).toMatchObject({ text: expect.stringContaining(`${other} (off)`), commands: [] });
    expect(roomIn(one.keys, old)).toBeNull();
  });

  it('says when the keys could not be counted', () => {
    const [create] = stepsWith({ keys: { kind: 'unread', why: 'Your credentials lack ram:ListAccessKeys.' } });
    expect(create?.text).toContain('lack ram:ListAccessKeys');
    expect(create?.commands).toHaveLength(2);
  });

  it('names ten addresses at most, and counts the rest', () => {
    const addresses = Array.from({ length: 13 }, (_, n) => ({
      address: `203.0.113.${n}`,
      events: 1,
      first: '',
      last: '',
    }));
    const text = stepsWith({ activity: { ...ACTIVITY, addresses } })[1]?.text ?? '';
    expect(text).toContain('203.0.113.9 and 3 more');
    expect(text).not.toContain('203.0.113.10');
  });

  it.each([
    ["o'brien", `'o'\\''brien'`],
    ['a; rm -rf ~', "'a; rm -rf ~'"],
    ['$(id)', "'$(id)'"],
    ['-x', "'-x'"],
  ])('quotes a name that a shell would take for more than a word: %s', (user, word) => {
    const commands = stepsWith({}, user).flatMap((step) => step.commands);
    for (const command of commands.filter((text) => text.includes('--UserName'))) {
      expect(command).toContain(`--UserName ${word}`);
    }
  });
});
