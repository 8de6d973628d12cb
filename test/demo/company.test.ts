import { describe, expect, it } from 'vitest';
import { keys, worldAt } from '../../src/demo/company.js';
import { expectations } from '../../src/demo/expected.js';

describe('the demo’s company', () => {
  it('has distinct keys of the real shape', () => {
    const all = Object.values(keys);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, secret } of all) {
      expect(id).toMatch(/^[A-Z]{4}5t[1-9A-HJ-NP-Za-km-z]{18}$/);
      expect(secret).toMatch(/^[0-9A-Za-z]{30}$/);
    }
  });

  it('expects something of every key but those of its staff and the one that an intruder made', () => {
    const { auditor, operator, intruder } = keys;
    const leaked = Object.values(keys).filter((key) => key !== auditor && key !== operator && key !== intruder);
    expect(expectations.map(({ accessKeyId }) => accessKeyId).sort()).toEqual(leaked.map(({ id }) => id).sort());
  });

  it('lets its auditor read and nothing else', () => {
    const auditor = worldAt(0).accounts[0]?.users.find(({ name }) => name === 'akscan-auditor');
    const reading = /:(?:Get|List|Lookup|Describe|GenerateCredentialReport)/;
    expect(auditor?.allow.length).toBeGreaterThan(10);
    expect(auditor?.allow.filter((action) => !reading.test(action))).toEqual([]);
  });

  it('lets its operator change AccessKeys, and no users, groups or policies', () => {
    const operator = worldAt(0).accounts[0]?.users.find(({ name }) => name === 'akscan-operator');
    const changing = operator?.allow.filter((action) => !/:(?:Get|List|Lookup|Describe|Generate)/.test(action)) ?? [];
    expect(changing).toContain('ram:UpdateAccessKey');
    expect(changing.filter((action) => !action.includes('AccessKey'))).toEqual([]);
  });
});
