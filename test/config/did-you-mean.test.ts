import { expect, it } from 'vitest';
import { didYouMean } from '../../src/config/did-you-mean.js';

const NAMES = ['scan', 'verify', 'ignore', 'baseline', 'minConfidence'];

it.each([
  ['scna', 'scan'],
  ['verfy', 'verify'],
  ['Baselin', 'baseline'],
  ['minconfidence', 'minConfidence'],
])('takes %s for %s', (typed, meant) => {
  expect(didYouMean(typed, NAMES)).toBe(meant);
});

it.each(['src', 'x', 'something-else', ''])('takes %j for none of them', (typed) => {
  expect(didYouMean(typed, NAMES)).toBeNull();
});
