// The demo: a made-up company's repository, a simulated cloud, and the real command line run on both in front of the
// visitor. At the end it reads the reports of those runs and says whether everything that had to be seen was seen.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import picocolors from 'picocolors';
import { startSimulator } from '../simulator/server.js';
import { activityProblem, type Check, checkPlaces, checkVerdicts, findingsOf, verdictProblem } from './check.js';
import { keys, worldAt } from './company.js';
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
  const simulator = await startSimulator(worldAt(now));
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
      say('', `${green('$')} ${bold([name, ...args].join(' '))}`, '');
    const run = (...args: readonly string[]): Promise<number | null> => {
      shown('akscan', args);
      return play({ command: process.execPath, args: [program, ...args], cwd, env, signal });
    };
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
    const log = ['log', '--oneline', '--graph', '--all', '--decorate', `--color=${colour ? 'always' : 'never'}`];
    await play({ command: 'git', args: ['--no-pager', ...log], cwd, env: theatre.env, signal });

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

    const checks: readonly Check[] = [
      ...checkVerdicts(verified.findings),
      { what: 'the same places without asking anybody', problem: firstProblem(checkPlaces(plain.findings)) },
      {
        what: 'the owner of one ID in hand, and the way back in that an intruder made',
        problem: singleProblem(single.findings),
      },
      {
        what: 'exit code 1 each time: there is something to do',
        problem: codeProblem([plain.code, verified.code, single.code, account]),
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

const firstProblem = (checks: readonly Check[]): string | null => {
  const failed = checks.find(({ problem }) => problem !== null);
  return failed === undefined ? null : `${failed.what}: ${failed.problem}`;
};

const singleProblem = (findings: Parameters<typeof verdictProblem>[1]): string | null => {
  const expected = expectations.find(({ accessKeyId }) => accessKeyId === keys.admin.id);
  if (expected === undefined) return 'nothing was expected';
  return verdictProblem(expected, findings) ?? activityProblem(findings[0]?.verdict.activity, keys.intruder.id);
};

const codeProblem = (codes: readonly (number | null)[]): string | null =>
  codes.every((code) => code === 1) ? null : `they were ${codes.join(', ')}`;

/** The auditor asks RAM, IMS and ActionTrail; a leaked key may only ever ask STS who it is. */
const misuse = (
  requests: readonly { readonly accessKeyId: string | null; readonly action: string }[],
): string | null => {
  const wrong = requests.find(
    ({ accessKeyId, action }) => accessKeyId !== keys.auditor.id && action !== 'GetCallerIdentity',
  );
  if (wrong !== undefined) return `${wrong.action} was sent`;
  return requests.some(({ accessKeyId }) => accessKeyId === keys.root.id) ? null : 'the root pair was never probed';
};
