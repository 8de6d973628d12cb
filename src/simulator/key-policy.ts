// A key's own network policy: what may be written into one, and which addresses one lets through.
// https://help.aliyun.com/zh/ram/developer-reference/api-ims-2019-08-15-setaccesskeypolicy

import { BlockList, isIP } from 'node:net';
import { Refusal } from './refusal.js';

interface Statement {
  readonly Type: 'ClassicWhiteList' | 'VPCWhiteList';
  readonly Value?: string;
  readonly IPList: readonly string[];
}

interface Policy {
  readonly Version: 1;
  readonly Status: 'Active' | 'Inactive';
  readonly Statements: readonly Statement[];
}

/** Quotas ConditionsPerAKPolicyQuota and IPItemsPerAKPolicyQuota. */
const MOST_STATEMENTS = 8;
const MOST_ADDRESSES = 50;

/** @returns it as the API gives it back; null for one that is off and empty, which is none @throws Refusal */
export const keyPolicyOf = (text: string): string | null => {
  const policy = policyOf(parsed(text));
  return policy.Status === 'Inactive' && policy.Statements.length === 0 ? null : JSON.stringify(policy);
};

/** From outside of a VPC, where all requests here come from. */
export const letsThrough = (policy: string, address: string): boolean => {
  const { Status, Statements } = JSON.parse(policy) as Policy;
  if (Status === 'Inactive') return true;
  const list = new BlockList();
  for (const { Type, IPList } of Statements)
    if (Type === 'ClassicWhiteList') for (const item of IPList) add(list, item);
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

const add = (list: BlockList, item: string): void => {
  const [address = '', bits] = item.split('/');
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw refused('is no JSON');
  }
};

const policyOf = (value: unknown): Policy => {
  const {
    Version = 1,
    Status,
    Statements,
  } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Policy>;
  if (Version !== 1) throw refused('has another Version');
  if (Status !== 'Active' && Status !== 'Inactive') throw refused('has no Status');
  if (!Array.isArray(Statements) || Statements.length > MOST_STATEMENTS)
    throw refused('has no Statements, or too many');
  const statements = Statements.map(statementOf);
  if (statements.flatMap(({ IPList }) => IPList).length > MOST_ADDRESSES) throw refused('has too many addresses');
  return { Version, Status, Statements: statements };
};

const statementOf = (value: unknown): Statement => {
  const { Type, Value, IPList } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Statement>;
  const isClassic = Type === 'ClassicWhiteList';
  if (!isClassic && Type !== 'VPCWhiteList') throw refused('has a Statement of no known Type');
  if (!Array.isArray(IPList) || IPList.length === 0 || !IPList.every(isNetwork)) throw refused('has no proper IPList');
  if (isClassic) {
    if (Value !== undefined) throw refused('has a Value that does not belong there');
    return { Type, IPList };
  }
  if (typeof Value !== 'string' || !/^(?:vpc-\w+|AllowAllVPC)$/.test(Value)) throw refused('names no VPC');
  return { Type, Value, IPList };
};

const isNetwork = (item: unknown): boolean => {
  if (typeof item !== 'string') return false;
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

/** Which codes the real one has here is not documented. */
const refused = (why: string): Refusal =>
  new Refusal(400, 'InvalidParameter.AccessKeyPolicy', `The parameter AccessKeyPolicy ${why}.`);
