// Real folders and real git repositories for tests, gone when the test is over.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

export const temporaryFolder = (): string => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'akscan-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** The same for all tests of a file or suite; to be called in it, not in a test. */
export const sharedFolder = (): string => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'akscan-test-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const { PATH } = process.env;

const ENVIRONMENT = {
  PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Wei Zhang',
  GIT_AUTHOR_EMAIL: 'wei@example.com',
  GIT_COMMITTER_NAME: 'Wei Zhang',
  GIT_COMMITTER_EMAIL: 'wei@example.com',
  GIT_AUTHOR_DATE: '2024-03-01T10:00:00+08:00',
  GIT_COMMITTER_DATE: '2024-03-01T10:00:00+08:00',
};

/** Runs git in `folder` and gives what it printed, without the last line feed. */
export const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd();

/** The file of a loose object. */
export const looseFile = (folder: string, oid: string): string =>
  path.join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2));

/** Puts other bytes into the file of a loose object, which git writes protected. */
export const overwriteLoose = (folder: string, oid: string, bytes: string | Uint8Array): void => {
  chmodSync(looseFile(folder, oid), 0o644);
  writeFileSync(looseFile(folder, oid), bytes);
};

export const write = (folder: string, files: Readonly<Record<string, string | Uint8Array>>): void => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
};

/** An empty repository on branch `main`. */
export const repository = (folder: string = temporaryFolder(), ...options: readonly string[]): string => {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main', ...options);
  return folder;
};

/** Writes the files, commits everything, and gives the commit's id. */
export const commit = (
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  message = 'change',
): string => {
  write(folder, files);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
};
