import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOST_APART, parseHookInput } from '../../../src/sources/range/hook-lines.js';
import { credentialsOf, judgePush, only, placesOf } from '../../support/change.js';
import { createKeys } from '../../support/keys.js';
import { commit, git, repository, temporaryFolder } from '../../support/repository.js';

const keys = createKeys(4_303);

interface Pair {
  readonly id: string;
  readonly secret: string;
}

const newPair = (): Pair => ({ id: keys.id24(), secret: keys.secret30() });
const yaml = ({ id, secret }: Pair): string => `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;
const shown = ({ id, secret }: Pair): string => `${id} ${secret}`;

const ZERO = '0'.repeat(40);
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

describe('what git tells its hooks', () => {
  it('is told apart by its form', () => {
    expect(parseHookInput(`refs/heads/x ${A} refs/heads/y ${B}\n`)).toEqual({
      hook: 'push',
      updates: [{ ref: 'refs/heads/y', before: B, after: A }],
    });
    expect(parseHookInput(`${A} ${B} refs/heads/y\n`)).toEqual({
      hook: 'receive',
      updates: [{ ref: 'refs/heads/y', before: A, after: B }],
    });
  });

  it('may name any expression, new refs, deleted refs, and long names', () => {
    expect(
      parseHookInput(`HEAD@{1 day ago} ${A} refs/heads/y ${ZERO}\n(delete) ${ZERO} refs/heads/z ${B}\n`).updates,
    ).toEqual([
      { ref: 'refs/heads/y', before: null, after: A },
      { ref: 'refs/heads/z', before: B, after: null },
    ]);
    const long = 'c'.repeat(64);
    expect(parseHookInput(`${'0'.repeat(64)} ${long} refs/heads/y`).updates).toEqual([
      { ref: 'refs/heads/y', before: null, after: long },
    ]);
    expect(parseHookInput('')).toEqual({ hook: 'push', updates: [] });
  });

  it('is refused, by the number of its line, when it is something else', () => {
    expect(() => parseHookInput(`${A} ${B} refs/heads/y\nhello\n`)).toThrow(/line 2 of standard input/);
    expect(() => parseHookInput(`${A} ${B} refs/heads/y\nx ${A} refs/heads/y ${B}\n`)).toThrow(/line 2/);
    expect(() => parseHookInput(`--all ${B} refs/heads/y\n`)).toThrow(/line 1/);
  });
});

interface World {
  readonly folder: string;
  readonly base: string;
}

/** A clone whose main was pushed. */
const pushed = (): World => {
  const origin = repository(undefined, '--bare');
  const folder = repository();
  const base = commit(folder, { 'a.txt': 'a\n' });
  git(folder, 'remote', 'add', 'origin', origin);
  git(folder, 'push', '--quiet', 'origin', 'main');
  return { folder, base };
};

describe('a push about to leave', () => {
  it('brings what the ref adds to its old state', async () => {
    const { folder, base } = pushed();
    const pair = newPair();
    const tip = commit(folder, { 'a.yml': yaml(pair) });
    const report = await judgePush(folder, [`refs/heads/main ${tip} refs/heads/main ${base}`]);
    expect(credentialsOf(report)).toEqual([shown(pair)]);
  });

  it('brings, with a new branch, what no branch of the remote has', async () => {
    const { folder } = pushed();
    const [known, added] = [newPair(), newPair()];
    commit(folder, { 'k.yml': yaml(known) });
    git(folder, 'push', '--quiet', 'origin', 'main');
    git(folder, 'mv', 'k.yml', 'l.yml');
    const tip = commit(folder, { 'a.yml': yaml(added) });
    const line = `refs/heads/topic ${tip} refs/heads/topic ${ZERO}`;
    const report = await judgePush(folder, [line]);
    expect(placesOf(report)).toEqual(['a.yml:1']);
    const elsewhere = await judgePush(folder, [line], { remote: 'public' });
    expect(credentialsOf(elsewhere)).toEqual([shown(known), shown(added)].sort());
    expect(credentialsOf(await judgePush(folder, [line], { remote: 'origin' }))).toEqual([shown(added)]);
  });

  it('brings, forced, what the new history has and the old had not', async () => {
    const { folder, base } = pushed();
    const [old, fresh] = [newPair(), newPair()];
    const before = commit(folder, { 'o.yml': yaml(old) });
    git(folder, 'push', '--quiet', 'origin', 'main');
    git(folder, 'reset', '--quiet', '--hard', base);
    const after = commit(folder, { 'renamed.yml': yaml(old), 'f.yml': yaml(fresh) });
    expect(credentialsOf(await judgePush(folder, [`refs/heads/main ${after} refs/heads/main ${before}`]))).toEqual([
      shown(fresh),
    ]);
  });

  it('goes by the branches last fetched where the remote has moved on', async () => {
    const { folder } = pushed();
    const pair = newPair();
    const tip = commit(folder, { 'a.yml': yaml(pair) });
    const report = await judgePush(folder, [`refs/heads/main ${tip} refs/heads/main ${A}`]);
    expect(credentialsOf(report)).toEqual([shown(pair)]);
    expect(report.skipped).toEqual([]);
  });

  it('may delete, tag, and move several refs at once', async () => {
    const { folder, base } = pushed();
    const [one, two, tagged] = [newPair(), newPair(), newPair()];
    const tip = commit(folder, { 'a.yml': yaml(one) });
    git(folder, 'checkout', '--quiet', '-b', 'two', base);
    const second = commit(folder, { 'b.yml': yaml(two) });
    git(folder, 'tag', '--annotate', '--message', yaml(tagged), 'v1');
    const tag = git(folder, 'rev-parse', 'v1');
    const blob = git(folder, 'rev-parse', `${tip}:a.yml`);
    const report = await judgePush(folder, [
      `refs/heads/main ${tip} refs/heads/main ${base}`,
      `(delete) ${ZERO} refs/heads/old ${base}`,
      `refs/heads/two ${second} refs/heads/two ${ZERO}`,
      `refs/tags/v1 ${tag} refs/tags/v1 ${ZERO}`,
    ]);
    expect(credentialsOf(report)).toEqual([one, two, tagged].map(shown).sort());
    expect((await judgePush(folder, [`(delete) ${ZERO} refs/heads/old ${base}`])).summary.counts.objects).toBe(0);
    const direct = await judgePush(folder, [`${blob} ${blob} refs/tags/blob ${ZERO}`]);
    expect(credentialsOf(direct)).toEqual([shown(one)]);
  });

  it('judges each ref by its own base: what another branch has is known elsewhere', async () => {
    const { folder, base } = pushed();
    const pair = newPair();
    git(folder, 'checkout', '--quiet', '-b', 'release');
    const release = commit(folder, { 'r.yml': yaml(pair) });
    git(folder, 'push', '--quiet', 'origin', 'release');
    const more = commit(folder, { 'r.txt': 'r\n' });
    git(folder, 'checkout', '--quiet', 'main');
    const tip = commit(folder, { 'm.yml': yaml(pair) });
    const report = await judgePush(folder, [
      `refs/heads/release ${more} refs/heads/release ${release}`,
      `refs/heads/main ${tip} refs/heads/main ${base}`,
    ]);
    expect(only(report)).toMatchObject({ accessKeyId: pair.id, knownElsewhere: true });
    expect(placesOf(report)).toEqual(['m.yml:1']);
  });

  it('judges each new branch by what it was built on: a key that one of them brings back is new', async () => {
    const { folder } = pushed();
    const pair = newPair();
    const leaked = commit(folder, { 'k.yml': yaml(pair) });
    git(folder, 'rm', '--quiet', 'k.yml');
    commit(folder, { 'b.txt': 'b\n' });
    git(folder, 'push', '--quiet', 'origin', 'main');
    git(folder, 'checkout', '--quiet', '-b', 'back');
    const back = commit(folder, { 'k.yml': yaml(pair) });
    git(folder, 'checkout', '--quiet', '-b', 'old', leaked);
    const old = commit(folder, { 'c.txt': 'c\n' });
    const line = (name: string, tip: string): string => `refs/heads/${name} ${tip} refs/heads/${name} ${ZERO}`;
    const report = await judgePush(folder, [line('old', old), line('back', back)]);
    expect(only(report)).toMatchObject({ accessKeyId: pair.id, knownElsewhere: true });
    expect(report.summary.counts.objects).toBe(6);
    expect((await judgePush(folder, [line('old', old)])).findings).toEqual([]);
  });

  it('judges very many new branches at once', async () => {
    const { folder, base } = pushed();
    const pairs = Array.from({ length: MOST_APART + 1 }, newPair);
    const lines = pairs.map((pair, index) => {
      git(folder, 'checkout', '--quiet', '--detach', base);
      const tip = commit(folder, { [`${index}.yml`]: yaml(pair) });
      return `HEAD ${tip} refs/heads/b${index} ${ZERO}`;
    });
    expect(credentialsOf(await judgePush(folder, lines))).toEqual(pairs.map(shown).sort());
    expect(credentialsOf(await judgePush(folder, lines.slice(1)))).toEqual(pairs.slice(1).map(shown).sort());
  });
});

describe('a push that has arrived', () => {
  it('brings, with a new ref, what no ref has', async () => {
    const { folder, base } = pushed();
    const known = newPair();
    const main = commit(folder, { 'k.yml': yaml(known) });
    const pair = newPair();
    git(folder, 'checkout', '--quiet', '--detach');
    const tip = commit(folder, { 'copy.yml': yaml(known), 'a.yml': yaml(pair) });
    git(folder, 'checkout', '--quiet', 'main');
    expect(placesOf(await judgePush(folder, [`${ZERO} ${tip} refs/heads/topic`]))).toEqual(['a.yml:1']);
    expect(credentialsOf(await judgePush(folder, [`${base} ${main} refs/heads/main`]))).toEqual([shown(known)]);
  });

  it('is all there is in a first push', async () => {
    const folder = repository(path.join(temporaryFolder(), 'first'));
    const pair = newPair();
    const tip = commit(folder, { 'a.yml': yaml(pair) });
    git(folder, 'checkout', '--quiet', '--detach');
    git(folder, 'branch', '--quiet', '-D', 'main');
    git(folder, 'symbolic-ref', 'HEAD', 'refs/heads/none');
    const finding = only(await judgePush(folder, [`${ZERO} ${tip} refs/heads/main`]));
    expect(finding).toMatchObject({ accessKeyId: pair.id, secret: pair.secret });
    expect(finding).not.toHaveProperty('knownElsewhere');
  });
});
