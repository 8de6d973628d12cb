import { describe, expect, it } from 'vitest';
import type { Judged } from '../../src/findings/judged.js';
import { nextStepOf } from '../../src/findings/next-step.js';

const unasked = (kind: Judged['kind'], stage?: Judged['stage']): Judged => ({
  kind,
  confidence: 'high',
  verdict: { state: 'unchecked', how: null },
  stage,
});

describe('the next step of what nobody was asked about', () => {
  it('is one sentence for every kind and stage, and another for each kind', () => {
    const kinds = ['pair', 'id-only', 'secret-only', 'sts'] as const;
    for (const kind of kinds) {
      for (const stage of ['staged', 'removed', 'out', undefined] as const) {
        expect(nextStepOf(unasked(kind, stage))).toMatch(/^[A-Z].*[^.]\.$/);
      }
    }
    expect(new Set(kinds.map((kind) => nextStepOf(unasked(kind)))).size).toBe(kinds.length);
  });

  it('is to take it out again while it is only staged, and more once a commit holds it', () => {
    expect(nextStepOf(unasked('pair', 'staged'))).toContain('not committed yet');
    expect(nextStepOf(unasked('pair', 'removed'))).toContain('not enough');
  });
});
