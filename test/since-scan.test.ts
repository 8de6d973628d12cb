import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSince } from '../src/since-scan.js';
import { defaults, recorder } from './sources/recording.js';
import { id24, secret30 } from './support/keys.js';
import { commit, git, repository, temporaryFolder } from './support/repository.js';

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

  const packed = (): { readonly folder: string; readonly packs: string; readonly state: string } => {
    const folder = repository();
    commit(folder, { 'a.env': pair() });
    git(folder, 'repack', '-adq');
    return {
      folder,
      packs: path.join(folder, '.git', 'objects', 'pack'),
      state: path.join(temporaryFolder(), 'state'),
    };
  };
  const scan = async (state: string, folder: string) => {
    const { sink, recording } = recorder();
    await readSince(state)([folder], { ...defaults, worktree: false }, sink);
    return recording;
  };

  it('lists again, as known, what held something in a pack that was broken for one scan', async () => {
    const { folder, packs, state } = packed();
    await scan(state, folder);
    const pack = path.join(packs, readdirSync(packs).find((name) => name.endsWith('.pack')) ?? '');
    const whole = readFileSync(pack);
    chmodSync(pack, 0o600);
    writeFileSync(pack, whole.subarray(0, 100));
    expect((await scan(state, folder)).skipped).not.toEqual([]);
    writeFileSync(pack, whole);
    const { sightings } = await scan(state, folder);
    expect(sightings.map(({ marks }) => marks?.carriedOver)).toEqual([true]);
  });

  it('says that history went missing since, and knows its place when it is back', async () => {
    const { folder, packs, state } = packed();
    const [before] = (await scan(state, folder)).sightings;
    renameSync(packs, `${packs}.away`);
    expect((await scan(state, folder)).skipped.map(({ because }) => because)).toEqual(['fault']);
    renameSync(`${packs}.away`, packs);
    const { sightings } = await scan(state, folder);
    expect(sightings.map(({ provenance }) => provenance)).toEqual([before?.provenance]);
    expect(sightings.map(({ marks }) => marks?.carriedOver)).toEqual([true]);
  });

  it('refuses a state file that is a pipe or a folder', async () => {
    const folder = repository();
    const pipe = path.join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(scan(pipe, folder)).rejects.toThrow(`${pipe} is no state file of akscan`);
    const place = temporaryFolder();
    await expect(scan(place, folder)).rejects.toThrow(`${place} is no state file of akscan`);
  });
});
