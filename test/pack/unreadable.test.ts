// What the system refuses to read is named, and everything else is read all the same.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { helperOf } from '../../src/pack/threads.js';
import { commit, git, looseFile, repository, temporaryFolder } from '../support/repository.js';
import { writePack } from './build-pack.js';
import { createPatient, entryOf, examine, planted } from './damage.js';
import { readDatabase } from './read-database.js';

const patientOf = () => createPatient(path.join(temporaryFolder(), 'patient'));

describe('what cannot be read', () => {
  it('may be a pack', async () => {
    const patient = patientOf();
    const [one, other] = [planted(), planted()];
    for (const [file, entries] of [[one], [other]].map((all) => all.map(entryOf)).entries()) {
      const stem = writePack(patient.objects, entries);
      if (file === 1) continue;
      rmSync(`${stem}.pack`);
      mkdirSync(`${stem}.pack`);
    }
    const { found, named } = await examine(patient.top);
    expect([...found].sort()).toEqual([patient.witness.id, other.id].sort());
    expect(named).toContain(one.oid);
    expect(named).not.toContain(null);
  });

  it('may be the folder of all packs', async () => {
    const top = repository();
    const { bytes, id } = planted();
    commit(top, { 'a.txt': bytes.toString() });
    const packs = path.join(top, '.git/objects/pack');
    rmSync(packs, { recursive: true });
    writeFileSync(packs, '');
    const { found, named } = await examine(top);
    expect([...found]).toEqual([id]);
    expect(named).toContain(null);
  });

  it('may be a folder of loose objects', async () => {
    const top = repository();
    commit(top, { 'a.txt': 'needle' });
    const objects = path.join(top, '.git/objects');
    const [free = ''] = ['00', '01', '02', '03', '04'].filter((name) => !existsSync(path.join(objects, name)));
    writeFileSync(path.join(objects, free), '');
    const { held, faults } = await readDatabase({ objects, hash: 'sha1', maxSize: null, anchors: ['needle'] });
    expect(held).toHaveLength(1);
    expect(faults).toEqual([expect.stringContaining(`${path.join(objects, free)}: its objects cannot be listed`)]);
  });
});

describe('a pipe in place of a file', () => {
  const pipe = (file: string): ChildProcess => {
    rmSync(file, { force: true });
    execFileSync('mkfifo', [file]);
    // Whoever waits at the pipe is let go some time.
    return spawn('sh', ['-c', `sleep 4; : > "${file}"`]);
  };

  it.each(['loose', 'pack', 'index'])('keeps nobody waiting (%s)', async (kind) => {
    const { objects, witness } = patientOf();
    const one = planted();
    const stem = writePack(objects, [entryOf(one)]);
    const loose = path.join(objects, 'ab', 'cd'.repeat(19));
    mkdirSync(path.dirname(loose));
    const letGo = pipe(kind === 'loose' ? loose : kind === 'pack' ? `${stem}.pack` : `${stem}.idx`);
    const { held, faults } = await readDatabase({ objects, hash: 'sha1', maxSize: null, anchors: ['accessKeyId'] });
    expect(letGo.exitCode).toBeNull();
    letGo.kill();
    expect(held).toContain(witness.oid);
    expect(faults).toHaveLength(1);
  });
});

describe('what HEAD names', () => {
  it('is missed when it is lost, though no ref names it', async () => {
    const top = repository();
    commit(top, { 'a.txt': 'a' });
    git(top, 'checkout', '-q', '--detach');
    const lost = commit(top, { 'a.txt': 'b' });
    rmSync(path.join(top, '.git/logs'), { recursive: true });
    expect((await examine(top)).named).toEqual([]);
    rmSync(looseFile(top, lost));
    expect((await examine(top)).named).toEqual([null]);
  });
});

describe('a thread', () => {
  const helper = (program: string) => helperOf(new Worker(program, { eval: true }));
  const task = { kind: 'missing' } as const;

  it('that ends leaves nobody waiting', async () => {
    const ending = helper('process.exit(0)');
    await expect(ending.ask(task)).rejects.toThrow('ended');
    expect(ending.isAlive()).toBe(false);
    await expect(ending.ask(task)).rejects.toThrow('ended');
  });

  it('that throws says so', async () => {
    const throwing = helper('throw new Error("broken")');
    await expect(throwing.ask(task)).rejects.toThrow('broken');
    expect(throwing.isAlive()).toBe(false);
  });

  it('that fails at one task goes on with the next', async () => {
    const failing = helper(`
      const { parentPort } = require('node:worker_threads');
      let tasks = 0;
      parentPort.on('message', () =>
        parentPort.postMessage(tasks++ === 0 ? { failure: 'task', reason: 'no memory' } : new Uint8Array([7])));
    `);
    await expect(failing.ask(task)).rejects.toThrow('no memory');
    expect(failing.isAlive()).toBe(true);
    expect(await failing.ask(task)).toEqual(new Uint8Array([7]));
    failing.stop();
  });
});
