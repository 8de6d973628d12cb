// What a key did, asked where its events are: in its own account, or, while that is not known, in each until one has any.

import type { Activity, Verdict } from '../findings/model.js';
import { type ActivityOptions, createActivityReader } from './activity/reader.js';
import { isId } from './askable.js';
import type { Auditor } from './auditor.js';
import type { CredentialToVerify } from './types.js';

type Deeds = (credential: CredentialToVerify, verdict: Verdict) => Promise<Verdict>;

/** @returns the verdict with what ActionTrail knows of the key; as it is where no account can be asked */
export const createDeeds = (auditors: readonly Auditor[], options: ActivityOptions): Deeds => {
  const readers = auditors.map((auditor) => ({ auditor, activityOf: createActivityReader(auditor.ask, options) }));
  const asked = new Map<string, Promise<Activity | null>>();
  const ask = async ({ accessKeyId, leakedAt }: CredentialToVerify, { account }: Verdict): Promise<Activity | null> => {
    const own = readers.filter(({ auditor }) => account === undefined || auditor.account === account);
    let best: Activity | null = null;
    for (const { activityOf } of own) {
      const activity = await activityOf(accessKeyId, leakedAt ?? null);
      if (best === null || saysMore(activity, best)) best = activity;
      if (best.events > 0) break;
    }
    return best;
  };
  return async (credential, verdict) => {
    const { accessKeyId } = credential;
    if (!isId(accessKeyId)) return verdict;
    // Several pairs may share an ID.
    const asking = asked.get(accessKeyId) ?? ask(credential, verdict);
    asked.set(accessKeyId, asking);
    const activity = await asking;
    return activity === null ? verdict : { ...verdict, activity };
  };
};

/** None at all is known only where no account failed to tell: of accounts without events one that was not read counts. */
const saysMore = (one: Activity, other: Activity): boolean =>
  one.events > other.events || (one.events === other.events && !one.complete && other.complete);
