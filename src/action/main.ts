// The GitHub Action. The runner starts it in the workspace, with inputs and the event in the environment (action.yml); what it finds
// becomes annotations, a summary, files, outputs and a comment.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withRun } from '../commands/run.js';
import { AkscanError, reasonOf } from '../errors.js';
import { checkDestinations } from '../report/deliver.js';
import { type ExitCode, exitCodeOf } from '../report/exit-code.js';
import { annotation, createRunner, type Runner } from './commands.js';
import type { Commented } from './comment.js';
import { readEvent } from './event.js';
import { readInputs } from './inputs.js';
import { judge } from './judge.js';
import { comment, destinationsOf, tell } from './tell.js';

/** Judges what the event names, and sets the exit code: the runner fails a step for any but 0. */
export const run = async (): Promise<void> => {
  const runner = createRunner(process.env, (text) => void process.stdout.write(text));
  try {
    process.exitCode = await withRun('quiet', ({ signal, seconds }) => judgeEvent(runner, signal, seconds));
  } catch (error) {
    runner.print(annotation('error', sentenceOf(error)));
    process.exitCode = 2;
  }
};

const sentenceOf = (error: unknown): string => {
  if (error instanceof AkscanError) {
    return [error, ...error.also]
      .flatMap(({ message, hint }) => (hint === null ? [message] : [message, hint]))
      .join(' ');
  }
  return `A defect in akscan: ${reasonOf(error)}`;
};

const judgeEvent = async (runner: Runner, signal: AbortSignal, seconds: () => number): Promise<ExitCode> => {
  const { env } = process;
  // The runner starts a step there; other programs that run actions may not.
  process.chdir(env['GITHUB_WORKSPACE'] || '.');
  const workspace = process.cwd();
  const inputs = readInputs(env);
  const happened = readEvent(env, inputs);
  const { asked, pullRequest } = happened;
  if (asked.kind === 'nothing') {
    runner.print(`akscan has nothing to judge: ${asked.because}.\n`);
    for (const name of ['findings', 'live', 'root']) runner.output(name, '0');
    return 0;
  }
  const folder = mkdtempSync(path.join(realpathSync(env['RUNNER_TEMP'] || tmpdir()), 'akscan-'));
  const scratch = path.join(folder, 'git');
  const destinations = destinationsOf(inputs.formats, { workspace, folder });
  checkDestinations(destinations);
  try {
    const judged = await judge({ ...happened, asked }, { inputs, env, folder: scratch, signal });
    const markdown = await tell(judged, { runner, env, destinations, seconds: seconds(), signal });
    const commented = comment(judged.report, { inputs, env, pullRequest, markdown, signal });
    // What was found is told; a comment less changes nothing.
    runner.print(wordsOf(await commented.catch((error) => ({ kind: 'skipped', because: reasonOf(error) }))));
    return exitCodeOf(judged.report, judged.failOn);
  } finally {
    process.chdir(workspace);
    rmSync(scratch, { recursive: true, force: true });
  }
};

const wordsOf = (commented: Commented | null): string => {
  if (commented === null) return '';
  return commented.kind === 'done' ? `Comment: ${commented.what}.\n` : `No comment: ${oneLine(commented.because)}.\n`;
};

/** A line that began with `::` would be a command. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
