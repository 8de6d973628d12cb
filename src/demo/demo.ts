// The demo: a made-up company's repository, a simulated cloud, and the real command line run on both in front of the
// visitor. At the end it reads the reports of those runs and says whether everything that had to be seen was seen.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import picocolors from 'picocolors';
import { wrap } from '../report/wrap.js';
import { startSimulator } from '../simulator/server.js';
import {
  activityProblem,
  type Check,
  checkPlaces,
  checkVerdicts,
  containmentProblem,
  findingsOf,
  restoreProblem,
  verdictProblem,
} from './check.js';
import { COMPANY, keys, worldAt } from './company.js';
import { expectations } from './expected.js';
import { buildRepository } from './repository.js';
import { openTheatre, play, type Theatre } from './stage.js';

export interface DemoOptions {
  /** The program's own file, run again by the same Node for every command shown. */
  readonly program: string;
  readonly colour: boolean;
  readonly signal: AbortSignal;
  readonly write: (text: string) => void;
}

/** @returns 0 when every expected outcome was seen, 1 when not */
export const playDemo = async (options: DemoOptions): Promise<number> => {
  const theatre = openTheatre();
  try {
    return await scenes(theatre, options);
  } finally {
    theatre.remove();
  }
};

const scenes = async (theatre: Theatre, { program, colour, signal, write }: DemoOptions): Promise<number> => {
  const { bold, cyan, dim, green, red } = picocolors.createColors(colour);
  const now = Date.now();
  const say = (...lines: readonly string[]): void => write(`${lines.join('\n')}\n`);
  const act = (number: number, title: string, ...lines: readonly string[]): void =>
    say('', bold(cyan(`${number}  ${title}`)), ...lines.map((line) => dim(`   ${line}`)));

  say(
    bold('akscan demo'),
    dim('The company, its keys and its cloud are made up.'),
    dim('Nothing leaves this machine, and nothing stays on it.'),
  );

  await buildRepository({ folder: theatre.repository, env: theatre.env, now, signal });
  const world = worldAt(now);
  const simulator = await startSimulator(world);
  try {
    const env = {
      ...theatre.env,
      ...(colour ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
      AKSCAN_ENDPOINT_RAM: simulator.url,
      AKSCAN_ENDPOINT_IMS: simulator.url,
      AKSCAN_ENDPOINT_STS: simulator.url,
      AKSCAN_ENDPOINT_ACTIONTRAIL: simulator.url,
      AKSCAN_ENDPOINT_SAS: simulator.url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: keys.auditor.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.auditor.secret,
    };
    const cwd = theatre.repository;
    const shown = (name: string, args: readonly string[]): void =>
      say('', `${green('$')} ${bold(inLines([name, ...args]))}`, '');
    const runAs = (who: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<number | null> => {
      shown('akscan', args);
      return play({ command: process.execPath, args: [program, ...args], cwd, env: { ...env, ...who }, signal });
    };
    const run = (...args: readonly string[]): Promise<number | null> => runAs({}, ...args);
    /** Runs akscan and reads what it reported. */
    const akscan = async (report: string, ...args: readonly string[]) => {
      const code = await run(...args, '--report', `jsonl=../${report}`);
      const text = await readFile(path.join(theatre.folder, report), 'utf8').catch(() => '');
      return { code, findings: findingsOf(text) };
    };

    act(
      1,
      "A small company's repository",
      'Three people, a year of work, one merge, and a stash that somebody forgot.',
    );
    shown('git', ['log', '--oneline', '--graph', '--all']);
    const graph = ['log', '--oneline', '--graph', '--all', '--decorate', `--color=${colour ? 'always' : 'never'}`];
    await play({ command: 'git', args: ['--no-pager', ...graph], cwd, env: theatre.env, signal });

    act(2, 'What leaked?', 'The files and every object of the history. Nobody is asked anything yet.');
    const plain = await akscan('found.jsonl');

    act(
      3,
      'What is alive, and whose is it?',
      "--verify looks each ID up with the auditor's own credentials,",
      '--probe lets each leaked pair ask STS who it is.',
      `AKSCAN_ENDPOINT_* point to a simulated Alibaba Cloud, ${simulator.url},`,
      'which checks real signatures.',
    );
    const verified = await akscan('verified.jsonl', '--verify', '--probe');

    act(
      4,
      'One ID in hand',
      'As in the middle of an incident: an ID from a log, no secret, no repository.',
      '--activity reads what the key did, from ActionTrail.',
    );
    const single = await akscan('one.jsonl', 'verify', keys.admin.id, '--activity');

    act(
      5,
      'The account',
      "Alibaba Cloud's own list of leaked keys, beside what the scan found,",
      'and how the account keeps its keys.',
    );
    const account = await run('account', '--leaked', '../verified.jsonl');

    act(
      6,
      'Switching it off, without breaking the wrong thing',
      'The operator has the rights for it. First the plan: nothing is done',
      'without --yes. A key in use, a root key and what is not ours stay.',
    );
    const operator = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: keys.operator.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.operator.secret,
    };
    const acting = ['--yes', '--account', COMPANY];
    const log = path.join(theatre.env['HOME'] ?? theatre.folder, '.local', 'state', 'akscan', 'containment.jsonl');
    const status = (): string | undefined =>
      world.accounts.flatMap(({ users }) => users.flatMap((user) => user.keys)).find(({ id }) => id === keys.reports.id)
        ?.status;
    const planned = await runAs(operator, 'disable', '../verified.jsonl');
    const plannedStatus = status();
    const disabled = await runAs(operator, 'disable', '../verified.jsonl', '--only', 'report-runner', ...acting);
    const disabledStatus = status();
    const record = await readFile(log, 'utf8').catch(() => '');

    act(7, 'And back', 'From the record of what was done, line by line, each bound to the one before.');
    const restored = await runAs(operator, 'restore', ...acting);

    const checks: readonly Check[] = [
      ...checkVerdicts(verified.findings),
      { what: 'the same places without asking anybody', problem: firstProblem(checkPlaces(plain.findings)) },
      {
        what: 'the owner of one ID in hand, and the way back in that an intruder made',
        problem: singleProblem(single.findings),
      },
      {
        what: 'a leaked key switched off, and STS as the witness',
        problem:
          containmentProblem(record, simulator.requests) ??
          statusProblem([plannedStatus, disabledStatus], ['Active', 'Inactive']),
      },
      {
        what: 'and brought back',
        problem: restoreProblem(simulator.requests) ?? statusProblem([status()], ['Active']),
      },
      {
        what: 'exit code 1 while there is something to do, 0 when it was done',
        problem: codeProblem(
          [plain.code, verified.code, single.code, account, planned, disabled, restored],
          [1, 1, 1, 1, 1, 0, 0],
        ),
      },
      { what: 'no request with a leaked key but to STS', problem: misuse(simulator.requests) },
    ];
    say('', bold(cyan('What was to be seen')));
    for (const { what, problem } of checks) {
      say(problem === null ? `   ${green('✓')} ${what}` : `   ${red('✗')} ${what}: ${red(problem)}`);
    }
    const isSeen = checks.every(({ problem }) => problem === null);
    say(
      '',
      isSeen
        ? `Now your own: ${bold('akscan')} in a repository,\n${bold('akscan --verify')} with credentials of your account.`
        : red('Not everything was seen: this is a defect of akscan, please report it.'),
    );
    return isSeen ? 0 : 1;
  } finally {
    await simulator.close();
  }
};

/** A command as it may be typed, in lines that fit: an option stays beside its value. */
const inLines = (words: readonly string[]): string =>
  wrap(words.join(' ').replace(/( --(?!yes )\S+) (?!-)/g, '$1\0'), 78)
    .join(' \\\n    ')
    .replaceAll('\0', ' ');

const firstProblem = (checks: readonly Check[]): string | null => {
  const failed = checks.find(({ problem }) => problem !== null);
  return failed === undefined ? null : `${failed.what}: ${failed.problem}`;
};

const singleProblem = (findings: Parameters<typeof verdictProblem>[1]): string | null => {
  const expected = expectations.find(({ accessKeyId }) => accessKeyId === keys.admin.id);
  if (expected === undefined) return 'nothing was expected';
  return verdictProblem(expected, findings) ?? activityProblem(findings[0]?.verdict.activity, keys.intruder.id);
};

const codeProblem = (codes: readonly (number | null)[], wanted: readonly number[]): string | null =>
  codes.join() === wanted.join() ? null : `they were ${codes.join(', ')}`;

const statusProblem = (seen: readonly (string | undefined)[], wanted: readonly string[]): string | null =>
  seen.join() === wanted.join() ? null : `the account has it ${seen.join(', then ')}`;

/** The company's own ask RAM, IMS and ActionTrail; a leaked key may only ever ask STS who it is. */
const misuse = (
  requests: readonly { readonly accessKeyId: string | null; readonly action: string }[],
): string | null => {
  const wrong = requests.find(
    ({ accessKeyId, action }) =>
      accessKeyId !== keys.auditor.id && accessKeyId !== keys.operator.id && action !== 'GetCallerIdentity',
  );
  if (wrong !== undefined) return `${wrong.action} was sent`;
  return requests.some(({ accessKeyId }) => accessKeyId === keys.root.id) ? null : 'the root pair was never probed';
};
