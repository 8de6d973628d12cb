// The demo company's cloud for as long as somebody wants it: every command that asks a cloud can be tried against it.

import { setTimeout as wait } from 'node:timers/promises';
import { AkscanError, reasonOf } from '../errors.js';
import { failing, type NamedFault } from '../simulator/faults.js';
import { type ReceivedRequest, type Simulator, type SimulatorOptions, startSimulator } from '../simulator/server.js';
import { readState, writeState } from '../simulator/state.js';
import type { World } from '../simulator/world.js';
import { keys, worldAt } from './company.js';
import { expectations } from './expected.js';

export interface ServeOptions {
  /** Any free port without. */
  readonly port?: number;
  /** Where the cloud is kept from one run to the next. */
  readonly state?: string;
  readonly fault?: { readonly fault: NamedFault; readonly action?: string };
  readonly latencyMs?: number | readonly [number, number];
  readonly quotas?: 'real';
  readonly signal: AbortSignal;
  /** To paste into a shell. */
  readonly write: (text: string) => void;
  /** For people. */
  readonly say: (text: string) => void;
}

const SAVE_EVERY_MS = 5_000;

/** Serves until the signal comes. @throws AkscanError for a port or a state that cannot be used */
export const serveDemo = async (options: ServeOptions): Promise<void> => {
  const { state: file, fault, latencyMs, quotas, signal, write, say } = options;
  const earlier = file === undefined ? null : readState(file);
  const world: World = {
    accounts: earlier?.accounts ?? worldAt(Date.now()).accounts,
    ...(fault === undefined ? {} : { fault: failing(fault.fault, fault.action) }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(quotas === undefined ? {} : { quotas }),
  };
  let saved = -1;
  let received = 0;
  const watch = (request: ReceivedRequest): void => {
    received++;
    say(`${request.status ?? '---'} ${printable(request.action)}${because(request)}\n`);
  };
  const simulator = await started(world, {
    watch,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(earlier === null ? {} : { nonces: earlier.nonces }),
  });
  const save = (): void => {
    if (file === undefined || saved === received) return;
    saved = received;
    writeState(file, { accounts: world.accounts, nonces: simulator.nonces() });
  };
  try {
    save();
    write(environment(simulator.url));
    say(greeting(simulator.url, fault));
    while (!signal.aborted) {
      await wait(SAVE_EVERY_MS, undefined, { signal }).catch(() => {});
      save();
    }
  } finally {
    await simulator.close();
  }
};

/** What was asked for is the asker's text: nothing of it may steer a terminal. */
const printable = (action: string): string =>
  action === '' ? 'a request that could not be read' : action.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);

const because = ({ code }: ReceivedRequest): string => (code === null ? '' : ` (${code})`);

const started = async (world: World, options: SimulatorOptions): Promise<Simulator> => {
  try {
    return await startSimulator(world, options);
  } catch (error) {
    const where = options.port === undefined ? 'this machine' : `port ${options.port}`;
    throw new AkscanError(`Cannot listen on ${where} (${reasonOf(error)}).`, 'Choose another port with --port.');
  }
};

/** Lines for the shell of this system, POSIX or PowerShell. No value needs quoting beyond the quotes. */
const environment = (url: string): string => {
  const variables: readonly (readonly [string, string])[] = [
    ...['RAM', 'IMS', 'STS', 'ACTIONTRAIL', 'SAS'].map((service) => [`AKSCAN_ENDPOINT_${service}`, url] as const),
    ['ALIBABA_CLOUD_ACCESS_KEY_ID', keys.auditor.id],
    ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', keys.auditor.secret],
  ];
  const isWindows = process.platform === 'win32';
  const set = ([name, value]: readonly [string, string]): string =>
    isWindows ? `$env:${name}='${value}'` : `export ${name}='${value}'`;
  const operator = [
    ['ALIBABA_CLOUD_ACCESS_KEY_ID', keys.operator.id],
    ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', keys.operator.secret],
  ] as const;
  return [
    ...variables.map(set),
    `# Who may switch keys off (akscan disable, restore): ${operator.map(set).join('; ')}`,
    '',
  ].join('\n');
};

const greeting = (url: string, fault: ServeOptions['fault']): string => {
  const ids = expectations.map(({ accessKeyId, what }) => `  akscan verify ${accessKeyId}   # ${what}\n`).join('');
  const going = fault === undefined ? '' : `Goes wrong on purpose: ${fault.fault.what}\n`;
  return `
A made-up company's cloud listens on ${url}, and on no other address.
Paste the lines above into another terminal. Then, for example:

${ids}
${going}Ctrl-C ends it.

`;
};
