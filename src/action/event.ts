// What an event asks to be judged. The payload is the file that the runner names in GITHUB_EVENT_PATH (GitHub documentation, "Webhook
// events and payloads"); a part that is not as expected is an error, never a range that happens to be empty.

import { readFileSync } from 'node:fs';
import { AkscanError } from '../errors.js';
import { OID } from '../git/hash.js';
import type { Inputs } from './inputs.js';

/** Commits to compare. Objects are named by their own names; refs say where a remote has them. */
export interface Change {
  readonly kind: 'change';
  /** What was there before; null: the tip of `baseRef` as the remote has it now. */
  readonly base: string | null;
  /** The branch that it goes to, whole: `refs/heads/main`; null where no branch is known. */
  readonly baseRef: string | null;
  readonly head: string;
  readonly headRef: string | null;
  /** `..`: from `base` itself. `...`: from where the two parted. */
  readonly dots: '..' | '...';
  /** How many commits the event says there are; 0 when it does not. */
  readonly commits: number;
  /** Null: `base` must be there. `branch`: where it is gone (a forced push), what `baseRef` has counts. */
  readonly without: 'branch' | null;
  /** The merge of base and head that the runner made, whose first parent is the base of today. */
  readonly merge: string | null;
  /** `owner/name` of the repository that a pull request comes from, when that is another: its branches are its author's word. */
  readonly fork: string | null;
}

export type Asked =
  | Change
  /** The files, and every object of the history. */
  | { readonly kind: 'everything' }
  | { readonly kind: 'nothing'; readonly because: string };

export interface Happened {
  readonly name: string;
  readonly asked: Asked;
  /** Null: the event belongs to none. */
  readonly pullRequest: number | null;
}

/** @throws AkscanError for a payload that lacks what its event should have */
export const readEvent = (env: NodeJS.ProcessEnv, { base, head }: Pick<Inputs, 'base' | 'head'>): Happened => {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  const payload = payloadOf(env['GITHUB_EVENT_PATH']);
  const pullRequest = numberAt(payload, 'pull_request', 'number');
  if (base !== null || head !== null) return { name, asked: named(base, head, payload), pullRequest };
  return { name, asked: askedBy(name, payload, env), pullRequest };
};

const askedBy = (name: string, payload: unknown, env: NodeJS.ProcessEnv): Asked => {
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return ofPullRequest(name, payload, env);
    case 'merge_group':
      return {
        ...PLAIN,
        base: oidAt(name, payload, 'merge_group', 'base_sha'),
        baseRef: refAt(payload, 'merge_group', 'base_ref'),
        head: oidAt(name, payload, 'merge_group', 'head_sha'),
        headRef: refAt(payload, 'merge_group', 'head_ref'),
      };
    case 'push':
      return ofPush(payload);
    default:
      return { kind: 'everything' };
  }
};

const PLAIN = { kind: 'change', dots: '...', commits: 0, without: null, merge: null, fork: null } as const;

const ofPullRequest = (name: string, payload: unknown, env: NodeJS.ProcessEnv): Change => {
  const number = numberAt(payload, 'pull_request', 'number');
  const branch = stringAt(payload, 'pull_request', 'base', 'ref');
  const merge = env['GITHUB_SHA'] ?? '';
  return {
    ...PLAIN,
    base: oidAt(name, payload, 'pull_request', 'base', 'sha'),
    baseRef: branch === null ? null : checkedRef(`refs/heads/${branch}`),
    head: oidAt(name, payload, 'pull_request', 'head', 'sha'),
    headRef: number === null ? null : `refs/pull/${number}/head`,
    commits: numberAt(payload, 'pull_request', 'commits') ?? 0,
    // For pull_request_target it is the tip of the base branch.
    merge: name !== 'pull_request_target' && OID.test(merge) ? merge : null,
    fork: forkOf(payload),
  };
};

const forkOf = (payload: unknown): string | null => {
  const [from, into] = ['head', 'base'].map((side) => stringAt(payload, 'pull_request', side, 'repo', 'full_name'));
  return from === into ? null : (from ?? null);
};

const ofPush = (payload: unknown): Asked => {
  const ref = checkedRef(stringAt(payload, 'ref') ?? '');
  const before = oidAt('push', payload, 'before');
  const after = oidAt('push', payload, 'after');
  if (isNone(after)) return { kind: 'nothing', because: `${ref ?? 'a ref'} was deleted` };
  const branch = stringAt(payload, 'repository', 'default_branch');
  const usual = branch === null ? null : checkedRef(`refs/heads/${branch}`);
  // What the default branch itself began with has nothing before it.
  const baseRef = usual === ref ? null : usual;
  const common = { ...PLAIN, baseRef, head: after, headRef: ref };
  if (!isNone(before)) {
    const commits = listAt(payload, 'commits').length;
    return { ...common, base: before, dots: '..', commits, without: 'branch' };
  }
  return baseRef === null ? { kind: 'everything' } : { ...common, base: null };
};

/** Where a call names both or one, the other is the event's, or HEAD. */
const named = (base: string | null, head: string | null, payload: unknown): Asked => {
  const pulled = stringAt(payload, 'pull_request', 'base', 'sha');
  const from = base ?? pulled ?? stringAt(payload, 'before');
  if (from === null || isNone(from)) throw new AkscanError('The input "head" needs "base" beside it for this event.');
  const to = head ?? stringAt(payload, 'pull_request', 'head', 'sha') ?? 'HEAD';
  return {
    ...PLAIN,
    base: from,
    baseRef: OID.test(from) ? null : checkedRef(from.startsWith('refs/') ? from : `refs/heads/${from}`),
    head: to,
    headRef: OID.test(to) || to === 'HEAD' ? null : checkedRef(to.startsWith('refs/') ? to : `refs/heads/${to}`),
    fork: forkOf(payload),
  };
};

const isNone = (oid: string): boolean => /^0+$/.test(oid);

const payloadOf = (file: string | undefined): unknown => {
  if (file === undefined || file === '') return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new AkscanError(`The event in ${file} (GITHUB_EVENT_PATH) cannot be read.`);
  }
};

const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );

const stringAt = (value: unknown, ...keys: readonly string[]): string | null => {
  const found = at(value, ...keys);
  return typeof found === 'string' && found !== '' ? found : null;
};

const numberAt = (value: unknown, ...keys: readonly string[]): number | null => {
  const found = at(value, ...keys);
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : null;
};

const listAt = (value: unknown, ...keys: readonly string[]): readonly unknown[] => {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
};

const oidAt = (event: string, value: unknown, ...keys: readonly string[]): string => {
  const found = stringAt(value, ...keys);
  if (found === null || !OID.test(found)) {
    throw new AkscanError(
      `The event ${event} names no commit in ${keys.join('.')}.`,
      'Name the commits with the inputs base and head.',
    );
  }
  return found;
};

const refAt = (value: unknown, ...keys: readonly string[]): string | null => checkedRef(stringAt(value, ...keys) ?? '');

/** A ref's name as git allows it (git-check-ref-format), whole; null for anything else, which git might take for more. */
const checkedRef = (name: string): string | null =>
  /^refs\/[^\u0000-\u0020\u007f~^:?*[\\]+$/.test(name) && !/\.\.|@\{|\/\/|\.lock(?:\/|$)|\/\.|[./]$/.test(name)
    ? name
    : null;
