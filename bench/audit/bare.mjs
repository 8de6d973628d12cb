// Bare repositories from streams of `git fast-import` (git-fast-import, INPUT FORMAT): one short process each.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Nobody's settings, and nothing waits for the disk. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};
const QUICK = ['-c', 'core.fsync=none', '-c', 'pack.compression=1', '-c', 'core.compression=1'];

/** What `git init --bare` makes of it, without the process. */
export const makeBare = (folder) => {
  for (const name of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags']) {
    mkdirSync(path.join(folder, name), { recursive: true });
  }
  writeFileSync(path.join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(
    path.join(folder, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n',
  );
};

/** @param {Iterable<string | Buffer>} chunks */
export const fastImport = (folder, chunks, ...options) =>
  new Promise((resolve, reject) => {
    const child = spawn('git', [...QUICK, ...options, 'fast-import', '--quiet', '--force'], {
      cwd: folder,
      env: ENVIRONMENT,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2_000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`git fast-import ended with ${code}: ${said}`));
    });
    child.stdin.on('error', () => {});
    feed(child.stdin, chunks).catch(reject);
  });

const feed = async (input, chunks) => {
  let parts = [];
  let size = 0;
  const flush = async () => {
    const room = input.write(Buffer.concat(parts));
    parts = [];
    size = 0;
    if (room || input.destroyed) return;
    await new Promise((resolve) => {
      const go = () => {
        input.off('drain', go).off('close', go);
        resolve();
      };
      input.on('drain', go).on('close', go);
    });
  };
  for (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    parts.push(bytes);
    size += bytes.length;
    if (size > 1 << 18) await flush();
  }
  parts.push(Buffer.from('done\n'));
  await flush();
  input.end();
};

/**
 * One commit.
 * @param {{ ref: string, mark?: number, from?: string, person: string, time: number, message: string,
 *   changes: readonly { path: string, bytes: string | Buffer | null }[] }} commit `bytes: null` takes the file away
 */
export function* commitStream({ ref, mark, from, person, time, message, changes }) {
  yield `commit ${ref}\n${mark === undefined ? '' : `mark :${mark}\n`}`;
  yield `author ${person} ${time} +0800\ncommitter ${person} ${time} +0800\n`;
  yield* data(message);
  if (from !== undefined) yield `from ${from}\n`;
  for (const { path: name, bytes } of changes) {
    if (bytes === null) yield `D ${name}\n`;
    else {
      yield `M 100644 inline ${name}\n`;
      yield* data(bytes);
    }
  }
  yield '\n';
}

export function* tagStream({ name, from, person, time, message }) {
  yield `tag ${name}\nfrom ${from}\ntagger ${person} ${time} +0800\n`;
  yield* data(message);
}

function* data(bytes) {
  yield `data ${Buffer.byteLength(bytes)}\n`;
  yield bytes;
  yield '\n';
}
