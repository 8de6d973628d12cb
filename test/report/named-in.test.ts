import { describe, expect, it } from 'vitest';
import { isNamedIn } from '../../src/report/named-in.js';

describe('a reason', () => {
  it.each([
    ['git cannot read the repository /srv/shop: not owned', '/srv/shop'],
    ['there is no ./a/b.env', './a/b.env'],
    ['nothing was read in /srv/shop.', '/srv/shop'],
    ['"a b.txt" cannot be opened', 'a b.txt'],
    ['object 0123456789abcdef is damaged', '0123456789abcdef'],
    ['permission denied', ''],
    ['permission denied', '.'],
  ])('%j names %j', (reason, name) => expect(isNamedIn(reason, name)).toBe(true));

  it.each([
    ['permission denied', 'a'],
    ['this file cannot be read', 'file'],
    ['larger than 4.5 MB', '4'],
    ['larger than 4.5 MB', '.5'],
    ['there is no /srv/shop/a.env', '/srv/shop'],
    ['there is no /srv/shop', 'shop'],
    ['too many links (40) in it', '0'],
    ['permission denied', 'permission.env'],
  ])('%j does not name %j', (reason, name) => expect(isNamedIn(reason, name)).toBe(false));
});
