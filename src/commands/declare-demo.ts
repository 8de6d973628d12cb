// `akscan demo`: declared here, run by src/commands/demo.ts.

import type { Command } from 'commander';
import type { Finish } from './program.js';
import type { TalkOptions } from './talk.js';

export const declareDemo = (command: Command, finish: Finish): void => {
  command
    .description(
      'Builds a small repository with made-up keys in its files and its history, starts a simulated cloud on this\n' +
        'machine, runs akscan on both and cleans up. Nothing leaves the machine.',
    )
    .action((flags: TalkOptions) => finish(import('./demo.js').then(({ runDemo }) => runDemo(flags))));
};
