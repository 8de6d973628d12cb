// docs/benchmarks-history.md: the rows, and a curve of time over size.
import { existsSync, readFileSync } from 'node:fs';
import { busy, machine, markdownTable } from './print.mjs';

const WIDTH = 60;

/** Bars of the time each size took, one for each number of threads. */
const curve = (rows) => {
  const points = rows.flatMap(({ point }) => (point === undefined ? [] : [point]));
  const longest = Math.max(...points.map(({ seconds }) => seconds));
  return points
    .map(({ bytes, threads, seconds }) => {
      const size = threads === 1 ? `${Math.round(bytes / 1e6)} MB` : '';
      const bar = (threads === 1 ? '=' : '#').repeat(Math.max(1, Math.round((seconds / longest) * WIDTH)));
      return `${size.padStart(7)}  ${bar} ${seconds.toFixed(2)} s`;
    })
    .join('\n');
};

const RECORD = new URL('../brute-force.json', import.meta.url);

/** What bench/brute-force.mjs has recorded, as a table. */
const bruteForce = () => {
  const rows = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : [];
  const amount = (value) => value.toLocaleString('en-GB');
  return [
    '| repository | objects that hold | by brute force | by the engine | left to git | missed | made up |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ repository, string, bruteForce: all, engine, leftToGit, missed, madeUp }) =>
        `| ${repository} | ${string === null ? 'a finding' : `\`${string}\``} | ${[all, engine, leftToGit, missed, madeUp].map(amount).join(' | ')} |`,
    ),
  ].join('\n');
};

/** @param load the machine's load average before anything was measured */
export const printHistory = (rows, load) => `# Benchmarks: history

\`npm run bench:history\` builds akscan, measures it and writes this page; \`npm run bench:history -- --check\` also fails on a
missed target. Measured is the whole command, \`akscan scan --no-worktree --threads N REPO\`, from its start to its end. The
reference is \`git cat-file --batch-all-objects --batch --unordered --buffer\`, which writes every object to nothing and
searches none. Both take turns, after one run of each that does not count; medians are shown.

The repositories are made up, from a fixed seed, in the mixture that rails has: many versions of text files in deep folders, a
few hunks changed in each, commits, trees, merges and tags. \`--cache DIR\` says where they are kept; they are made once, which
takes some minutes. \`--repo PATH\` measures a repository of your own as well.

Measured on ${machine()}; files in the page cache.${busy(load)}

${markdownTable(rows)}

One thread (\`=\`) and two (\`#\`):

\`\`\`
${curve(rows)}
\`\`\`

- What a byte of pack costs is the processor time of akscan with one thread, less what it takes for a pack of 1 MB.
- Memory is the most that the akscan process had at once, all its threads included. "With git" adds what the git programs it
  had started held at the same moment, files that they map included.
- Of \`akscan staged\` the time that git takes for its two questions is taken off; \`akscan range\` is measured whole.
- With findings it has to be found out which commit brought each in, on which path, and whether it is still there.

## The same as brute force

\`node bench/brute-force.mjs REPO STRING...\` compares the objects that the engine names with those that hold a string when
everything \`git cat-file\` prints is searched whole; without a string, with those in which the detector finds something. What came
out for public repositories, with three common strings each:

${bruteForce()}

Files and single programs have [a page of their own](benchmarks.md).
`;
