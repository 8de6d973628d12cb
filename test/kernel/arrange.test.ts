import made from 'akscan:anchors';
import { describe, expect, it } from 'vitest';
import { formsOf } from '../../src/detect/anchor-forms.js';
import { anchorsOf } from '../../src/detect/anchors.js';
import { builtInRules, rulesFor } from '../../src/detect/rules.js';
import { arrange, BUCKETS, wordsOf } from '../../src/kernel/arrange.js';
import { settleWindows } from '../../src/kernel/windows.js';

const latin1 = (form: Uint8Array): string => Buffer.from(form).toString('latin1');

describe('what is made of the built-in rules when the project is built', () => {
  it('is what would be computed of them', () => {
    const prefixes = builtInRules.flatMap(({ key }) => (key === undefined || key.prefix === '' ? [] : [key.prefix]));
    expect(Object.keys(made.forms).sort()).toEqual([...new Set(prefixes)].sort());
    for (const prefix of prefixes) expect(made.forms[prefix]).toEqual(formsOf(prefix).map(latin1));
    expect(made.places).toEqual(arrange(made.words.split('\n')));
    expect(made.windows).toEqual(settleWindows(made.words.split('\n')));
  });

  it('is what a search with default options uses', () => {
    expect(made.words).toBe(wordsOf(anchorsOf(rulesFor({}))).join('\n'));
  });
});

describe('arrange', () => {
  it('puts words that look alike together, and spreads the others over the buckets', () => {
    const places = arrange(['aaaa', 'aaab', 'zzzz', '\u00f0\u00f0\u00f0\u00f0']);
    expect(places[0]).toBe(places[1]);
    expect(new Set(places).size).toBe(3);
    expect(places.every((place) => place >= 0 && place < BUCKETS)).toBe(true);
  });
});
