import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../src/action/event.js';
import { temporaryFolder } from '../support/repository.js';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const NONE = '0'.repeat(40);

const asked = (name: string, payload: unknown, inputs: { base?: string; head?: string } = {}) => {
  const file = `${temporaryFolder()}/event.json`;
  writeFileSync(file, JSON.stringify(payload));
  const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file, GITHUB_SHA: 'c'.repeat(40) };
  return readEvent(env, { base: inputs.base ?? null, head: inputs.head ?? null });
};

const pull = (ref: string) => ({ pull_request: { number: 3, commits: 2, base: { ref, sha: A }, head: { sha: B } } });

describe('what an event asks for', () => {
  it('takes base, head and the merge of a pull request', () => {
    expect(asked('pull_request', pull('main'))).toEqual({
      name: 'pull_request',
      pullRequest: 3,
      asked: {
        kind: 'change',
        base: A,
        baseRef: 'refs/heads/main',
        head: B,
        headRef: 'refs/pull/3/head',
        dots: '...',
        commits: 2,
        without: null,
        merge: 'c'.repeat(40),
        fork: null,
      },
    });
    expect(asked('pull_request_target', pull('main')).asked).toMatchObject({ merge: null });
  });

  it('lets no name of a branch mean more than a branch', () => {
    for (const ref of ['a:refs/heads/main', '../x', 'a b', 'a..b', 'x.lock', '-x*', 'a@{1}', 'a\nb'])
      expect(asked('pull_request', pull(ref)).asked, ref).toMatchObject({ baseRef: null, base: A });
    expect(asked('pull_request', pull('feature/ünï-1')).asked).toMatchObject({ baseRef: 'refs/heads/feature/ünï-1' });
  });

  it('tells a new branch, a deleted one, and the first push of all', () => {
    const push = (before: string, after: string, ref = 'refs/heads/x') =>
      asked('push', { ref, before, after, repository: { default_branch: 'main' } }).asked;
    expect(push(A, B)).toMatchObject({ base: A, head: B, dots: '..', baseRef: 'refs/heads/main' });
    expect(push(NONE, B)).toMatchObject({ base: null, head: B, dots: '...', baseRef: 'refs/heads/main' });
    expect(push(A, NONE)).toMatchObject({ kind: 'nothing' });
    expect(push(NONE, B, 'refs/heads/main')).toEqual({ kind: 'everything' });
  });

  it('goes by the inputs where they name commits', () => {
    expect(asked('schedule', {}, { base: 'main' }).asked).toMatchObject({ base: 'main', head: 'HEAD' });
    expect(asked('pull_request', pull('main'), { head: 'topic' }).asked).toMatchObject({ base: A, head: 'topic' });
    expect(() => asked('schedule', {}, { head: 'topic' })).toThrow('needs "base" beside it');
    expect(() => asked('push', { before: '--x', after: B })).toThrow('names no commit in before');
  });
});
