// A simulated company whose leaked keys the program as it ships switches off, and what the server saw of it. The operator may
// do everything; what was changed is told by the server's own record of requests.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import type { SimulatedAccount, SimulatedKey, World } from '../../src/simulator/world.js';
import { akscan, type Ran, type RunOptions } from './akscan.js';
import { temporaryFolder, write } from './repository.js';
import { newKey, newUser, type TestCloud, testCloud } from './world.js';

export const UID = '1234567890123456';
export const OTHER_UID = '6543210987654321';

export interface Scene {
  readonly cloud: TestCloud;
  readonly account: SimulatedAccount;
  /** The world, to be changed while it is used. */
  readonly world: TestCloud['world'];
  readonly operator: SimulatedKey;
  readonly simulator: Simulator;
  readonly env: Readonly<Record<string, string>>;
  /** Where the log is kept without --log. */
  readonly log: string;
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** `akscan disable ... --format json` as it was printed. */
  disable(args: readonly string[], options?: RunOptions): Promise<Told>;
  /** Every request that would change a key, carried out or not: `UpdateAccessKey ID Inactive`. */
  changes(): readonly string[];
}

export interface Told extends Ran {
  /** By ID: what was decided, and what became of it: `act off`, `refused own-key still-live`. */
  readonly keys: Readonly<Record<string, string>>;
  readonly json: Readonly<Record<string, unknown>>;
}

/** For keys with `signer` in the environment: the operator's without. */
export const endpointsIn = (url: string): Readonly<Record<string, string>> =>
  Object.fromEntries(['RAM', 'IMS', 'STS', 'ACTIONTRAIL', 'SAS'].map((name) => [`AKSCAN_ENDPOINT_${name}`, url]));

export const signedBy = ({ id, secret }: SimulatedKey): Readonly<Record<string, string>> => ({
  ALIBABA_CLOUD_ACCESS_KEY_ID: id,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
});

export const newScene = async (change: (cloud: TestCloud) => void = () => {}): Promise<Scene> => {
  const cloud = testCloud();
  const operator = newKey();
  cloud.account.users.push(newUser('operator', { id: '290000000000000077', keys: [operator], allow: ['*'] }));
  change(cloud);
  const { world } = cloud;
  const simulator = await startSimulator(world as World);
  onTestFinished(() => simulator.close());
  const state = path.join(temporaryFolder(), 'state');
  const home = path.join(temporaryFolder(), 'home');
  mkdirSync(home);
  const env = { ...endpointsIn(simulator.url), ...signedBy(operator), XDG_STATE_HOME: state, HOME: home };
  const run = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
    akscan(args, { ...options, env: { ...env, ...options.env } });
  return {
    cloud,
    account: cloud.account,
    world,
    operator,
    simulator,
    env,
    log: path.join(state, 'akscan', 'containment.jsonl'),
    run,
    disable: async (args, options) => told(await run(['disable', ...args, '--format', 'json'], options)),
    changes: () => changesIn(simulator),
  };
};

const READING = /^(?:Get|List|Lookup|Describe|Generate|AssumeRole)/;

export const changesIn = ({ requests }: Simulator): readonly string[] =>
  requests
    .filter(({ action }) => !READING.test(action))
    .map(({ action, parameters: { UserAccessKeyId, Status } }) =>
      [action, UserAccessKeyId, Status].filter((part) => part !== undefined).join(' '),
    );

interface KeyInJson {
  readonly accessKeyId: string;
  readonly decision: { readonly kind: string; readonly guard?: string };
  readonly fate: string;
}

const told = (ran: Ran): Told => {
  const json = (ran.stdout === '' ? { keys: [] } : JSON.parse(ran.stdout)) as { readonly keys: readonly KeyInJson[] };
  const words = ({ decision: { kind, guard }, fate }: KeyInJson): readonly [string, string] => [
    kind,
    [guard, fate].filter((part) => part !== undefined).join(' '),
  ];
  return {
    ...ran,
    json: { ...json },
    keys: Object.fromEntries(json.keys.map((key) => [key.accessKeyId, words(key).join(' ')])),
  };
};

/** One file for each pair. @returns the folder */
export const planted = (...pairs: readonly { readonly id: string; readonly secret: string }[]): string => {
  const folder = temporaryFolder();
  const files = pairs.map(({ id, secret }, index): readonly [string, string] => [
    `service-${index}.env`,
    `ALIYUN_ACCESS_KEY_ID=${id}\nALIYUN_ACCESS_KEY_SECRET=${secret}\n`,
  ]);
  write(folder, Object.fromEntries(files));
  return folder;
};

/** A report in jsonl of what is in the folder, beside which it lies. */
export const reportOn = async (folder: string, ...options: readonly string[]): Promise<string> => {
  const report = path.join(temporaryFolder(), 'report.jsonl');
  const ran = await akscan([folder, '--format', 'jsonl', '--output', report, ...options]);
  if (!existsSync(report)) throw new Error(`no report: ${ran.stderr}`);
  return report;
};

/** The types of a log's lines, those of the first run, then of the next: `begin intent answer state end`. */
export const runsIn = (log: string): readonly string[] => {
  const runs = new Map<string, string[]>();
  for (const { run, type, recovered } of logLines(log)) {
    const word = recovered === true ? `${type}-recovered` : type;
    const known = runs.get(run);
    if (known === undefined) runs.set(run, [word]);
    else known.push(word);
  }
  return [...runs.values()].map((types) => types.join(' '));
};

export interface LoggedLine {
  readonly run: string;
  readonly type: string;
  readonly recovered?: true;
  readonly key?: string;
  readonly after?: { readonly status: string } | null;
  readonly [member: string]: unknown;
}

export const logLines = (log: string): readonly LoggedLine[] =>
  existsSync(log)
    ? readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LoggedLine)
    : [];

/** By ID: on, off, or not among any user's. */
export const statusOf = (account: SimulatedAccount, id: string): string =>
  [...account.rootKeys, ...account.users.flatMap(({ keys }) => keys)].find((key) => key.id === id)?.status ??
  (account.recycleBin.some((key) => key.id === id) ? 'recycled' : 'gone');
