// `akscan demo`: the whole way on a made-up repository against a simulated cloud on this machine; with --serve that cloud
// alone, for whoever wants to try the other commands on it.

import { realpathSync } from 'node:fs';
import { didYouMean } from '../config/did-you-mean.js';
import { playDemo } from '../demo/demo.js';
import { type ServeOptions, serveDemo } from '../demo/serve.js';
import { AkscanError } from '../errors.js';
import { faultNamed, faults } from '../simulator/faults.js';
import { withRun } from './run.js';
import { colourOf, type TalkOptions } from './talk.js';

export interface DemoFlags extends TalkOptions {
  readonly serve?: true;
  readonly port?: string;
  readonly state?: string;
  readonly fault?: string;
  readonly latency?: string;
  readonly quotas?: true;
}

/** @returns 0 when every expected outcome was seen, 1 when not, 130 when it was stopped */
export const runDemo = (flags: DemoFlags): Promise<number> => (flags.serve === true ? serve(flags) : play(flags));

const play = (flags: DemoFlags): Promise<number> =>
  withRun('quiet', async ({ signal }) => {
    const stray = (['port', 'state', 'fault', 'latency', 'quotas'] as const).find((name) => flags[name] !== undefined);
    if (stray !== undefined) throw new AkscanError(`--${stray} is for a cloud that is served.`, 'Add --serve.');
    try {
      return await playDemo({
        program: ownProgram(),
        colour: colourOf(flags),
        signal,
        write: (text) => void process.stdout.write(text),
      });
    } catch (error) {
      if (signal.aborted) return 130;
      throw error;
    }
  });

/** Ctrl-C is its ordinary end. */
const serve = (flags: DemoFlags): Promise<number> =>
  withRun('quiet', async ({ signal }) => {
    await serveDemo({
      ...servingOf(flags),
      signal,
      write: (text) => void process.stdout.write(text),
      say: flags.quiet === true ? () => {} : (text) => void process.stderr.write(text),
    });
    return 0;
  });

/** @throws AkscanError for values that are none */
const servingOf = ({ port, state, fault, latency, quotas }: DemoFlags): Partial<ServeOptions> => ({
  ...(port === undefined ? {} : { port: portOf(port) }),
  ...(state === undefined ? {} : { state }),
  ...(fault === undefined ? {} : { fault: faultOf(fault) }),
  ...(latency === undefined ? {} : { latencyMs: latencyOf(latency) }),
  ...(quotas === undefined ? {} : { quotas: 'real' as const }),
});

const portOf = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new AkscanError(`--port takes a number up to 65535, not "${text}".`);
  return port;
};

/** `NAME` or `NAME:ACTION`. */
const faultOf = (text: string): NonNullable<ServeOptions['fault']> => {
  const [name = '', action] = text.split(':');
  const fault = faultNamed(name);
  if (fault !== null) return { fault, ...(action ? { action } : {}) };
  const meant = didYouMean(
    name,
    faults.map((one) => one.name),
  );
  const noise = faults.filter(({ group }) => group === 'noise' || group === 'clock').map((one) => one.name);
  throw new AkscanError(
    `--fault: "${name}" is not known.`,
    meant === null
      ? `Take a code of the API, such as Throttling.User, or one of ${noise.join(', ')}.`
      : `Did you mean "${meant}"?`,
  );
};

/** `MS`, or `MIN-MAX`. */
const latencyOf = (text: string): number | readonly [number, number] => {
  const [, least, most] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  if (least === undefined || (most !== undefined && Number(most) < Number(least))) {
    throw new AkscanError(`--latency takes milliseconds, not "${text}".`, 'For example 80, or 20-300.');
  }
  return most === undefined ? Number(least) : [Number(least), Number(most)];
};

/** The file that Node was started with: the commands shown are run with this very program. */
const ownProgram = (): string => {
  const [, program] = process.argv;
  if (program === undefined) throw new AkscanError('The demo cannot find its own program to run.');
  return realpathSync(program);
};
