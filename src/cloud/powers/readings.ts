// From the bodies of RAM's answers to attached policies, groups and documents.

import { type Body, type Reading, record, records, text } from '../body.js';

export interface PolicyName {
  readonly name: string;
  readonly type: 'System' | 'Custom';
}

/** Of a policy either its document, or the version to ask for. */
export type PolicyText = { readonly document: string } | { readonly version: string };

export const readPolicyNames = (body: Body): Reading<readonly PolicyName[]> => {
  const listed = records(record(body['Policies'])['Policy']);
  if (listed === null) return 'malformed';
  const names = listed.map(({ PolicyName, PolicyType }): PolicyName | null => {
    const name = text(PolicyName);
    return name !== null && (PolicyType === 'System' || PolicyType === 'Custom') ? { name, type: PolicyType } : null;
  });
  return whole(names);
};

/** @returns names of groups */
export const readGroupNames = (body: Body): Reading<readonly string[]> => {
  const listed = records(record(body['Groups'])['Group']);
  return listed === null ? 'malformed' : whole(listed.map(({ GroupName }) => text(GroupName)));
};

export const readPolicy = (body: Body): Reading<PolicyText> => {
  const policy = record(body['Policy']);
  const document = record(body['DefaultPolicyVersion'])['PolicyDocument'] ?? policy['PolicyDocument'];
  if (typeof document === 'string') return { value: { document } };
  const version = text(policy['DefaultVersion']);
  return version === null ? 'malformed' : { value: { version } };
};

export const readPolicyVersion = (body: Body): Reading<string> => {
  const document = record(body['PolicyVersion'])['PolicyDocument'];
  return typeof document === 'string' ? { value: document } : 'malformed';
};

const whole = <T>(items: readonly (T | null)[]): Reading<readonly T[]> => {
  const read = items.filter((item) => item !== null);
  return read.length === items.length ? { value: read } : 'malformed';
};
