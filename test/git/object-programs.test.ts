import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { endBoth, startBoth, startListing } from '../../src/git/object-programs.js';
import { commit, git, repository } from '../support/repository.js';

const signal = new AbortController().signal;

/** Long enough for git to list a few objects and to end, however busy the machine is. */
const whileGitEnds = async (ended: Promise<unknown>): Promise<void> => {
  await Promise.race([ended, pause(1_500)]);
};

it('keeps what git listed until somebody reads it, when git has long ended', async () => {
  const folder = repository();
  commit(folder, Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`f${index}`, `${index}\n`])));
  const listing = startListing({ cwd: folder, top: folder }, ['HEAD'], signal);
  await whileGitEnds(listing.ended);
  let text = '';
  for await (const chunk of listing.stdout) text += String(chunk);
  const expected = git(folder, 'rev-list', '--objects', '--no-object-names', '--in-commit-order', 'HEAD');
  expect(text).toBe(`${expected}\n`);
  expect(text.split('\n').length).toBeGreaterThan(2_000);
  expect((await listing.ended).code).toBe(0);
});

it('ends git where it is not needed', async () => {
  const folder = repository();
  commit(folder, { 'a.txt': 'a\n' });
  const programs = startBoth({ cwd: folder, top: folder }, ['HEAD'], signal);
  const ended = Promise.all([programs.listing.ended, programs.reading.ended]);
  await pause(300);
  endBoth(programs);
  const [, reading] = await ended;
  expect(reading.code).toBe(-1);
});
