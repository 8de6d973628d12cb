// `akscan demo`: the whole way on a made-up repository against a simulated cloud on this machine.

import { realpathSync } from 'node:fs';
import { playDemo } from '../demo/demo.js';
import { AkscanError } from '../errors.js';
import { withRun } from './run.js';
import { colourOf, type TalkOptions } from './talk.js';

/** @returns 0 when every expected outcome was seen, 1 when not, 130 when it was stopped */
export const runDemo = (flags: TalkOptions): Promise<number> =>
  withRun('quiet', async ({ signal }) => {
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

/** The file that Node was started with: the commands shown are run with this very program. */
const ownProgram = (): string => {
  const [, program] = process.argv;
  if (program === undefined) throw new AkscanError('The demo cannot find its own program to run.');
  return realpathSync(program);
};
