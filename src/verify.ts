// Asks about findings that an earlier run reported, or about one ID, and gives a report of the same form.

import type { Tell } from './cloud/types.js';
import { fingerprintOf, sha256 } from './findings/fingerprint.js';
import type { Finding, Report, Skipped } from './findings/model.js';
import { nextStepOf } from './findings/next-step.js';
import { severityOf } from './findings/severity.js';
import { NOTHING_SUPPRESSED, notAsked, reportOf } from './findings/summary.js';
import type { AskOptions } from './verdicts.js';

/** One credential in hand; the secret where it is known. */
export interface KnownCredential {
  readonly accessKeyId: string;
  readonly secret: string | null;
  readonly token: string | null;
}

/** A finding that was never found: no places, target as given. */
export const findingFor = (credential: KnownCredential): Finding => {
  const { accessKeyId, secret, token } = credential;
  const kind = secret === null ? 'id-only' : accessKeyId.startsWith('STS.') ? 'sts' : 'pair';
  const verdict = { state: 'unchecked', how: null } as const;
  const judged = { kind, confidence: 'high', verdict } as const;
  return {
    type: 'finding',
    schema: 1,
    rule: 'given',
    kind,
    target: '',
    accessKeyId,
    secret,
    token,
    secretSha256: secret === null ? null : sha256(secret),
    fingerprint: fingerprintOf(accessKeyId, secret),
    confidence: 'high',
    severity: severityOf(judged),
    occurrences: [],
    verdict,
    verdicts: [],
    next: nextStepOf(judged),
  };
};

/**
 * @param findings as read from a report (src/report/read.ts) or made by `findingFor`
 * @param options `notes`: what a person should know of where they come from; `lacks`: why they may not be all, a fault
 * @throws AkscanError when the auditor's own credentials are needed and not there
 */
export const verifyFindings = async (
  findings: readonly Finding[],
  options: AskOptions & { readonly notes?: readonly string[]; readonly lacks?: readonly string[] },
): Promise<Report> => {
  const notes = [...(options.notes ?? [])];
  const complete = options.asking.probe ? await withSecrets(findings, notes, options.signal) : findings;
  const { withVerdicts } = await import('./verdicts.js');
  const skipped: Skipped[] = (options.lacks ?? []).map(notAsked);
  const tell: Tell = (what, sentence) =>
    what === 'note' ? void notes.push(sentence) : void skipped.push(notAsked(sentence));
  const asked = await withVerdicts(complete, { ...options, tell });
  return reportOf(
    asked,
    { skipped, skippedCounts: { fault: skipped.length, limit: 0 }, counts: { files: 0, objects: 0, bytes: 0 } },
    { suppressed: NOTHING_SUPPRESSED, notes, interrupted: options.signal.aborted },
  );
};

/**
 * Reports hold no secrets: each is read again where it was found, with its token, and believed only when its SHA-256 is
 * the recorded one.
 */
const withSecrets = async (
  findings: readonly Finding[],
  notes: string[],
  signal: AbortSignal,
): Promise<readonly Finding[]> => {
  const complete: Finding[] = [];
  const missing: string[] = [];
  for (const finding of findings) {
    const again = signal.aborted ? null : await secretOf(finding);
    if (again === null && finding.secretSha256 !== null && !signal.aborted) {
      missing.push(finding.accessKeyId ?? finding.fingerprint.slice(0, 16));
    }
    complete.push({ ...finding, secret: again?.secret ?? null, token: again?.token ?? finding.token });
  }
  if (missing.length > 0) notes.push(notAtHand(missing));
  return complete;
};

/** Keys that the note names; the rest is a number. */
const NAMED = 5;

/** One note, however many: a report may have been moved away from all that it speaks of. */
const notAtHand = (missing: readonly string[]): string => {
  const more = missing.length - NAMED;
  const names = `${missing.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `${names}: secret not at hand, so ${missing.length === 1 ? 'it was' : 'they were'} not probed.`;
};

const secretOf = async (
  finding: Finding,
): Promise<{ readonly secret: string; readonly token: string | null } | null> => {
  const { secret, token, secretSha256 } = finding;
  if (secretSha256 === null) return null;
  if (secret !== null && sha256(secret) === secretSha256) return { secret, token };
  const { rereadSecret } = await import('./sources/reread.js');
  return rereadSecret(finding, { detector: { minConfidence: 'low' } });
};
