// The proof that a key is off: the pair itself asks STS again and again, until it is refused for what it is. What says
// nothing of the key, such as throttling or a wrong secret, proves nothing, either way.

import type { CredentialToVerify } from '../cloud/types.js';
import type { Verdict } from '../findings/model.js';
import type { Proof } from './report.js';

export interface ProofPatience {
  /** When STS is asked, in milliseconds from the beginning, in rising order. The last is the bound. */
  readonly atMs: readonly number[];
  /** Milliseconds, only ever forward. */
  readonly now: () => number;
  /** @throws when the run ends */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Up to a minute: usually the first refuses. */
export const PROOF_TIMES_MS: readonly number[] = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 45_000, 60_000];

/** Asks STS who the pair is; null when there is nothing to sign with. See src/cloud/probe.ts. */
export type ProbePair = (credential: CredentialToVerify) => Promise<Verdict | null>;

/**
 * @returns `refused` with the time until then; `accepted` when STS took the pair to the last; `not-asked` when it said
 *   nothing of the key at the last
 */
export const proveOff = async (
  probePair: ProbePair,
  credential: CredentialToVerify,
  { atMs, now, wait }: ProofPatience,
): Promise<Proof> => {
  const began = now();
  const passed = (): number => Math.round(now() - began);
  let last: Proof = { kind: 'not-asked', afterMs: 0, why: 'STS was not asked.' };
  for (const at of atMs) {
    // Times that a slow answer has used up are left out: what is bounded is the time, not the number of requests.
    const rest = at - passed();
    if (at > 0 && rest < 0) continue;
    if (rest > 0) await wait(rest);
    const verdict = await probePair(credential);
    if (verdict === null) return { kind: 'not-asked', afterMs: passed(), why: 'There is no secret to ask STS with.' };
    last = { ...said(verdict), afterMs: passed() };
    if (last.kind === 'refused') return last;
  }
  return last;
};

const said = (verdict: Verdict): Pick<Proof, 'kind' | 'why'> => {
  const { state, code, reason } = verdict;
  switch (state) {
    case 'disabled':
    case 'not-found':
      return { kind: 'refused', why: `STS refuses it (${code ?? state}).` };
    case 'live':
      return { kind: 'accepted', why: 'STS still accepts it.' };
    case 'restricted':
      return { kind: 'accepted', why: 'STS still knows it as on, under leak protection.' };
    case 'wrong-secret':
      return { kind: 'not-asked', why: 'STS calls the secret wrong, which proves nothing.' };
    default:
      return { kind: 'not-asked', why: reason ?? `STS answered ${code ?? state}, which says nothing of the key.` };
  }
};
