// What the best-known system policies allow, for accounts in which policies may be listed and not read. As Alibaba Cloud
// publishes them (help.aliyun.com/zh/ram/developer-reference, a page each), cut down to what powers are made of.

import { parseDocument, type Statement } from './document.js';

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  ReadOnlyAccess: ['*:Describe*', '*:List*', '*:Get*', '*:BatchGet*', '*:Query*', 'actiontrail:LookupEvents'],
  AliyunRAMFullAccess: ['ram:*'],
  AliyunRAMReadOnlyAccess: ['ram:Get*', 'ram:List*'],
  AliyunSTSAssumeRoleAccess: ['sts:AssumeRole'],
  AliyunOSSFullAccess: ['oss:*'],
  AliyunOSSReadOnlyAccess: ['oss:Get*', 'oss:List*'],
  AliyunECSFullAccess: ['ecs:*'],
  AliyunECSReadOnlyAccess: ['ecs:Describe*', 'ecs:List*'],
  AliyunECIFullAccess: ['eci:*'],
  AliyunVPCFullAccess: ['vpc:*'],
  AliyunRDSFullAccess: ['rds:*'],
  AliyunRDSReadOnlyAccess: ['rds:Describe*'],
  AliyunPolardbFullAccess: ['polardb:*'],
  AliyunMongoDBFullAccess: ['dds:*'],
  AliyunKvstoreFullAccess: ['kvstore:*'],
  AliyunLogFullAccess: ['log:*'],
  AliyunLogReadOnlyAccess: ['log:Get*', 'log:List*'],
  AliyunActionTrailFullAccess: ['actiontrail:*'],
  AliyunKMSFullAccess: ['kms:*'],
  AliyunKMSSecretUserAccess: ['kms:GetSecretValue'],
  AliyunDysmsFullAccess: ['dysms:*'],
  AliyunDirectMailFullAccess: ['dm:*'],
  AliyunBSSFullAccess: ['bss:*', 'bssapi:*'],
  AliyunCDNFullAccess: ['cdn:*'],
  AliyunDNSFullAccess: ['alidns:*'],
};

/** The others: all but RAM, and those with a condition. */
const DOCUMENTS: Readonly<Record<string, readonly object[]>> = {
  PowerUserAccess: [
    { Effect: 'Allow', NotAction: ['ram:*', 'ims:*', 'resourcemanager:*', 'cloudsso:*'], Resource: '*' },
    { Effect: 'Allow', Action: ['ram:ListRoles'], Resource: '*' },
  ],
  AliyunFCFullAccess: [
    { Effect: 'Allow', Action: 'fc:*', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 'ram:PassRole',
      Resource: '*',
      Condition: { StringEquals: { 'acs:Service': 'fc.aliyuncs.com' } },
    },
  ],
};

/** @returns null when it is not among them */
export const knownSystemPolicy = (name: string): readonly Statement[] | null => {
  const actions = Object.hasOwn(ALLOWED, name) ? ALLOWED[name] : undefined;
  const others = Object.hasOwn(DOCUMENTS, name) ? DOCUMENTS[name] : undefined;
  const statements = actions === undefined ? others : [{ Effect: 'Allow', Action: actions, Resource: '*' }];
  if (statements === undefined) return null;
  return parseDocument(JSON.stringify({ Version: '1', Statement: statements }))?.statements ?? null;
};
