import { describe, expect, it } from 'vitest';
import { isAccident, isBounded } from '../../src/detect/bounds.js';
import { createKeys } from '../support/keys.js';

const keys = createKeys(62);
const judge = (place: string, value: string, test: (text: string, from: number, to: number) => boolean): boolean => {
  const text = place.replace('@', value);
  const from = text.indexOf(value);
  return test(text, from, from + value.length);
};

describe('plus signs beside a value', () => {
  it.each(['GET /s?q=ak+@+sk+x', '?ak=@+x', 'body=my+ak+is+@+and+sk+is+x&y=1', '?q=ak+@'])(
    'are blanks in a form: %s',
    (place) => {
      for (const id of [keys.id16(), keys.id24()]) expect(judge(place, id, isAccident)).toBe(false);
      expect(judge(place, keys.secret30(), isBounded)).toBe(true);
    },
  );

  it('are signs of base64 otherwise', () => {
    for (let round = 0; round < 200; round++) {
      const place = `?sig=${keys.text('base62', 20)}+@+${keys.text('base62', 23)}`;
      expect(judge(place, keys.id16(), isAccident)).toBe(true);
      expect(judge(place, keys.secret30(), isBounded)).toBe(false);
    }
  });
});

describe('equals signs behind a value', () => {
  it.each(['=@=', ':: =@=', 'id @= x'])('pad nothing whose length no base64 has: %s', (place) => {
    for (const id of [keys.id16(), keys.id24()]) expect(judge(place, id, isAccident)).toBe(false);
    expect(judge(place, keys.secret30(), isBounded)).toBe(true);
  });

  it('are markup where as many stand before', () => {
    expect(judge('==@==', keys.secret30(), isBounded)).toBe(true);
  });

  it('pad base64 that the value is the end of', () => {
    expect(judge(`"${keys.text('base62', 40)}/x@=="`, keys.id24(), isAccident)).toBe(true);
    expect(judge(`"${keys.text('base62', 8)}/@="`, keys.id16(), isAccident)).toBe(false);
    expect(judge('"@=="', keys.secret30(), isBounded)).toBe(false);
  });
});
