import { expect, it } from 'vitest';
import { akscan } from '../support/akscan.js';
import { repository, write } from '../support/repository.js';

it.each<readonly string[]>([
  ['scan', '--include'],
  ['scan', '--exclude'],
  ['staged', '--exclude'],
  ['range', 'HEAD..HEAD', '--include'],
  ['baseline', '--exclude'],
  ['audit', 'dir:.', '--include'],
  ['audit', 'dir:.', '--exclude'],
  ['audit', 'dir:.', '--include-repo'],
  ['audit', 'dir:.', '--exclude-repo'],
  ['scan', '--disable', '--only'],
  ['scan', '--disable', '--except'],
  ['ignore', '0123456789abcdef', '--reason', 'why', '--path'],
])('%s %s: a glob that nothing matches is refused by its option and text', async (...words) => {
  const cwd = repository();
  write(cwd, { 'a.txt': '' });
  for (const glob of ['[z-a]', '{a,b']) {
    const { code, stderr } = await akscan([...words, glob], { cwd });
    expect(stderr).toMatch(new RegExp(`^akscan: ${words.at(-1)}: the glob `));
    expect(stderr).toContain(`the glob "${glob}" has`);
    expect(code).toBe(2);
  }
});

it('absolute paths are refused, and a slash for the top is not', async () => {
  const cwd = repository();
  write(cwd, { 'src/a.txt': '', 'b.txt': '' });
  const ran = await Promise.all(
    ['--include', '--exclude'].flatMap((option) =>
      [`${cwd}/src`, '/src'].map((glob) => akscan(['scan', '--no-history', option, glob], { cwd })),
    ),
  );
  expect(ran.map(({ code }) => code)).toEqual([2, 0, 2, 0]);
  expect(ran[0]?.stderr).toContain(`--include: the glob "${cwd}/src" is an absolute path.`);
});
