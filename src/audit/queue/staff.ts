// Who works for an audit: how much may be outstanding, and what its user should know of workers that are missing or other.

import { type Card, differenceOf } from './presence.js';

export interface Staff {
  seen(workers: readonly Card[]): void;
  /** Jobs that may be outstanding: enough that none waits for work, few enough that a Redis holds what they come to. */
  room(): number;
}

const LEAST = 16;
const MOST = 1024;
/** Looks without anybody before it is said. */
const LONELY = 3;

export const createStaff = (card: Card, tell: (sentence: string) => void, shown: string): Staff => {
  const refused = new Set<string>();
  let threads = 0;
  let lonely = 0;
  return {
    seen: (workers) => {
      const others = workers.map((worker) => ({ worker, why: differenceOf(card, worker) }));
      const fitting = others.filter(({ why }) => why === null);
      threads = fitting.reduce((sum, { worker }) => sum + worker.threads, 0);
      for (const { worker, why } of others) {
        if (why === null || refused.has(worker.id)) continue;
        refused.add(worker.id);
        tell(`The worker on ${worker.host} takes no jobs of this audit: ${why}.`);
      }
      lonely = fitting.length > 0 ? 0 : lonely + 1;
      if (lonely === LONELY) {
        tell(`No worker takes jobs: start "akscan worker --queue redis://${shown}" with the same AKSCAN_STORE_KEY.`);
      }
    },
    room: () => Math.min(MOST, Math.max(LEAST, 2 * threads)),
  };
};
