// A policy document, from its JSON text to statements (help.aliyun.com/document_detail/93739.html). The text is not
// trusted: any shape, any size. What cannot be understood is left out and said to be missing, never guessed at.

import { type Body, record } from '../body.js';

/** Either these, or everything but these; patterns with `*` and `?`. */
export interface Selection {
  readonly kind: 'only' | 'all-but';
  readonly patterns: readonly string[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** In lower case: RAM does not tell cases apart in names of services and actions. */
  readonly actions: Selection;
  /** See `comparable`. */
  readonly resources: Selection;
  /** It has a Condition, of which nothing is evaluated: when it holds is only known when a request is made. */
  readonly conditional: boolean;
}

export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /** False when there was something in it that could not be understood. */
  readonly isWhole: boolean;
}

/** As much as an answer may hold. A custom policy has at most 6,144 characters. */
const LONGEST_DOCUMENT = 1 << 20;

const LONGEST_PATTERN = 4_096;

/** @returns null when it is no policy document */
export const parseDocument = (json: string): PolicyDocument | null => {
  if (json.length > LONGEST_DOCUMENT) return null;
  const document = parse(json);
  if (document === null || document['Statement'] === undefined) return null;
  const listed: readonly unknown[] = Array.isArray(document['Statement'])
    ? document['Statement']
    : [document['Statement']];
  const read = listed.map(readStatement);
  const statements = read.filter((statement) => statement !== null);
  return { statements, isWhole: statements.length === read.length && isVersionOne(document['Version']) };
};

const parse = (json: string): Body | null => {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? null : record(value);
  } catch {
    return null;
  }
};

/** The only version there is; documents in the wild have it as a number, too, and old ones have none. */
const isVersionOne = (version: unknown): boolean => version === undefined || version === '1' || version === 1;

const readStatement = (value: unknown): Statement | null => {
  const statement = record(value);
  const effect = statement['Effect'];
  const actions = readSelection(statement, 'Action', (pattern) => pattern.toLowerCase());
  const resources = readSelection(statement, 'Resource', comparable);
  // A Principal belongs to the trust policy of a role, which grants its role nothing.
  if (actions === null || resources === null || statement['Principal'] !== undefined) return null;
  if (effect !== 'Allow' && effect !== 'Deny') return null;
  return { effect, actions, resources, conditional: isConditional(statement['Condition']) };
};

const isConditional = (condition: unknown): boolean =>
  condition !== undefined && condition !== null && !(isObject(condition) && Object.keys(condition).length === 0);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** `Action` or `NotAction`, one text or a list of them; both or neither is no statement. */
const readSelection = (
  statement: Body,
  name: 'Action' | 'Resource',
  normal: (pattern: string) => string,
): Selection | null => {
  const only = statement[name];
  const allBut = statement[`Not${name}`];
  if ((only === undefined) === (allBut === undefined)) return null;
  const patterns = readPatterns(only ?? allBut);
  if (patterns === null) return null;
  return { kind: only === undefined ? 'all-but' : 'only', patterns: [...new Set(patterns.map(normal))] };
};

const readPatterns = (value: unknown): readonly string[] | null => {
  const listed: readonly unknown[] = Array.isArray(value) ? value : [value];
  const patterns = listed.filter((item) => typeof item === 'string');
  if (listed.length === 0 || patterns.length !== listed.length) return null;
  return patterns.every((pattern) => pattern !== '' && pattern.length <= LONGEST_PATTERN) ? patterns : null;
};

/**
 * The name of a resource, `acs:SERVICE:REGION:ACCOUNT:NAME`, made comparable: a policy speaks of its own account whether or
 * not it names it, and an empty region or account is any.
 */
const comparable = (pattern: string): string => {
  const [acs, service, region, account, ...name] = pattern.split(':');
  if (acs !== 'acs' || service === undefined || account === undefined || name.length === 0) return pattern;
  const anyRegion = region === '' ? '*' : region;
  const anyAccount = /^\d*$/.test(account) ? '*' : account;
  return [acs, service.toLowerCase(), anyRegion, anyAccount, ...name].join(':');
};
