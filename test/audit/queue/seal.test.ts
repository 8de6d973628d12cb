import { describe, expect, it } from 'vitest';
import { queueSeal } from '../../../src/audit/queue/seal.js';

const env = { AKSCAN_STORE_KEY: 'one key of a good length' };

describe('what crosses a queue sealed', () => {
  it('opens with the same key as what it was sealed for', () => {
    const sealed = queueSeal(env).seal(['order', 'run', 'job'], Buffer.from('words'));
    expect(queueSeal(env).open(['order', 'run', 'job'], sealed).toString()).toBe('words');
    expect(sealed.includes('words')).toBe(false);
  });

  it('opens neither for another purpose, nor with another key, nor when a bit was changed', () => {
    const seal = queueSeal(env);
    const sealed = seal.seal(['order', 'run', 'job'], Buffer.from('words'));
    expect(() => seal.open(['order', 'run', 'other'], sealed)).toThrow();
    expect(() => seal.open(['order', 'run,job'], sealed)).toThrow();
    const other = queueSeal({ AKSCAN_STORE_KEY: 'another key of a good length' });
    expect(() => other.open(['order', 'run', 'job'], sealed)).toThrow();
    for (const at of [0, 5, 20, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => seal.open(['order', 'run', 'job'], changed)).toThrow();
    }
    expect(() => seal.open(['order', 'run', 'job'], Buffer.alloc(0))).toThrow();
  });

  it('has names that tell nothing and are the same on all machines', () => {
    expect(queueSeal(env).tag('job', 'run', 'a')).toBe(queueSeal(env).tag('job', 'run', 'a'));
    expect(queueSeal(env).tag('job', 'run', 'a')).not.toBe(queueSeal(env).tag('job', 'runa', ''));
    expect(queueSeal(env).tag('job', 'run', 'a')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('needs the key, and one that cannot be guessed', () => {
    expect(() => queueSeal({})).toThrow('A queue needs the key AKSCAN_STORE_KEY, which is not set');
    expect(() => queueSeal({ AKSCAN_STORE_KEY: 'short' })).toThrow(/shorter than 16 characters/);
  });
});
