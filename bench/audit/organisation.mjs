// An organisation to audit: bare repositories of mixed size, forks and copies, empty and broken ones, with keys planted in
// them. What was planted is given back as it was planned, so that whoever compares needs nothing that searches. The same from
// the same seed. Imports nothing of akscan.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomness } from '../detection/values.mjs';
import { fastImport, makeBare } from './bare.mjs';
import { addedStream, GONE, historyStream } from './contents.mjs';
import { newPair, planOrganisation } from './plan.mjs';

/** How many are written at once: one process of git each, and this one writes what they read. */
const AT_ONCE = 3;

/**
 * @typedef {object} Place where a key stands
 * @property {string} repository
 * @property {string | null} path null: in a commit's message
 * @property {'head' | 'history' | 'branch' | 'tag' | 'message' | 'pull-request' | 'unreachable'} where `history`: was once on
 *   the main branch. What is `unreachable` is in the folder only: it travels in no clone
 * @typedef {{ id: string, secret: string, story: string, places: readonly Place[] }} Planted
 * @typedef {object} Made
 * @property {string} name
 * @property {string} folder
 * @property {'ordinary' | 'fork' | 'copy' | 'empty' | 'broken' | 'lfs'} kind
 * @property {string | null} parent of a fork, what it was forked from; a copy does not say
 * @property {string | null} source of a fork or copy, whose objects it has
 * @property {number} began when its first commit was made, in seconds
 * @typedef {{ folder: string, repositories: readonly Made[], planted: readonly Planted[] }} Organisation
 */

/**
 * Writes `folder/NAME.git` for each repository.
 * @param {{ folder: string, seed: number, repositories: number, shapes?: Partial<import('./plan.mjs').Shapes> }} wanted
 * @returns {Promise<Organisation>}
 */
export const buildOrganisation = async ({ folder, seed, repositories, shapes = {} }) => {
  const plan = planOrganisation({ seed, repositories, shapes });
  mkdirSync(folder, { recursive: true });
  const folderOf = ({ name }) => path.join(folder, `${name}.git`);
  const keysOf = (index) =>
    plan.planted.flatMap(({ id, secret, at }) =>
      at.filter(({ repository }) => repository === index).map((place) => ({ id, secret, ...place })),
    );
  const numbered = plan.repositories.map((each, index) => ({ ...each, index }));
  await inTurns(
    numbered.filter(({ of }) => of === null),
    (each) => writeAlone(folderOf(each), each, keysOf(each.index)),
  );
  await inTurns(
    numbered.filter(({ of }) => of !== null),
    (each) => writeDerived(folderOf(each), folderOf(plan.repositories[each.of]), each, keysOf(each.index)),
  );
  return {
    folder,
    repositories: plan.repositories.map((each) => ({
      name: each.name,
      folder: folderOf(each),
      kind: each.kind,
      parent: each.kind === 'fork' ? plan.repositories[each.of].name : null,
      source: each.of === null ? null : plan.repositories[each.of].name,
      began: each.began,
    })),
    planted: plan.planted.map(({ id, secret, story, at }) => ({
      id,
      secret,
      story,
      places: at.flatMap((place) => placesOf(plan.repositories, place)),
    })),
  };
};

/**
 * A week later: commits on top of some repositories, keys in the first of them; and keys that stand at the head of one
 * repository alone are replaced in place.
 * @param {Organisation} organisation
 * @param {{ seed: number, repositories: number, keys: number, rotated: number }} wanted how many of each, at most
 * @returns {Promise<Organisation>} what is planted now; of one that was replaced, its place in history
 */
export const growOrganisation = async (organisation, { seed, repositories, keys, rotated }) => {
  const r = randomness(seed);
  const changes = new Map();
  const change = ({ name }, key) => changes.set(name, [...(changes.get(name) ?? []), ...key]);
  const mayGrow = organisation.repositories.filter(
    ({ kind }) => kind === 'ordinary' || kind === 'lfs' || kind === 'fork',
  );
  const grown = r.shuffle(mayGrow).slice(0, repositories);
  for (const each of grown) change(each, []);
  const fresh = Array.from({ length: grown.length === 0 ? 0 : keys }, (_, index) => {
    const { name } = grown[index % grown.length];
    const place = { repository: name, path: `later/${seed}-${index}.env`, where: 'head' };
    return { ...newPair(r), story: 'head', places: [place] };
  });
  const replaced = organisation.planted.filter(isReplaceable(mayGrow)).slice(0, rotated);
  const successors = replaced.map(({ places }) => ({ ...newPair(r), story: 'rotated', places }));
  for (const { id, secret, places } of [...fresh, ...successors]) {
    for (const { repository, path: name } of places)
      change({ name: repository }, [{ id, secret, path: name, where: 'head' }]);
  }
  await inTurns(
    organisation.repositories.filter(({ name }) => changes.has(name)),
    ({ name, folder }) => fastImport(folder, addedStream(r.int(1, 2 ** 30), 2, changes.get(name), LATER)),
  );
  const before = organisation.planted.map((key) =>
    replaced.includes(key)
      ? { ...key, story: 'rotated', places: key.places.map((place) => ({ ...place, where: 'history' })) }
      : key,
  );
  return { ...organisation, planted: [...before, ...fresh, ...successors] };
};

/** After all that is written before, in seconds. */
const LATER = 1_790_000_000;

const isReplaceable =
  (among) =>
  ({ places: [place, ...others] }) =>
    place.where === 'head' && others.length === 0 && among.some(({ name }) => name === place.repository);

const inTurns = async (list, work) => {
  const queue = [...list];
  const one = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
};

const writeAlone = async (folder, plan, planted) => {
  makeBare(folder);
  if (plan.kind === 'empty') return;
  // A broken one has a pack however little it holds; of the others, small ones have loose objects only, as git does it.
  const options = plan.kind === 'broken' ? ['-c', 'fastimport.unpackLimit=0'] : [];
  await fastImport(folder, historyStream(plan, planted), ...options);
  rmSync(path.join(folder, GONE), { recursive: true, force: true });
  if (plan.kind === 'broken') damage(folder, plan.seed % 3);
};

/** Everything its source has but the pull requests, whose commits are then reached by nothing. */
const writeDerived = async (folder, source, plan, planted) => {
  cpSync(source, folder, { recursive: true });
  rmSync(path.join(folder, 'refs/pull'), { recursive: true, force: true });
  if (plan.kind === 'fork') await fastImport(folder, addedStream(plan.seed, plan.commits, planted, plan.began));
};

const damage = (folder, how) => {
  const packs = path.join(folder, 'objects/pack');
  const name = readdirSync(packs).find((each) => each.endsWith('.pack'));
  if (name === undefined) throw new Error(`${folder} has no pack to damage`);
  const pack = path.join(packs, name);
  const { size } = statSync(pack);
  rmSync(path.join(packs, name.replace(/pack$/, 'keep')), { force: true });
  if (how === 0) {
    const bytes = readFileSync(pack);
    bytes.fill(0, Math.floor(size / 3), Math.floor(size / 3) + 4_096);
    rmSync(pack);
    writeFileSync(pack, bytes);
  } else if (how === 1) {
    rmSync(pack.replace(/pack$/, 'rev'), { force: true });
    const bytes = readFileSync(pack);
    rmSync(pack);
    writeFileSync(pack, bytes);
    truncateSync(pack, Math.floor(size / 2));
  } else {
    writeFileSync(path.join(folder, 'refs/heads/main'), `${'5'.repeat(40)}\n`);
  }
};

const WHERE = { replaced: 'history', replacing: 'head' };

/** A key's place, and the same in everything that has the repository's objects. */
const placesOf = (list, { repository, path: name, where }) => {
  const here = WHERE[where] ?? where;
  const place = (index, how) => ({ repository: list[index].name, path: name, where: how });
  const heirs = list.flatMap(({ of }, index) => (of === repository ? [index] : []));
  return [
    place(repository, here),
    ...heirs.map((index) => place(index, here === 'pull-request' ? 'unreachable' : here)),
  ];
};
