import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/action/prepare.js';
import { checkout } from '../support/action.js';
import { randomFrom } from '../support/keys.js';
import { git, repository, temporaryFolder } from '../support/repository.js';

const { signal } = new AbortController();

/** Two branches that merge each other now and then, so that they share commits by many ways. */
const tangled = (seed: number): string => {
  const next = randomFrom(seed);
  const origin = repository();
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  // One of the two may hardly move, so that it ends at the root before the other is near.
  const share = [0.5, 0.97, 0.03][seed % 3] ?? 0.5;
  const tips = { main: 1, topic: 1 };
  const who = (at: number): string => `committer Wei <wei@example.com> ${1_700_000_000 + at * 60} +0800`;
  const lines = ['commit refs/heads/main', 'mark :1', who(1), 'data 0', ''];
  for (let mark = 2; mark <= 240; mark += 1) {
    const [branch, other] = next() < share ? (['main', 'topic'] as const) : (['topic', 'main'] as const);
    // Clocks are wrong now and then.
    const at = next() < 0.1 ? Math.floor(next() * 300) : mark;
    lines.push(`commit refs/heads/${branch}`, `mark :${mark}`, who(at), 'data 0', `from :${tips[branch]}`);
    if (next() < (share === 0.5 ? 0.04 : 0.002) && tips[other] !== tips[branch]) lines.push(`merge :${tips[other]}`);
    lines.push('');
    tips[branch] = mark;
  }
  lines.push('reset refs/heads/topic', `from :${tips.topic}`, '');
  execFileSync('git', ['fast-import', '--quiet'], { cwd: origin, input: `${lines.join('\n')}\n` });
  return origin;
};

describe('two commits of a shallow clone', () => {
  it('are told apart by the same commits as in the whole repository', async () => {
    for (let seed = 1; seed <= 9; seed += 1) {
      const origin = tangled(seed);
      const [base, head] = ['main', 'topic'].map((name) => git(origin, 'rev-parse', name));
      if (base === undefined || head === undefined) throw new RangeError();
      const whole = git(origin, 'rev-list', head, `^${base}`).split('\n').sort();
      for (const depth of [1, 20]) {
        const cwd = checkout(origin, head, depth);
        const ready = await prepare(
          {
            kind: 'change',
            base,
            baseRef: 'refs/heads/main',
            head,
            headRef: 'refs/heads/topic',
            dots: '...',
            // Fewer than there are, so that it must be deepened.
            commits: 0,
            without: null,
            merge: null,
            fork: null,
          },
          { checkout: { cwd, top: cwd }, folder: temporaryFolder(), env: {}, token: null, signal },
        );
        const place = ready?.place.cwd ?? '';
        expect(ready?.warnings).toEqual([]);
        // Only where both sides meet is nothing said of it in a shallow clone.
        expect([seed, depth, git(place, 'rev-list', head, `^${ready?.base}`).split('\n').sort()]).toEqual([
          seed,
          depth,
          whole,
        ]);
      }
    }
  }, 120_000);
});
