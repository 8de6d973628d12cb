// Speed and memory, measured against other programs on this machine. Writes docs/benchmarks.md after a whole run.
//   node bench/run.mjs [--check] [--short] [--only NAME] [--repo PATH] [--cache DIR]
import { history } from './cases/history.mjs';
import { hostile } from './cases/hostile.mjs';
import { largeFile } from './cases/large-file.mjs';
import { memory } from './cases/memory.mjs';
import { start } from './cases/start.mjs';
import { tree } from './cases/tree.mjs';
import { runBenchmark } from './speed/command.mjs';
import { printMarkdown } from './speed/print.mjs';

await runBenchmark({
  command: 'node bench/run.mjs',
  cases: { start, tree, 'large-file': largeFile, hostile, history, memory },
  page: 'docs/benchmarks.md',
  print: printMarkdown,
});
