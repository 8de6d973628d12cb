import { describe, expect, it } from 'vitest';
import { addressesOf } from '../../src/contain/restriction.js';

describe('addressesOf', () => {
  it('takes addresses and networks, with commas or one by one', () => {
    expect(addressesOf(['192.0.2.1, 198.51.100.0/24', '2001:db8::/32', '192.0.2.1'])).toEqual([
      '192.0.2.1',
      '198.51.100.0/24',
      '2001:db8::/32',
    ]);
  });

  it.each(['0.0.0.0/0', '::/0', '192.0.2.1/33', '192.0.2', 'office', '192.0.2.1/', '192.0.2.1/24/24', '1.2.3.4/-1'])(
    'refuses %s',
    (text) => {
      expect(() => addressesOf([text])).toThrow(/^--allow: /);
    },
  );

  it('knows how many a policy holds', () => {
    expect(() => addressesOf(Array.from({ length: 51 }, (_, index) => `192.0.2.${index}`))).toThrow(/at most 50/);
  });
});
