// The history of repositories, and what is about to join it, measured against git on this machine. Writes docs/benchmarks-history.md after a whole run.
//   node bench/history.mjs [--check] [--short] [--only NAME] [--repo PATH] [--cache DIR]
import { packs } from './cases/packs.mjs';
import { planted } from './cases/planted.mjs';
import { range } from './cases/range.mjs';
import { staged } from './cases/staged.mjs';
import { runBenchmark } from './speed/command.mjs';
import { printHistory } from './speed/print-history.mjs';

await runBenchmark({
  command: 'node bench/history.mjs',
  cases: { packs, planted, staged, range },
  page: 'docs/benchmarks-history.md',
  print: printHistory,
});
