// Asks the cloud about what an audit found: each key once, whatever repositories hold it.

import { amount } from '../amount.js';
import type { Tell } from '../cloud/types.js';
import { AkscanError } from '../errors.js';
import { mayBeAsked } from '../findings/asked.js';
import type { Finding, Skipped } from '../findings/model.js';
import { notAsked } from '../findings/summary.js';
import type { Progress } from '../progress.js';
import type { Asking } from '../scan.js';
import type { Secrets } from './secrets.js';
import type { Store, StoredVerdict } from './store/store.js';

export interface AskOptions {
  readonly asking: Asking;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What was said of it in this run before it was interrupted; null: nothing. */
export type SaidBefore = (finding: Finding) => Pick<StoredVerdict, 'verdict' | 'verdicts'> | null;

export interface Asked {
  /** In the order of those given. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly string[];
}

/** Findings are reported also when nobody could be asked, for want of credentials say; then that is a fault. */
export const ask = async (
  findings: readonly Finding[],
  { asking, secrets, signal, progress }: AskOptions,
  saidBefore: SaidBefore,
): Promise<Asked> => {
  const skipped: Skipped[] = [];
  const notes: string[] = [];
  if ((!asking.inventory && !asking.probe) || findings.length === 0 || signal.aborted)
    return { findings, skipped, notes };
  const tell: Tell = (what, sentence) =>
    what === 'note' ? void notes.push(sentence) : void skipped.push(notAsked(sentence));
  const filled = findings.map(secrets.fill);
  const isWithout = ({ secret, secretSha256 }: Finding): boolean =>
    asking.probe && secret === null && secretSha256 !== null;
  // A pair that was probed before this run was interrupted is not read again: what STS said of it stands.
  const probed = findings.map((finding, index) =>
    isWithout(filled[index] ?? finding) ? probedOf(saidBefore(finding)) : null,
  );
  const without = filled.filter(
    (finding, index) => isWithout(finding) && probed[index] === null && mayBeAsked(finding),
  );
  if (without.length > 0) {
    notes.push(
      `${amount(without.length)} ${without.length === 1 ? 'key was' : 'keys were'} not probed, since the secret is not at hand: ${
        without.length === 1 ? 'its repository' : 'their repositories'
      } could not be read this time.`,
    );
  }
  try {
    const { withVerdicts, judged: judgedBy } = await import('../verdicts.js');
    const toAsk = filled.filter((_, index) => (probed[index] ?? null) === null);
    const answers = (await withVerdicts(toAsk, { asking, signal, progress, tell })).values();
    const judged = filled.map((finding, index) => {
      const before = probed[index] ?? null;
      return before === null ? (answers.next().value ?? finding) : judgedBy(finding, before.verdict, before.verdicts);
    });
    // Whether a token is at hand is no part of what is reported.
    return {
      findings: judged.map((finding, index) => ({
        ...finding,
        token: finding.token ?? findings[index]?.token ?? null,
      })),
      skipped,
      notes,
    };
  } catch (error) {
    if (!(error instanceof AkscanError)) throw error;
    tell('fault', [error.message, ...(error.hint === null ? [] : [error.hint])].join(' '));
    return { findings, skipped, notes };
  }
};

const probedOf = (said: ReturnType<SaidBefore>): ReturnType<SaidBefore> =>
  said?.verdicts.some(({ how }) => how === 'probe') === true ? said : null;

export const verdictsOf = (
  before: readonly Finding[],
  after: readonly Finding[],
  credentials: ReadonlyMap<Finding, string>,
): Parameters<Store['saveVerdicts']>[1] =>
  after.flatMap(({ verdict, verdicts }, index) => {
    const finding = before[index];
    const credential = finding === undefined ? undefined : credentials.get(finding);
    return credential === undefined || verdict.state === 'unchecked' ? [] : [{ credential, verdict, verdicts }];
  });

/** What an answer may have repeated, and nobody is to keep. */
export const valuesOf = (findings: readonly Finding[]): readonly (string | null)[] =>
  findings.flatMap(({ secret, token }) => [secret, token]);
