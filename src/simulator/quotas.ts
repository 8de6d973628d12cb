// How many requests Alibaba Cloud lets through: a bucket for each account and operation, filled as fast as the documented
// quota says and holding one second of it. (help.aliyun.com, the "quotas" page of each API)

import { Refusal } from './refusal.js';

interface Bucket {
  tokens: number;
  /** Milliseconds. */
  filled: number;
}

export interface Quotas {
  /**
   * @param perSecond what the operation allows an account
   * @throws Refusal with how long to wait when there is nothing left
   */
  take(account: string, operation: string, perSecond: number): void;
}

/** @param clock milliseconds, only ever forward */
export const createQuotas = (clock: () => number = () => performance.now()): Quotas => {
  const buckets = new Map<string, Bucket>();
  return {
    take: (account, operation, perSecond) => {
      const name = `${account} ${operation}`;
      const now = clock();
      const { tokens, filled } = buckets.get(name) ?? { tokens: perSecond, filled: now };
      const here = Math.min(perSecond, tokens + ((now - filled) / 1000) * perSecond);
      buckets.set(name, { tokens: here >= 1 ? here - 1 : here, filled: now });
      if (here >= 1) return;
      const wait = Math.ceil(((1 - here) / perSecond) * 1000);
      throw new Refusal(400, 'Throttling.User', 'Request was denied due to user flow control.', {}, wait);
    },
  };
};
