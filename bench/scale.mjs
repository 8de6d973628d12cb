// Does the sums of docs/scale.md from the inputs that stand in its first table, and writes them between its marks.
//   node bench/scale.mjs [--check]    --check: only says, with exit code 1, whether the page's sums are those of its inputs
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../docs/scale.md', import.meta.url);
const [BEGIN, END] = ['<!-- sums: node bench/scale.mjs -->', '<!-- end of sums -->'];

const page = readFileSync(PAGE, 'utf8');
const inputs = Object.fromEntries(
  [...page.matchAll(/^\| `(\w+)` \| ([\d.,]+) \|/gm)].map(([, name, value]) => [
    name,
    Number(value.replaceAll(',', '')),
  ]),
);
const input = (name) => {
  if (!(inputs[name] > 0)) throw new Error(`docs/scale.md: no input ${name}`);
  return inputs[name];
};

const SIZES = [
  { repositories: 100, machines: 1 },
  { repositories: 10_000, machines: 1 },
  { repositories: 10_000, machines: 5 },
  { repositories: 1_000_000, machines: 1 },
  { repositories: 1_000_000, machines: 20 },
];

const SECONDS = 3600;
const hoursOf = ({ repositories, machines }) => {
  const cores = machines * input('cores');
  const share = input('changed') / 100;
  const overhead = machines === 1 ? 0 : input('queue') / 1000;
  const cpuOf = (mb) => mb / input('index') + mb / input('read') + input('each') / 1000 + overhead;
  const lineOf = (mb) => mb / input('network') / machines;
  // Threads of one process keep no pace but their own.
  const pace = machines === 1 ? 0 : 60 / input('pace');
  const ask = input('ask') / 1000 / cores;
  const save = input('save') / 1000;
  const size = input('size');
  const first = {
    processors: cpuOf(size) / cores,
    line: lineOf(size),
    answers: ask,
    'forge’s patience': pace,
    store: save,
  };
  const idle = input('unchanged') / 1000 + overhead;
  const next = {
    processors: (share * cpuOf(size) + (1 - share) * idle) / cores,
    line: share * lineOf(size),
    answers: ask,
    'forge’s patience': pace,
    store: save,
  };
  return [first, next].map((parts) => {
    const [what, seconds] = Object.entries(parts).reduce((most, part) => (part[1] > most[1] ? part : most));
    return { what, hours: (seconds * repositories) / SECONDS };
  });
};

const number = (value) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
const time = (hours) => {
  const minutes = hours * 60;
  if (minutes < 1) return 'under a minute';
  if (minutes < 120) return `${number(minutes)} min`;
  return hours < 72 ? `${number(hours)} h` : `${number(hours / 24)} days`;
};
const bytes = (mb) =>
  mb < 1_000 ? `${number(mb)} MB` : mb < 1_000_000 ? `${number(mb / 1_000)} GB` : `${(mb / 1e6).toFixed(1)} TB`;

const storeMb = (repositories) => (repositories * (input('row') * 1_000 + 20 * input('objects'))) / 1e6;
const rows = SIZES.map(({ repositories, machines }) => {
  const [first, next] = hoursOf({ repositories, machines });
  const disk = Math.min((repositories * input('size')) / machines, input('cache') * 1_000);
  const who = machines === 1 ? '1, no queue' : `${machines} workers, 1 coordinator`;
  return `| ${number(repositories)} | ${who} | ${time(first.hours)} (${first.what}) | ${time(next.hours)} (${next.what}) | ${bytes(storeMb(repositories))} | ${bytes(disk)} |`;
});

/** Requests for whole lists, and how many of them a forge allows in an hour. */
const FORGES = [
  ['GitHub', 100, 5_000, '5,000 an hour for a person’s token, at least as many for a GitHub App'],
  [
    'GitLab.com',
    100,
    36_000,
    '2,000 a minute, 600 on the projects of groups; a self-hosted one as its operator set it',
  ],
  ['Gitee', 100, null, 'not published; answered with 403 or 429, and waited out'],
  ['Gitea, Forgejo', 50, null, 'none by default'],
  ['Codeup', 100, null, 'not published'],
  ['Bitbucket Cloud', 100, 1_000, '1,000 an hour; 60,000 git operations an hour'],
];
const calls = FORGES.map(([forge, page_, hourly, words]) => {
  const each = [100, 10_000, 1_000_000].map((repositories) => Math.ceil(repositories / page_));
  const wait = hourly === null ? '' : time(Math.max(0, each[2] / hourly));
  return `| ${forge} | ${each.map(number).join(' | ')} | ${wait} | ${words} |`;
});

const sums = [
  BEGIN,
  '',
  '| repositories | machines | first audit (what decides) | a week later | store | mirrors with `--keep`, each machine |',
  '|---|---|---|---|---|---|',
  ...rows,
  '',
  '| calls to list them | 100 | 10,000 | 1,000,000 | the last, at its limit | limit of the API |',
  '|---|---|---|---|---|---|',
  ...calls,
  '',
  END,
].join('\n');

const from = page.indexOf(BEGIN);
const to = page.indexOf(END);
if (from < 0 || to < from) throw new Error('docs/scale.md: no place for the sums');
const written = page.slice(0, from) + sums + page.slice(to + END.length);
if (!process.argv.includes('--check')) writeFileSync(PAGE, written);
else if (written !== page) {
  process.stderr.write('docs/scale.md: its sums are not those of its inputs: node bench/scale.mjs\n');
  process.exitCode = 1;
}
