import { describe, expect, it } from 'vitest';
import { heldBy } from '../../../src/cloud/powers/hold.js';
import { rulesOf } from '../../../src/cloud/powers/rules.js';
import { knownSystemPolicy } from '../../../src/cloud/powers/system-policies.js';

const held = (name: string) => heldBy([rulesOf(knownSystemPolicy(name) ?? [])], 'alice');

describe('well-known system policies', () => {
  it.each([
    ['AdministratorAccess', ['administrator']],
    ['AliyunRAMFullAccess', ['ram-write', 'ram-read']],
    ['AliyunRAMReadOnlyAccess', ['ram-read']],
    ['AliyunSTSAssumeRoleAccess', ['assume-roles']],
    ['AliyunOSSFullAccess', ['oss-read-all', 'oss-write-all']],
    ['AliyunOSSReadOnlyAccess', ['oss-read-all']],
    ['AliyunECSFullAccess', ['run-commands', 'spend-money']],
    ['AliyunECSReadOnlyAccess', ['other']],
    ['AliyunRDSFullAccess', ['database-access']],
    ['AliyunRDSReadOnlyAccess', ['other']],
    ['AliyunKMSFullAccess', ['decrypt']],
    ['AliyunDysmsFullAccess', ['send-messages']],
    ['AliyunBSSFullAccess', ['spend-money']],
    ['AliyunLogFullAccess', ['hide-traces', 'read-logs']],
    ['AliyunActionTrailFullAccess', ['hide-traces', 'read-logs']],
    ['ReadOnlyAccess', ['decrypt', 'oss-read-all', 'read-logs', 'ram-read']],
  ])('%s gives %j', (name, powers) => {
    expect(held(name)).toEqual({ powers, conditional: [] });
  });

  it('give a role to functions only under a condition', () => {
    expect(held('AliyunFCFullAccess')).toEqual({ powers: ['assume-roles'], conditional: ['assume-roles'] });
  });

  it('give nearly everything to a power user, who is no administrator', () => {
    const { powers } = held('PowerUserAccess');
    expect(powers).toEqual(expect.arrayContaining(['run-commands', 'oss-read-all', 'ram-read']));
    expect(powers).toEqual(expect.not.arrayContaining(['administrator', 'ram-write']));
  });

  it('are not guessed at', () => {
    for (const name of ['AliyunNewThingFullAccess', 'toString', '__proto__'])
      expect(knownSystemPolicy(name)).toBeNull();
  });
});
