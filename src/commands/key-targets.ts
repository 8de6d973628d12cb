// Keys as they are named on a command line: reports of earlier runs, or IDs in hand with their secrets beside the line.

import { existsSync } from 'node:fs';
import { AkscanError } from '../errors.js';
import { hasIdShape } from '../findings/asked.js';
import type { Finding } from '../findings/model.js';
import type { FindingsRead } from '../report/read.js';
import { findingFor } from '../verify.js';

export interface KeyFlags {
  readonly secretStdin?: true;
}

/** `refused`: an empty report is rather the end of a run that failed. */
type EmptyReports = 'accepted' | 'refused';

/** Begins as an ID does, in whatever case. */
const LIKE_ID = /^(?:LTAI|STS\.)[0-9A-Z]*$/i;

/** On the command line: of a shape that is searched for, or 16 alphanumerics from before there was a prefix. */
const isIdShaped = (text: string): boolean =>
  hasIdShape(text) || (/^[0-9A-Za-z]{16}$/.test(text) && !LIKE_ID.test(text));

/**
 * A secret of 30 characters or more, or a token, alone or glued to an ID (`ID:SECRET`, `secret=...`); not a missing
 * report named by a hash.
 */
const SECRET = /^(?!.*\.jsonl?$)(?:.*[^0-9A-Za-z])?(?:[0-9A-Za-z]{30,64}|CAIS[\w+/=-]{16,})(?![0-9A-Za-z])/;

/** @throws AkscanError for a report that cannot be read, for what is nearly an ID, and for a secret among the arguments */
export const findingsOf = async (
  targets: readonly string[],
  flags: KeyFlags,
  empty: EmptyReports = 'accepted',
): Promise<Omit<FindingsRead, 'isEmpty'>> => {
  const kinds = [...new Set(targets)].map((target) => ({ target, isId: isIdShaped(target) && !existsSync(target) }));
  // Not echoed: it is already in one place too many.
  if (kinds.some(({ target, isId }) => !isId && SECRET.test(target) && !existsSync(target))) {
    throw new AkscanError(
      'A secret is never taken from the command line, where process lists and shell histories keep it.',
      'Pass it with --secret-stdin or in AKSCAN_SECRET, and replace the one just typed.',
    );
  }
  const odd = kinds.find(({ target, isId }) => !isId && LIKE_ID.test(target) && !existsSync(target));
  if (odd !== undefined) {
    throw new AkscanError(
      `${odd.target} is no AccessKey ID, and no report of that name is there.`,
      'An ID is LTAI and 12 or 20 letters and digits, or STS. and 20 to 28, in capitals and small letters as they are.',
    );
  }
  const ids = kinds.filter(({ isId }) => isId);
  const secret = await secretFor(ids.length, flags);
  const findings: Finding[] = [];
  const notes: string[] = [];
  const lacks: string[] = [];
  for (const { target, isId } of kinds) {
    if (isId) {
      findings.push(findingFor({ accessKeyId: target, secret, token: tokenOf(secret) }));
      continue;
    }
    const { readReport } = await import('../report/read.js');
    const read = await readReport(target);
    if (read.isEmpty === true && empty === 'refused') {
      throw new AkscanError(
        `${target === '-' ? '<stdin>' : target} is empty, so no key was named.`,
        'Make a report with akscan --format jsonl, or name an AccessKey ID.',
      );
    }
    findings.push(...read.findings);
    notes.push(...read.notes);
    lacks.push(...read.lacks);
  }
  return { findings, notes, lacks };
};

const tokenOf = (secret: string | null): string | null =>
  secret === null ? null : process.env['AKSCAN_SECURITY_TOKEN'] || null;

const secretFor = async (ids: number, flags: KeyFlags): Promise<string | null> => {
  const fromEnv = process.env['AKSCAN_SECRET'] || null;
  if (flags.secretStdin !== true && fromEnv === null) return null;
  if (ids !== 1) {
    if (flags.secretStdin !== true && ids === 0) return null;
    throw new AkscanError(`A secret goes with one ID, and ${ids} were given.`);
  }
  const secret = flags.secretStdin === true ? await firstLineOfStdin() : fromEnv;
  if (secret === null || !/^[\x21-\x7E]{1,256}$/.test(secret)) {
    throw new AkscanError('The secret is empty or holds characters that no secret has.');
  }
  return secret;
};

/** At most a few hundred bytes are wanted; whatever follows the first line is not read. */
const firstLineOfStdin = async (): Promise<string> => {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n') || text.length > 4096) break;
  }
  return (text.split('\n', 1)[0] ?? '').trim();
};
