// `akscan demo`: declared here, run by src/commands/demo.ts.

import type { Command } from 'commander';
import type { DemoFlags } from './demo.js';
import type { Finish } from './program.js';

const EXAMPLES = `
Examples:
  akscan demo                                   the whole way, from the leak to the verdict
  akscan demo --serve --state cloud.json        a cloud that remembers, for the other commands
  akscan demo --serve --fault Throttling.User   one that refuses, to see what they say then

Exit codes: 0 every expected outcome was seen, 1 one was not, 2 it could not run, 130 stopped.`;

export const declareDemo = (command: Command, finish: Finish): void => {
  command
    .description(
      'Builds a small repository with made-up keys in its files and its history,\n' +
        'starts a simulated cloud on this machine, runs akscan on both and cleans up.\nNothing leaves the machine.\n\n' +
        'With --serve only the cloud, until Ctrl-C: prints what to set so that other\ncommands ask it.',
    )
    .option('--serve', 'serve the simulated cloud on loopback and print its environment variables')
    .option('--port <n>', 'with --serve: the port (default: any free one)')
    .option('--state <file>', 'with --serve: keep the cloud in a file from one run to the next')
    .option('--fault <name[:action]>', 'with --serve: every answer goes wrong, or those of one action')
    .option('--latency <ms>', 'with --serve: before every answer, such as 80 or 20-300')
    .option('--quotas', 'with --serve: as many requests a second as Alibaba Cloud allows')
    .addHelpText('after', EXAMPLES)
    .action((flags: DemoFlags) => finish(import('./demo.js').then(({ runDemo }) => runDemo(flags))));
};
