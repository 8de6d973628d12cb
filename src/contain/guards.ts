// What keeps a key from being touched: one table, read top to bottom, the first reason counts. A guard looks at what this run
// has found out; whether a key is on or off already, and what would be called, is for the plan.

import type { Finding } from '../findings/model.js';
import type { Candidate, ContainMode, GuardName } from './types.js';

/** What the caller allows. It comes from the command line and the caller's own configuration, never from a scanned tree. */
export interface Limits {
  readonly mode: ContainMode;
  /** UID of the one account that may be touched; null in a dry run, where any proven one is shown. */
  readonly account: string | null;
  readonly minConfidence: Finding['confidence'];
  /** Hours: a key used since then is in use. */
  readonly recentHours: number;
  /** In-use keys, too. */
  readonly forceInUse: boolean;
  /** Whether a key is meant: `--only` and `--except`. */
  readonly isMeant: (candidate: Candidate) => boolean;
  /** For `restrict`: addresses that stay allowed. */
  readonly addresses: readonly string[];
  readonly now: Date;
}

interface Guard {
  readonly name: GuardName;
  /** @returns why the key is left alone, one sentence; null when it is not */
  readonly refuse: (candidate: Candidate, limits: Limits) => string | null;
}

const isProven = ({ findings }: Candidate): boolean =>
  findings.some(({ verdicts }) => verdicts.some(({ secretProven }) => secretProven === true));

const RANK: Readonly<Record<Finding['confidence'], number>> = { low: 0, medium: 1, high: 2 };

export const guards: readonly Guard[] = [
  {
    name: 'not-asked-for',
    refuse: (candidate, { isMeant }) => (isMeant(candidate) ? null : 'Left out by --only or --except.'),
  },
  {
    name: 'temporary',
    refuse: ({ accessKeyId }) =>
      accessKeyId.startsWith('STS.')
        ? 'A temporary key cannot be switched off; its role can be denied what was issued before now.'
        : null,
  },
  {
    name: 'own-key',
    refuse: ({ own }) => {
      if (own === 'this-key') return 'It is the very AccessKey that this run is signed with.';
      return own === 'same-user' ? 'It belongs to the RAM user whose AccessKey signs this run.' : null;
    },
  },
  {
    name: 'wrong-secret',
    // Anybody can put a production ID beside a made-up secret, and have it switched off.
    refuse: (candidate) => {
      if (isProven(candidate)) return null;
      if (candidate.findings.some(({ verdicts }) => verdicts.some(({ state }) => state === 'wrong-secret')))
        return 'STS says that the secret found beside it is not its own.';
      return candidate.wrongBefore === true
        ? 'STS said, when the report was made, that the secret found beside it is not its own.'
        : null;
    },
  },
  {
    name: 'secret-unknown',
    refuse: (candidate) => {
      const probes = candidate.findings.flatMap(({ verdicts }) => verdicts.filter(({ how }) => how === 'probe'));
      return !isProven(candidate) && probes.some(({ state }) => state === 'unknown')
        ? 'STS was asked whether the secret found beside it is its own, and did not say (--no-probe goes on without).'
        : null;
    },
  },
  {
    name: 'not-proven',
    refuse: ({ owner, verdict }) => {
      if (owner !== null) return null;
      return verdict.account === undefined
        ? 'It is in none of your accounts, as far as they could be read: only its owner can switch it off. Tell him, or report it to Alibaba Cloud (https://report.aliyun.com).'
        : `That it is a key of account ${verdict.account} was not proven by an inventory of this run: only its owner can switch it off. Tell him, or report it to Alibaba Cloud (https://report.aliyun.com).`;
    },
  },
  {
    name: 'other-account',
    refuse: ({ owner }, { account }) =>
      owner === null || account === null || owner.account === account
        ? null
        : `It is of account ${owner.account}, and --account names ${account}.`,
  },
  {
    name: 'confidence',
    refuse: ({ findings }, { minConfidence }) =>
      findings.some(({ confidence }) => RANK[confidence] >= RANK[minConfidence])
        ? null
        : `It was found with less than ${minConfidence} confidence (--min-confidence).`,
  },
  {
    name: 'in-use',
    refuse: ({ accessKeyId, use }, { mode, recentHours, forceInUse, now }) => {
      // A list of addresses is what a key that is still used is given.
      if (forceInUse || mode === 'restrict' || use === null) return null;
      if (use === 'unread') return 'When it was last used could not be read (--force-in-use goes on all the same).';
      const isRecent = (at: string): boolean => (now.getTime() - Date.parse(at)) / 3_600_000 <= recentHours;
      if (use.at !== undefined && isRecent(use.at)) {
        const services = use.services.length === 0 ? '' : ` (${use.services.join(', ')})`;
        return `It was used ${use.at}${services}: what uses it would break. Replace it first (--rotate), or --force-in-use.`;
      }
      // Our own is nobody's who would miss the key, but may stand before somebody's.
      return use.ownProbe !== undefined && isRecent(use.ownProbe)
        ? `Its last use was akscan's own probe (${use.ownProbe}), which hides what used it shortly before: see akscan verify ${accessKeyId} --activity, or --force-in-use.`
        : null;
    },
  },
  {
    name: 'no-address',
    refuse: (_, { mode, addresses }) =>
      mode === 'restrict' && addresses.length === 0 ? 'No address to restrict it to: give --allow ADDRESS.' : null,
  },
];

/** @returns the first guard that speaks against touching the key; null when none does */
export const refusalOf = (
  candidate: Candidate,
  limits: Limits,
): { readonly guard: GuardName; readonly why: string } | null => {
  for (const { name, refuse } of guards) {
    const why = refuse(candidate, limits);
    if (why !== null) return { guard: name, why };
  }
  return null;
};
