// The history of one repository: ordinary text that changes a little with each commit, and the keys that are planted in it.
import { randomness } from '../detection/values.mjs';
import { makeBlocks } from '../speed/source-text.mjs';
import { commitStream, tagStream } from './bare.mjs';
import { FORMS } from './plan.mjs';

const PEOPLE = [
  'Wei Zhang <wei@example.com>',
  'Li Na <li.na@example.com>',
  'Chen Jie <chenjie@example.com>',
  'Maria Rossi <maria@example.com>',
  'Release Bot <bot@example.com>',
];

/** No commit is made later, in seconds. */
const NOW = 1_790_000_000;

/** The same in every repository that has it. */
const LICENCE = `${'Permission is hereby granted, free of charge, to any person obtaining a copy.\n'.repeat(12)}`;

let blocks = null;

const filler = () => {
  blocks ??= makeBlocks(4_711, 3_000);
  return blocks;
};

/** Refs of this folder are taken away once all is written: what hung on them alone is reached by nothing. */
export const GONE = 'refs/import';

/**
 * All commits of a repository that stands alone.
 * @param planted `{ id, secret, path, where }`, those of this repository
 */
export function* historyStream(plan, planted) {
  const r = randomness(plan.seed);
  const events = new Map();
  const commits = Math.max(plan.commits, planted.some(({ where }) => where in SPREAD) ? 4 : 1);
  const on = (commit, change) => events.set(commit, [...(events.get(commit) ?? []), change]);
  for (const key of planted) spread(r, commits, key, on);
  const files = Array.from({ length: Math.min(60, 2 + Math.ceil(commits / 3)) }, (_, index) => ({
    path: `src/${r.word()}/${r.Word()}${index}.${r.pick(['java', 'py', 'ts', 'go'])}`,
    parts: Array.from({ length: r.int(1, 8) }, () => r.pick(filler())),
  }));
  const whole = ({ path, parts }) => ({ path, bytes: parts.join('') });
  let time = plan.began;
  const longest = Math.min(200_000, Math.floor((NOW - time) / (commits + planted.length + 2)));
  const next = () => {
    time += r.int(600, longest);
    return { time, person: r.pick(PEOPLE) };
  };
  for (let index = 0; index < commits; index += 1) {
    const mine = events.get(index) ?? [];
    const message =
      mine.find((event) => event.message !== undefined)?.message ?? `${r.Word()} ${r.word()} ${r.word()}\n`;
    const changes = index === 0 ? [...firstFiles(r, plan), ...files.map(whole)] : changeSome(r, files).map(whole);
    yield* commitStream({
      ref: 'refs/heads/main',
      mark: index + 1,
      ...next(),
      message,
      changes: [...changes, ...mine.filter((event) => event.path !== undefined)],
    });
  }
  const tip = `:${commits}`;
  for (const [index, key] of planted.entries()) yield* besideMain(key, index, tip, next);
  if (commits > 3) yield* tagStream({ name: 'v1.0', from: `:${commits - 1}`, ...next(), message: 'First\n' });
}

/** What is on main at some time. */
const SPREAD = { head: true, history: true, replaced: true, replacing: true, message: true };

/** The third commit of four, or of four hundred about the three-hundredth: so that a rotation is one. */
const turning = (commits) => Math.max(1, Math.floor(commits * 0.75));

const spread = (r, commits, { id, secret, path, where }, on) => {
  const pair = { id, secret };
  const early = r.int(0, turning(commits) - 1);
  if (where === 'message') on(early, { message: `${FORMS['.properties'](pair)}` });
  if (where === 'head' || where === 'history' || where === 'replaced') on(early, { path, bytes: fileOf(path, pair) });
  if (where === 'replacing') on(turning(commits), { path, bytes: fileOf(path, pair) });
  if (where === 'history') on(r.int(turning(commits), commits - 1), { path, bytes: null });
};

const fileOf = (path, pair) => FORMS[path.slice(path.lastIndexOf('.'))](pair);

function* besideMain({ id, secret, path, where }, index, tip, next) {
  const refs = {
    branch: `refs/heads/feature/${index}`,
    tag: `${GONE}/${index}`,
    unreachable: `${GONE}/${index}`,
    'pull-request': `refs/pull/${index + 1}/head`,
  };
  const ref = refs[where];
  if (ref === undefined) return;
  const mark = 1_000_000 + index;
  const changes = [{ path, bytes: fileOf(path, { id, secret }) }];
  yield* commitStream({ ref, mark, from: tip, ...next(), message: 'Try this\n', changes });
  if (where === 'tag') yield* tagStream({ name: `try-${index}`, from: `:${mark}`, ...next(), message: 'Kept\n' });
}

const firstFiles = (r, { name, kind }) => [
  { path: 'README.md', bytes: `# ${name}\n\n${r.pick(filler())}` },
  ...(r.chance(0.6) ? [{ path: 'LICENSE', bytes: LICENCE }] : []),
  ...(kind === 'lfs'
    ? [
        { path: '.gitattributes', bytes: '*.bin filter=lfs diff=lfs merge=lfs -text\n' },
        {
          path: 'model.bin',
          bytes: `version https://git-lfs.github.com/spec/v1\noid sha256:${r.hex(64)}\nsize ${r.int(1e6, 9e8)}\n`,
        },
      ]
    : []),
];

/** Some files change all the time, most hardly ever. */
const changeSome = (r, files) => {
  const touched = new Set(Array.from({ length: r.int(1, 2) }, () => files[Math.floor(files.length * r.next() ** 2)]));
  for (const { parts } of touched) {
    parts.splice(r.int(0, parts.length), r.chance(0.4) ? 1 : 0, r.pick(filler()));
    if (parts.length > 12) parts.shift();
  }
  return [...touched];
};

/** Commits on top of what `main` is now, one for each key and at least `count`. */
export function* addedStream(seed, count, planted, began) {
  const r = randomness(seed);
  const commits = Math.max(count, planted.some(({ where }) => where !== 'head') ? planted.length + 2 : planted.length);
  let time = began;
  const longest = Math.max(600, Math.min(200_000, Math.floor((NOW - began) / (commits + 1))));
  for (let index = 0; index < commits; index += 1) {
    time += r.int(600, longest);
    const changes = [{ path: `notes/${r.word()}-${index}.md`, bytes: `${r.pick(filler())}${r.hex(12)}\n` }];
    for (const [at, { id, secret, path, where }] of planted.entries()) {
      if (at === index) changes.push({ path, bytes: fileOf(path, { id, secret }) });
      if (where === 'history' && index === commits - 1) changes.push({ path, bytes: null });
    }
    yield* commitStream({
      ref: 'refs/heads/main',
      ...(index === 0 ? { from: 'refs/heads/main^0' } : {}),
      time,
      person: r.pick(PEOPLE),
      message: `${r.Word()} ${r.word()}\n`,
      changes,
    });
  }
}
