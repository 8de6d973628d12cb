// `akscan verify`: verdicts for the findings of a report, or for IDs in hand.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { AkscanError } from '../errors.js';
import type { Finding } from '../findings/model.js';
import { checkDestinations } from '../report/deliver.js';
import { findingFor, verifyFindings } from '../verify.js';
import { conclude } from './conclude.js';
import {
  type AskOptions,
  askingOf,
  destinationsOf,
  failOnOf,
  failOnOption,
  type OutputOptions,
  withAskOptions,
  withOutputOptions,
} from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface VerifyFlags extends OutputOptions, AskOptions, TalkOptions {
  readonly failOn?: string;
  readonly secretStdin?: true;
  readonly explain?: true;
}

const EXAMPLES = `
Examples:
  akscan verify report.jsonl                   look the IDs of a report up with your own credentials
  akscan verify report.jsonl --probe           re-read the secrets where they were found, and ask STS
  akscan verify report.jsonl --probe --explain what that would ask, of whom; nothing is sent
  akscan verify LTAI...                        one ID
  pass show key | akscan verify LTAI... --secret-stdin --probe
  AKSCAN_SECRET=... akscan verify LTAI... --probe

Neither --verify nor --probe: --verify. A secret is taken from standard input or from AKSCAN_SECRET (for STS keys
the token from AKSCAN_SECURITY_TOKEN), never from the command line, where process lists and histories keep it.

Exit codes: 0 no key asked about that --fail-on names, 1 some, 2 nobody could be asked or the call was
wrong, 130 stopped by Ctrl-C.`;

export const declareVerify = (command: Command, finish: Finish): void => {
  command
    .description("Asks whether a report's keys, or single IDs, are alive, whose they are, and which are root keys.")
    .argument('<report|id...>', 'reports in jsonl or json, - for one on standard input, AccessKey IDs')
    .option('--secret-stdin', 'read the secret of the one ID from standard input')
    .option('--explain', 'list the hosts and operations that would be asked, and who signs; send nothing')
    .addOption(failOnOption('live'));
  withOutputOptions(command);
  withAskOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((targets: readonly string[], flags: VerifyFlags) => finish(verifyCommand(targets, flags)));
};

const verifyCommand = (targets: readonly string[], flags: VerifyFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const destinations = destinationsOf(flags);
    checkDestinations(destinations);
    const asked = flags.verify === true || flags.probe === true || flags.probeId === true;
    const asking = await askingOf(asked ? flags : { ...flags, verify: true });
    const failOn = failOnOf(flags.failOn ?? 'live', asking);
    const findings = await findingsOf(targets, flags);
    if (flags.explain === true) return explained(findings, asking, flags);
    const report = await verifyFindings(findings, { asking, signal: run.signal, progress: run.progress });
    return conclude(report, { destinations, failOn, flags, run });
  });

const explained = async (
  findings: readonly Finding[],
  asking: Awaited<ReturnType<typeof askingOf>>,
  { format, output, report }: VerifyFlags,
): Promise<number> => {
  if ((format !== 'text' && format !== 'json') || report !== undefined) {
    throw new AkscanError(
      '--explain makes no report: it is written as text or json.',
      'Add --format json, or neither.',
    );
  }
  const [{ explain }, { resolveEndpoints }, { explanationInText }, { put }] = await Promise.all([
    import('../cloud/explain.js'),
    import('../cloud/endpoints.js'),
    import('../report/explanation.js'),
    import('../report/deliver.js'),
  ]);
  const explanation = explain(findings, asking, resolveEndpoints(asking.endpoints, process.env));
  const pieces = format === 'json' ? [`${JSON.stringify(explanation, null, 2)}\n`] : explanationInText(explanation);
  await put(pieces, output ?? null, 'masked');
  return 0;
};

/** The shape of an ID on the command line: `LTAI` or `STS.`, or 16 alphanumerics from before there was a prefix. */
const ID = /^(?:LTAI[0-9A-Za-z]{12,26}|STS\.[0-9A-Za-z]{16,40}|[0-9A-Za-z]{16})$/;

/**
 * A secret of 30 characters or more, or a token, alone or glued to an ID (`ID:SECRET`, `secret=...`); not a missing
 * report named by a hash.
 */
const SECRET = /^(?!.*\.jsonl?$)(?:.*[^0-9A-Za-z])?(?:[0-9A-Za-z]{30,64}|CAIS[\w+/=-]{16,})(?![0-9A-Za-z])/;

const findingsOf = async (targets: readonly string[], flags: VerifyFlags): Promise<readonly Finding[]> => {
  const kinds = targets.map((target) => ({ target, isId: ID.test(target) && !existsSync(target) }));
  // Not echoed: it is already in one place too many.
  if (kinds.some(({ target, isId }) => !isId && SECRET.test(target) && !existsSync(target))) {
    throw new AkscanError(
      'A secret is never taken from the command line, where process lists and shell histories keep it.',
      'Pass it with --secret-stdin or in AKSCAN_SECRET, and replace the one just typed.',
    );
  }
  const ids = kinds.filter(({ isId }) => isId);
  const secret = await secretFor(ids.length, flags);
  const findings: Finding[] = [];
  for (const { target, isId } of kinds) {
    if (isId) findings.push(findingFor({ accessKeyId: target, secret, token: tokenOf(secret) }));
    else findings.push(...(await (await import('../report/read.js')).readReport(target)));
  }
  return findings;
};

const tokenOf = (secret: string | null): string | null =>
  secret === null ? null : process.env['AKSCAN_SECURITY_TOKEN'] || null;

const secretFor = async (ids: number, flags: VerifyFlags): Promise<string | null> => {
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
