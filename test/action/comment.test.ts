import { describe, expect, it } from 'vitest';
import type { Api, Told } from '../../src/action/api.js';
import { putComment } from '../../src/action/comment.js';
import { randomFrom } from '../support/keys.js';

interface Kept {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string; readonly login: string };
}

/** Answers in an order that the seed decides, one call at a time. */
const createForge = (seed: number) => {
  const next = randomFrom(seed);
  const comments: Kept[] = [];
  let last = 0;
  const waiting: (() => void)[] = [];
  const turn = (): Promise<void> =>
    new Promise((go) => {
      waiting.push(go);
      setImmediate(() => waiting.splice(Math.floor(next() * waiting.length), 1)[0]?.());
    });
  const ok = (value: unknown): Told => ({ kind: 'ok', value, isLast: true });
  const api: Api = {
    call: async (method, path, body) => {
      await turn();
      if (path === '/user') return { kind: 'forbidden' };
      const text = (body as { body: string } | undefined)?.body ?? '';
      const id = Number(/comments\/(\d+)$/.exec(path)?.[1] ?? 0);
      const at = comments.findIndex((comment) => comment.id === id);
      if (method === 'GET') return ok(comments.map((comment) => ({ ...comment })));
      if (method === 'POST') {
        last += 1;
        comments.push({ id: last, body: text, user: { type: 'Bot', login: 'github-actions[bot]' } });
        return ok({});
      }
      const comment = comments[at];
      if (comment === undefined) return { kind: 'forbidden' };
      if (method === 'PATCH') comment.body = text;
      else comments.splice(at, 1);
      return ok(null);
    },
  };
  return { api, comments };
};

const on = (run: number) => ({ repository: 'wei/shop', pullRequest: 7, run });

describe('the comment of several runs at once', () => {
  it('is one, whatever the order of their calls', async () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { api, comments } = createForge(seed);
      await Promise.all([1, 2, 3].map((run) => putComment(api, on(run), { text: `run ${run}`, gone: 'gone' })));
      expect([seed, comments.length]).toEqual([seed, 1]);
    }
  });

  it('is never written anew where the token may not, nor by somebody who writes the mark', async () => {
    const { api, comments } = createForge(1);
    const deny: Api = {
      call: async (method, path, body) => (method === 'POST' ? { kind: 'forbidden' } : api.call(method, path, body)),
    };
    expect(await putComment(deny, on(1), { text: 'found', gone: 'gone' })).toMatchObject({ kind: 'skipped' });
    comments.push({ id: 1, body: '<!-- akscan:pull-request run=5 -->\nx', user: { type: 'User', login: 'eve' } });
    expect(await putComment(api, on(6), { text: null, gone: 'gone' })).toEqual({ kind: 'done', what: 'not needed' });
    expect(comments.map(({ body }) => body)).toEqual([expect.stringContaining('x')]);
  });
});
