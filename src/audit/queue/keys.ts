// What the keys in Redis are called. Braces: a Redis that spreads its keys over several machines keeps ours together.

import rules from 'akscan:rules';
import version from 'akscan:version';
import vocabulary from 'akscan:vocabulary';
import { createHash } from 'node:crypto';
import type { QueueSeal } from './seal.js';

export const PREFIX = '{akscan}';

/** Of what a crash leaves behind nothing stays for longer, in seconds: an audit can be resumed until then. */
export const KEPT = 7 * 24 * 3600;

/** Changes with the form of what crosses the queue, too. */
const FORM = 1;

/** Two that differ in it may find different things: neither does the other's jobs. */
export const build: string = createHash('sha256')
  .update(JSON.stringify([FORM, version, rules, vocabulary]))
  .digest('hex')
  .slice(0, 16);

/** Jobs of audits with the same key and the same akscan wait in one room. */
export const roomOf = (seal: QueueSeal): string => `jobs-${seal.tag('room', build).slice(0, 16)}`;

export interface RunKeys {
  /** The coordinator's name; there until the audit has ended. */
  readonly coordinator: string;
  /** There while the coordinator is. */
  readonly alive: string;
  /** A list: one head for each outcome that waits. */
  readonly outcomes: string;
  /** A list that wakes the coordinator: questions, and empty texts for outcomes. */
  readonly inbox: string;
  part(id: string, index: number): string;
}

/** @param run its tag */
export const runKeys = (run: string): RunKeys => {
  const under = `${PREFIX}:run:${run}`;
  return {
    coordinator: `${under}:coordinator`,
    alive: `${under}:alive`,
    outcomes: `${under}:outcomes`,
    inbox: `${under}:inbox`,
    part: (id, index) => `${under}:part:${id}:${index}`,
  };
};

export const repliesOf = (worker: string): string => `${PREFIX}:replies:${worker}`;

/** @param host its tag */
export const paceKey = (host: string): string => `${PREFIX}:pace:${host}`;
