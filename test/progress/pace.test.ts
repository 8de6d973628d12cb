import { describe, expect, it } from 'vitest';
import { createPace } from '../../src/progress/pace.js';

/** A clock that is set by hand. */
const clocked = () => {
  let at = 0;
  return { pace: createPace(() => at), pass: (ms: number) => (at += ms) };
};

describe('pace', () => {
  it('says nothing at first', () => {
    const { pace, pass } = clocked();
    expect(pace.words()).toBe('');
    pace.note({ done: 1, total: 100, bytes: 1e6 });
    pass(500);
    pace.note({ done: 50, total: 100, bytes: 5e7 });
    expect(pace.words()).toBe('');
  });

  it('says bytes a second, and what is left where the total is known', () => {
    const { pace, pass } = clocked();
    for (let second = 0; second <= 2; second += 1) {
      pace.note({ done: second * 1000, total: 14_000, bytes: second * 23e6 });
      if (second < 2) pass(1000);
    }
    expect(pace.words()).toBe('23 MB/s, 12 s left');
  });

  it('says one alone where the other is not known', () => {
    const files = clocked();
    const keys = clocked();
    for (const second of [0, 1, 2]) {
      files.pace.note({ done: second, bytes: second * 1000 });
      keys.pace.note({ done: second * 2, total: 604 });
      if (second < 2) for (const each of [files, keys]) each.pass(1000);
    }
    expect(files.pace.words()).toBe('1.0 KB/s');
    expect(keys.pace.words()).toBe('5 min left');
  });

  it('goes by the last seconds, not by the whole', () => {
    const { pace, pass } = clocked();
    let bytes = 0;
    for (let second = 0; second < 60; second += 1) {
      pace.note({ done: second, bytes });
      bytes += second < 30 ? 100e6 : 1e6;
      pass(1000);
    }
    pace.note({ done: 60, bytes });
    expect(pace.words()).toBe('1.0 MB/s');
  });

  it('begins anew when work does', () => {
    const { pace, pass } = clocked();
    pace.note({ done: 10, total: 20 });
    pass(5000);
    pace.note({ done: 20, total: 20 });
    pace.note({ done: 0, total: 50 });
    pass(900);
    expect(pace.words()).toBe('');
    pass(1100);
    pace.note({ done: 10, total: 50 });
    expect(pace.words()).toBe('8 s left');
  });

  it('promises nothing when more was done than was thought, or nothing moves', () => {
    const { pace, pass } = clocked();
    pace.note({ done: 0, total: 5 });
    pass(2000);
    expect(pace.words()).toBe('');
    pace.note({ done: 7, total: 5 });
    pass(1000);
    expect(pace.words()).toBe('');
  });
});
