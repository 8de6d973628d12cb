// docs/benchmarks-audit.md: the rows, and a curve of memory over the number of repositories.
import { busy, machine, markdownTable } from './print.mjs';

const WIDTH = 60;

/** @param points amounts of bytes, by the number of repositories */
const curve = (points) => {
  const most = Math.max(...points.map(({ bytes }) => bytes));
  return points
    .map(({ count, bytes }) => {
      const bar = '='.repeat(Math.max(1, Math.round((bytes / most) * WIDTH)));
      const text = bytes < 10e6 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6);
      return `${count.toLocaleString('en-GB').padStart(7)}  ${bar} ${text} MB`;
    })
    .join('\n');
};

/** The curves of an audit, also on the page of all benchmarks. */
export const auditCurves = (rows) => {
  const points = rows.flatMap(({ point }) => (point === undefined ? [] : [point]));
  const disk = rows.flatMap((row) => (row.disk === undefined ? [] : [row.disk]));
  return `The most memory, by the number of repositories:

\`\`\`
${curve(points)}
\`\`\`

The most that mirrors took of the disk while as many repositories were fetched, and the store at the end:

\`\`\`
mirrors
${curve(disk.map(({ count, mirrors }) => ({ count, bytes: mirrors })))}
store
${curve(disk.map(({ count, store }) => ({ count, bytes: store })))}
\`\`\``;
};

/** @param load the machine's load average before anything was measured */
export const printAudit = (rows, load) => `# Benchmarks: audits

\`npm run bench:audit\` builds akscan, measures it and writes this page; \`npm run bench:audit -- --check\` also fails on a
missed target. Measured is the whole command, \`akscan audit dir:FOLDER --store FILE\`, from its start to its end, with as many
threads as there are cores.

The repositories are made up, from a fixed seed: mostly small ones, some with hundreds of commits, forks and copies of others,
empty ones, keys in a third of them. \`--cache DIR\` says where they are kept; they are made once, which takes some minutes.

Measured on ${machine()}; files in the page cache.${busy(load)}

${markdownTable(rows)}

${auditCurves(rows)}

- The reference for an audit is \`akscan scan --no-worktree\` of each repository, as many at a time as there are cores.
- A run that is killed half-way and resumed is compared by processor time, programs of git's included; that akscan starts
  twice is part of it.
- Memory is the most that the akscan process had at once, all its threads included. "With git" adds what the git programs it
  had started held at the same moment, files that they map included.
- Of forks, the first is read with each object's checksum, since nobody vouches for a folder; those after it are read only
  where they differ. What holds something is read again in each, and git is asked who brought it in there.

Files and single programs have [a page of their own](benchmarks.md), [histories](benchmarks-history.md) another.
`;
