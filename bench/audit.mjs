// Audits of many repositories, measured on this machine. Writes docs/benchmarks-audit.md after a whole run.
//   node bench/audit.mjs [--check] [--short] [--only NAME] [--cache DIR]
import { disk } from './cases/audit/disk.mjs';
import { forks } from './cases/audit/forks.mjs';
import { memory } from './cases/audit/memory.mjs';
import { throughput } from './cases/audit/throughput.mjs';
import { runBenchmark } from './speed/command.mjs';
import { printAudit } from './speed/print-audit.mjs';

await runBenchmark({
  command: 'node bench/audit.mjs',
  cases: { throughput, memory, disk, forks },
  page: 'docs/benchmarks-audit.md',
  print: printAudit,
});
