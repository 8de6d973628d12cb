import { expect, it } from 'vitest';
import { requireVersion } from '../../src/git/version.js';

it('git must be 2.31 or newer', () => {
  for (const said of ['git version 2.31.0', 'git version 2.39.5 (Apple Git-154)', 'git version 3.0.0.windows.1'])
    expect(() => requireVersion(said)).not.toThrow();
  for (const said of ['git version 2.30.9', 'git version 1.99.0'])
    expect(() => requireVersion(said)).toThrow(`${said} is too old`);
  expect(() => requireVersion('')).toThrow('git is too old');
});
