import { describe, expect, it } from 'vitest';
import { AREAS } from '../../src/lang/chinese.js';
import { type Entry, expanded, tokensOf } from '../../src/lang/template.js';
import { spokenSources } from '../support/sources.js';

const all: readonly Entry[] = Object.values(AREAS).flat();

const slotsIn = (text: string): readonly string[] => [
  ...new Set(tokensOf(text).flatMap((token) => (token.kind === 'slot' ? [token.name] : []))),
];

/** What an entry says in English, between its placeholders, alternatives and marks. */
const clausesOf = (english: string): readonly string[] =>
  english
    .split(/\{[^}]*\}|\[[^\]]*\]|[,;:.()<>](?= |$)|[()<>]/)
    .map((clause) => clause.trim())
    .filter((clause) => /[A-Za-z]{3}/.test(clause));

/** Whether the sources say it, in at most three pieces: many sentences are put together. */
const isSaid = (clause: string, sources: string): boolean => {
  let words: readonly string[] = clause.toLowerCase().split(' ');
  for (let piece = 0; piece < 3; piece += 1) {
    let most = words.length;
    while (most > 0 && !sources.includes(words.slice(0, most).join(' '))) most -= 1;
    words = words.slice(most);
    if (words.length === 0) return true;
  }
  return false;
};

describe('the Chinese catalogue', () => {
  it('uses in Chinese the placeholders that stand in English', () => {
    const wrong = all.filter(([english, chinese]) => {
      const given = expanded(english).map(slotsIn);
      const used = slotsIn(chinese);
      return (
        !used.every((name) => given.some((names) => names.includes(name))) ||
        !given.flat().every((name) => used.includes(name))
      );
    });
    expect(wrong.map(([english]) => english)).toEqual([]);
  });

  it('has two texts between two placeholders, or one could not tell where the first ends', () => {
    const wrong = all.flatMap(([english]) =>
      expanded(english).filter((text) =>
        tokensOf(text).some((token, index, tokens) => token.kind === 'slot' && tokens[index + 1]?.kind === 'slot'),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('has each English text once', () => {
    const texts = all.flatMap(([english]) => expanded(english));
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  it('has nothing that the sources do not say any more', () => {
    const sources = spokenSources().toLowerCase();
    const gone = all.filter(([english]) => !clausesOf(english).every((clause) => isSaid(clause, sources)));
    expect(gone.map(([english]) => english)).toEqual([]);
  });

  it('writes Chinese marks in Chinese sentences', () => {
    const wrong = all.filter(([, chinese]) => /[\u4e00-\u9fff][,;:!?]|[\u4e00-\u9fff]\.(?:\s|$)/.test(chinese));
    expect(wrong.map(([, chinese]) => chinese)).toEqual([]);
  });
});
