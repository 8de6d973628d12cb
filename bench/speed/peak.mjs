// Loaded into a watched program: writes down, when that ends, the most memory it had (bytes) and the processor time it
// took (seconds).
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** The kernel's own mark, where there is one: `maxRSS` counts what the parent held when it started this program, too. */
const highest = () => {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
};

const file = process.env.AKSCAN_BENCH_PEAK;
if (isMainThread && file !== undefined) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(file, JSON.stringify({ peak: highest() * 1024, processor: (user + system) / 1e6 }));
  });
}
