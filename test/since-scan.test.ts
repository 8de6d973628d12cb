import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSince } from '../src/since-scan.js';
import { defaults, recorder } from './sources/recording.js';
import { id24, secret30 } from './support/keys.js';
import { commit, repository, temporaryFolder } from './support/repository.js';

const pair = (): string => `accessKeyId=${id24()}\naccessKeySecret=${secret30()}\n`;

describe('readSince', () => {
  it('leaves the state file as it was when the scan is stopped', async () => {
    const folder = repository();
    commit(folder, { 'a.env': pair() });
    const state = path.join(temporaryFolder(), 'state');
    const stopped = async (): Promise<void> => {
      const controller = new AbortController();
      const { sink } = recorder();
      // Ctrl-C when the first object has been read.
      const stopping = { ...sink, count: () => controller.abort() };
      const reading = readSince(state)([folder], { ...defaults, worktree: false, signal: controller.signal }, stopping);
      await expect(reading).rejects.toThrow();
    };
    await stopped();
    expect(existsSync(state)).toBe(false);
    await readSince(state)([folder], defaults, recorder().sink);
    const before = readFileSync(state);
    commit(folder, { 'b.env': pair() });
    await stopped();
    expect(readFileSync(state).equals(before)).toBe(true);
    const { sink, recording } = recorder();
    await readSince(state)([folder], { ...defaults, worktree: false }, sink);
    expect(recording.sightings.map(({ marks }) => marks?.carriedOver ?? false).sort()).toEqual([false, true]);
    expect(recording.counts.objects).toBe(3);
  });
});
