// Two ways of asking, one verdict. Inventory decides whether the ID is active, disabled or deleted; the probe decides about
// the secret. A secret that STS calls wrong stays wrong even if the ID is live: nobody may have a production key switched
// off by planting its ID beside a made-up secret.

import type { Verdict, VerdictState } from '../findings/model.js';

const OFF: ReadonlySet<VerdictState> = new Set(['disabled', 'deleted']);

/** @returns the verdict that decides, with what the other way knows beside it */
export const combine = (inventory: Verdict, probe: Verdict): Verdict => {
  if (inventory.state === 'unknown') {
    if (probe.state === 'unknown') {
      return {
        ...inventory,
        reason: [inventory.reason, probe.reason].filter((reason) => reason !== undefined).join(' '),
      };
    }
    return filled(probe, inventory);
  }
  if (OFF.has(inventory.state)) {
    const isUsed = probe.state === 'live' || probe.state === 'restricted';
    const reason = `${inventory.reason ?? ''} STS still accepted the pair: ask again in a few minutes.`.trim();
    return isUsed ? { ...filled(inventory, probe), reason } : inventory;
  }
  // STS answers pairs under leak protection, too: it cannot tell them from others.
  if (inventory.state === 'restricted' && probe.state === 'live') {
    return { ...filled(inventory, probe), secretProven: probe.secretProven === true };
  }
  // Inventory says live.
  switch (probe.state) {
    case 'live':
    case 'restricted':
    case 'wrong-secret':
      return filled(probe, inventory);
    case 'unknown':
      return inventory;
    default:
      return { ...inventory, reason: `${inventory.reason ?? ''} STS disagrees (${probe.code ?? probe.state}).`.trim() };
  }
};

/** The first, and from the second only facts that the first does not have: who, where, when. */
const filled = (first: Verdict, second: Verdict): Verdict => ({
  ...pick(second),
  ...first,
});

const pick = ({
  principal,
  account,
  notIn,
  partlyIn,
  user,
  arn,
  lastUsed,
  lastUsedService,
  neverUsed,
  ownProbe,
  session,
}: Verdict): Partial<Verdict> => ({
  ...(principal === undefined ? {} : { principal }),
  ...(account === undefined ? {} : { account }),
  ...(notIn === undefined ? {} : { notIn }),
  ...(partlyIn === undefined ? {} : { partlyIn }),
  ...(user === undefined ? {} : { user }),
  ...(session === undefined ? {} : { session }),
  ...(arn === undefined ? {} : { arn }),
  ...(lastUsed === undefined ? {} : { lastUsed }),
  ...(lastUsedService === undefined ? {} : { lastUsedService }),
  ...(neverUsed === undefined ? {} : { neverUsed }),
  ...(ownProbe === undefined ? {} : { ownProbe }),
});
