// Verdicts made by hand, for tests of what is said about them.

import type { Activity, VerdictState } from '../../src/findings/model.js';

export const STATES: readonly VerdictState[] = [
  'live',
  'restricted',
  'disabled',
  'deleted',
  'not-found',
  'wrong-secret',
  'expired',
  'unknown',
  'unchecked',
];

/** Read, and nothing in it. */
export const ACTIVITY: Activity = {
  from: '2026-01-01T00:00:00Z',
  to: '2026-03-31T00:00:00Z',
  region: 'cn-hangzhou',
  events: 0,
  complete: true,
  failures: 0,
  services: [],
  addresses: [],
  moves: [],
  created: [],
};
