// What to do about a finding that nobody was asked about: one table, read top to bottom. Apart from advice.ts, since a hook
// needs this and no more.

import type { Judged } from './judged.js';

interface Step {
  readonly when: (judged: Judged) => boolean;
  readonly say: string;
}

const STEPS: readonly Step[] = [
  {
    when: ({ stage }) => stage === 'staged',
    say: 'It is not committed yet: take it out and stage the file again; what is no key, accept with akscan:allow on its line.',
  },
  {
    when: ({ stage }) => stage === 'removed',
    say: 'Taking it out again is not enough, these commits still hold it: replace the key, or rewrite them before they are pushed.',
  },
  { when: ({ kind }) => kind === 'sts', say: 'Treat it as live until it has expired; check it with --probe.' },
  { when: ({ kind }) => kind === 'id-only', say: 'Find out whose it is with --verify, and look for its secret.' },
  {
    when: ({ kind }) => kind === 'secret-only',
    say: 'Find the ID it belongs to; if it is a real secret, replace that key.',
  },
  { when: () => true, say: 'Treat it as live: replace and disable it, or check it first with --verify or --probe.' },
];

/** One sentence. */
export const nextStepOf = (judged: Judged): string => STEPS.find((step) => step.when(judged))?.say ?? '';
