import { describe, expect, it } from 'vitest';
import { readGroupNames, readPolicy, readPolicyNames, readPolicyVersion } from '../../../src/cloud/powers/readings.js';

const NOTHINGS = [{}, { Policies: null }, { Policies: [] }, { Policies: { Policy: {} } }, { Groups: { Group: 'x' } }];

describe('the answers that policies are read from', () => {
  it('list policies by name and type', () => {
    const listed = { PolicyName: 'p', PolicyType: 'Custom', DefaultVersion: 'v3', AttachDate: 'x' };
    expect(readPolicyNames({ Policies: { Policy: [listed] } })).toEqual({ value: [{ name: 'p', type: 'Custom' }] });
    expect(readPolicyNames({ Policies: { Policy: [] } })).toEqual({ value: [] });
  });

  it('list groups by name', () => {
    expect(readGroupNames({ Groups: { Group: [{ GroupName: 'ops' }] } })).toEqual({ value: ['ops'] });
  });

  it.each([
    null,
    {},
    { PolicyName: 'p' },
    { PolicyName: 'p', PolicyType: 'Other' },
    { PolicyName: 'a\u001b[31mb', PolicyType: 'Custom' },
    { PolicyName: 7, PolicyType: 'System' },
  ])('are malformed with the policy %j among others', (odd) => {
    const fine = { PolicyName: 'p', PolicyType: 'Custom' };
    expect(readPolicyNames({ Policies: { Policy: [fine, odd] } })).toBe('malformed');
  });

  it('are malformed in another shape, which is not the same as an empty list', () => {
    for (const body of NOTHINGS) {
      expect(readPolicyNames(body)).toBe('malformed');
      expect(readGroupNames(body)).toBe('malformed');
      expect(readPolicy(body)).toBe('malformed');
      expect(readPolicyVersion(body)).toBe('malformed');
    }
    expect(readGroupNames({ Groups: { Group: [{ GroupName: '' }] } })).toBe('malformed');
  });

  it('hold the document at one of two places, or the version to ask for', () => {
    const both = {
      Policy: { PolicyDocument: 'old', DefaultVersion: 'v1' },
      DefaultPolicyVersion: { PolicyDocument: '{}' },
    };
    expect(readPolicy(both)).toEqual({ value: { document: '{}' } });
    expect(readPolicy({ Policy: both.Policy })).toEqual({ value: { document: 'old' } });
    expect(readPolicy({ Policy: { DefaultVersion: 'v2' } })).toEqual({ value: { version: 'v2' } });
    expect(readPolicyVersion({ PolicyVersion: { PolicyDocument: '{}' } })).toEqual({ value: '{}' });
  });
});
