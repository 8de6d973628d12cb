import { describe, expect, it } from 'vitest';
import { POWERS } from '../../src/findings/model.js';
import { powerInWords } from '../../src/findings/powers.js';

describe('powers in words', () => {
  it('are different for each, and follow the name of who has them', () => {
    const words = POWERS.map(powerInWords);
    expect(new Set(words).size).toBe(POWERS.length);
    for (const word of words) expect(word).toMatch(/^(can|is|has|runs|reads|writes|decrypts|sends) [^.]+$/);
  });
});
