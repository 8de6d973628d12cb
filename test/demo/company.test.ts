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

  it('expects something of every key but the auditor’s and the one that an intruder made', () => {
    const leaked = Object.values(keys).filter((key) => key !== keys.auditor && key !== keys.intruder);
    expect(expectations.map(({ accessKeyId }) => accessKeyId).sort()).toEqual(leaked.map(({ id }) => id).sort());
  });

  it('lets its auditor read and nothing else', () => {
    const auditor = worldAt(0).accounts[0]?.users.find(({ name }) => name === 'akscan-auditor');
    const reading = /:(?:Get|List|Lookup|Describe|GenerateCredentialReport)/;
    expect(auditor?.allow.length).toBeGreaterThan(10);
    expect(auditor?.allow.filter((action) => !reading.test(action))).toEqual([]);
  });
});
