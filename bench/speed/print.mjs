// The result as a table on the terminal and as docs/benchmarks.md.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { exists, versionOf } from './programs.mjs';

const COLUMNS = [
  ['', ({ name }) => name],
  ['akscan', ({ ours }) => ours],
  ['reference', ({ reference }) => reference],
  ['result', ({ result }) => result],
  ['target', ({ target }) => target],
  ['', ({ outcome }) => outcome],
];

const table = (rows) => [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))];

export const printText = (rows) => {
  const cells = table(rows);
  const widths = COLUMNS.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

export const machine = () => {
  const rg = exists('rg') ? `, ripgrep ${versionOf('rg')}` : '';
  return `${availableParallelism()} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}, git ${versionOf('git')}${rg}`;
};

/** Other work makes programs that use several cores look slow beside one that uses one. */
export const busy = (load) =>
  load < 0.5 ? '' : ` The machine had other work to do (load ${load.toFixed(1)} before the first measurement).`;

/** All rows as a table. */
export const markdownTable = (rows) => {
  const [head, ...body] = table(rows).map((row) => `| ${row.join(' | ')} |`);
  return [head, '|---|---|---|---|---|---|', ...body].join('\n');
};

/** The curves of the page that `npm run bench:audit` wrote last: they are looked for here, too. */
const auditCurves = () => {
  const page = readFileSync('docs/benchmarks-audit.md', 'utf8');
  return page.slice(page.indexOf('The most memory, by'), page.lastIndexOf('```') + 3);
};

/** @param load the machine's load average before anything was measured */
export const printMarkdown = (rows, load) => `# Benchmarks

\`npm run bench\` builds akscan, measures it and writes this page; \`npm run bench -- --check\` also fails on a missed
target. Everything is measured in one run, with default flags and rules, as a person waits for it: from the start of the
program to its end. Program and reference take turns, after one run of each that does not count, and medians are shown.

What is searched is made up, from a fixed seed: source text in several languages; \`--cache DIR\` says where it is kept.
\`--repo PATH\` measures a repository of your own as well. The reference for trees is \`rg -uu -a -c LTAI\`, which looks for one
literal; akscan looks for all of its anchors. The reference for history is
\`git cat-file --batch-all-objects --unordered --buffer --batch\` writing to nothing.

Measured on ${machine()}; files in the page cache.${busy(load)}

${markdownTable(rows)}

- Speed a core is bytes by the processor time of the whole process, its start included.
- A history with findings costs more: git is asked which commit brought each in, and whether it is still there.
- Of one file 10,000 credentials are reported; a file that holds more is said to, and the exit code is 2.
- Memory is the most that the akscan process had at once, all its threads included. "With git" adds what the git programs it
  had started held at the same moment, files that they map included.

The history of repositories has [a page of its own](benchmarks-history.md).

## Audits

[A page of their own](benchmarks-audit.md) has all that was measured of them.

${auditCurves()}
`;
