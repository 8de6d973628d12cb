// Secrets that this run has read, for the pairs that are to ask STS: in memory and nowhere else. The store has them only when the
// user wants that.

import type { Finding } from '../findings/model.js';
import type { Outcome } from './types.js';

export interface Secrets {
  keep(outcome: Outcome): void;
  /** With its secret and token, where they are at hand; else with neither. */
  fill(finding: Finding): Finding;
}

interface Pair {
  readonly secret: string;
  readonly token: string | null;
}

/** @param most secrets kept; a report has no more findings either */
export const createSecrets = (most: number): Secrets => {
  const known = new Map<string, Pair>();
  return {
    keep: (outcome) => {
      if (!('findings' in outcome)) return;
      for (const { finding } of outcome.findings) {
        const { secret, token } = finding;
        if (secret === null || (known.size >= most && !known.has(keyOf(finding)))) continue;
        // The same pair may stand in one repository with its token and in another without.
        if (known.get(keyOf(finding))?.token == null) known.set(keyOf(finding), { secret, token });
      }
    },
    fill: (finding) => {
      const pair = known.get(keyOf(finding));
      if (pair !== undefined) return { ...finding, secret: pair.secret, token: pair.token ?? null };
      return finding.secret === null ? { ...finding, token: null } : finding;
    },
  };
};

const keyOf = ({ accessKeyId, secretSha256 }: Finding): string => `${accessKeyId ?? ''}\0${secretSha256 ?? ''}`;
