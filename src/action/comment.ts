// One comment under a pull request. It is known by a mark at its beginning, and only where this token's own user, or a bot, wrote
// it: anybody may write the mark. Two runs at once may both write one; each then looks again, and the oldest stays.

import type { Api, Told } from './api.js';

export interface CommentOn {
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: number;
  /** `GITHUB_RUN_ID`: a run never overwrites what a later one said. */
  readonly run: number;
}

/** What came of it, in half a sentence for the log. */
export type Commented =
  | { readonly kind: 'done'; readonly what: 'written' | 'updated' | 'unchanged' | 'not needed' | 'left to a later run' }
  | { readonly kind: 'skipped'; readonly because: string };

const MARK = /^<!-- akscan:pull-request run=(\d{1,15}) -->/;

/** GitHub takes 65,536 characters. */
const LONGEST = 65_000;

const markOf = (run: number): string => `<!-- akscan:pull-request run=${run} -->\n`;

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly run: number;
}

/** @param text null: nothing was found, which is worth saying only where something was before */
export const putComment = async (
  api: Api,
  on: CommentOn,
  { text, gone }: { readonly text: string | null; readonly gone: string },
): Promise<Commented> => {
  const path = `/repos/${on.repository}/issues`;
  const author = await ownLogin(api);
  const list = (): Promise<readonly Comment[] | Told> => ownComments(api, `${path}/${on.pullRequest}/comments`, author);
  const before = await list();
  if (!Array.isArray(before)) return skipped(before as Told);
  const [oldest] = before as readonly Comment[];
  const body = `${markOf(on.run)}${(text ?? gone).slice(0, LONGEST)}`;
  if (oldest !== undefined) {
    const { done } = await settle(api, { path, comments: before as readonly Comment[], body, run: on.run });
    return done;
  }
  if (text === null) return { kind: 'done', what: 'not needed' };
  const made = await api.call('POST', `${path}/${on.pullRequest}/comments`, { body });
  if (made.kind !== 'ok') return skipped(made);
  const after = await list();
  if (!Array.isArray(after) || after.length < 2) return { kind: 'done', what: 'written' };
  await settle(api, { path, comments: after as readonly Comment[], body, run: on.run });
  return { kind: 'done', what: 'written' };
};

/** The oldest stays and says what the latest run found; the others go. */
const settle = async (
  api: Api,
  {
    path,
    comments,
    body,
    run,
  }: { readonly path: string; readonly comments: readonly Comment[]; readonly body: string; readonly run: number },
): Promise<{ readonly done: Commented }> => {
  const [oldest, ...others] = comments;
  if (oldest === undefined) return { done: { kind: 'done', what: 'not needed' } };
  const latest = comments.reduce((one, other) => (other.run > one.run ? other : one), oldest);
  const says = latest.run > run ? latest.body : body;
  // Written before others are removed: what they say is not lost when this run ends here.
  const isSame = withoutMark(oldest.body) === withoutMark(says);
  const written = isSame ? null : await api.call('PATCH', `${path}/comments/${oldest.id}`, { body: says });
  if (written !== null && written.kind !== 'ok') return { done: skipped(written) };
  for (const { id } of others) await api.call('DELETE', `${path}/comments/${id}`);
  if (latest.run > run) return { done: { kind: 'done', what: 'left to a later run' } };
  return { done: { kind: 'done', what: isSame ? 'unchanged' : 'updated' } };
};

const withoutMark = (body: string): string => body.replace(/\r\n/g, '\n').replace(MARK, '').trim();

/** Null for the token of an app, GITHUB_TOKEN among them: it is nobody's. */
const ownLogin = async (api: Api): Promise<string | null> => {
  const told = await api.call('GET', '/user');
  const login = told.kind === 'ok' ? field(told.value, 'login') : null;
  return typeof login === 'string' ? login : null;
};

/** Pages of a hundred; nobody scrolls through more than ten thousand. */
const MOST_PAGES = 100;

const ownComments = async (api: Api, path: string, author: string | null): Promise<readonly Comment[] | Told> => {
  const found: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const told = await api.call('GET', `${path}?per_page=100&page=${page}`);
    if (told.kind !== 'ok') return told;
    if (!Array.isArray(told.value)) return { kind: 'failed', reason: 'the answer is no list of comments' };
    for (const each of told.value as readonly unknown[]) found.push(...own(each, author));
    if (told.isLast) break;
  }
  return found.sort((one, other) => one.id - other.id);
};

const own = (comment: unknown, author: string | null): readonly Comment[] => {
  const id = field(comment, 'id');
  const body = field(comment, 'body');
  if (typeof id !== 'number' || typeof body !== 'string') return [];
  const user = field(comment, 'user');
  const isOurs = author === null ? field(user, 'type') === 'Bot' : field(user, 'login') === author;
  const run = MARK.exec(body)?.[1];
  return isOurs && run !== undefined ? [{ id, body, run: Number(run) }] : [];
};

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

const skipped = (told: Told): Commented => ({
  kind: 'skipped',
  because:
    told.kind === 'failed'
      ? told.reason
      : 'the token may not write comments (permissions: pull-requests: write; of a fork it may only read)',
});
