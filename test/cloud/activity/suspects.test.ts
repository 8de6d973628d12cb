import { describe, expect, it } from 'vitest';
import { suspectOf } from '../../../src/cloud/activity/suspects.js';

describe('the table of first moves', () => {
  it.each([
    ['Sts', 'GetCallerIdentity', 'new-address'],
    ['Ram', 'ListUsers', 'new-address'],
    ['Ram', 'ListPolicies', 'new-address'],
    ['Ram', 'ListPoliciesForUser', 'new-address'],
    ['Ram', 'ListAccessKeys', 'new-address'],
    ['Oss', 'ListBuckets', 'new-address'],
    ['Ram', 'CreateUser', 'always'],
    ['Ram', 'CreateAccessKey', 'always'],
    ['Ram', 'CreateLoginProfile', 'always'],
    ['Ram', 'AttachPolicyToUser', 'always'],
    ['Ram', 'AttachPolicyToGroup', 'always'],
    ['Ram', 'AttachPolicyToRole', 'always'],
    ['Ram', 'CreateRole', 'always'],
    ['Ram', 'UpdateRole', 'always'],
    ['Ram', 'AddUserToGroup', 'always'],
    ['Sts', 'AssumeRole', 'unusual'],
    ['Ecs', 'RunCommand', 'unusual'],
    ['Ecs', 'InvokeCommand', 'unusual'],
    ['Ecs', 'CreateCommand', 'unusual'],
    ['Ecs', 'RunInstances', 'unusual'],
    ['Kms', 'GetSecretValue', 'unusual'],
    ['Actiontrail', 'StopLogging', 'always'],
    ['Actiontrail', 'DeleteTrail', 'always'],
    ['Rds', 'ModifySecurityIps', 'unusual'],
    ['Ecs', 'CreateSnapshot', 'unusual'],
    ['Ecs', 'ModifyImageSharePermission', 'always'],
  ])('knows %s %s', (service, action, when) => {
    expect(suspectOf(service, action)?.when).toBe(when);
  });

  it('leaves daily work alone', () => {
    for (const action of ['GetObject', 'PutObject', 'DescribeInstanceStatus'])
      expect(suspectOf('Oss', action)).toBeNull();
  });
});
