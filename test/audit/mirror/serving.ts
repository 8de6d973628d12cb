// A forge on loopback with one repository, and mirrors to fetch it into.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openMirrors } from '../../../src/audit/mirror/open-mirrors.js';
import type { Mirror, MirrorDeps, Mirrors } from '../../../src/audit/mirror/types.js';
import type { MirrorSettings, Repository } from '../../../src/audit/types.js';
import { type GitServer, type GitServerOptions, startGitServer } from '../../support/git-http.js';
import { commit, repository, temporaryFolder } from '../../support/repository.js';

export const { signal } = new AbortController();

export interface Forge extends GitServer {
  /** The work tree of the one repository that is served, at `/team/app`. */
  readonly app: string;
  readonly root: string;
}

export const forge = async (options: Omit<GitServerOptions, 'root'> = {}): Promise<Forge> => {
  const root = temporaryFolder();
  const app = repository(path.join(root, 'team', 'app'));
  commit(app, { 'a.txt': 'one' });
  const server = await startGitServer({ root, ...options });
  onTestFinished(() => server.close());
  return { ...server, app, root };
};

export const remoteRepository = (url: string, changes: Partial<Repository> = {}): Repository => ({
  id: `127.0.0.1/${new URL(url).pathname}`,
  forge: 'git',
  name: url,
  clone: { from: 'url', url },
  kind: 'repository',
  refs: 'branches-and-tags',
  sizeKb: null,
  visibility: null,
  archived: false,
  fork: false,
  parent: null,
  pushedAt: null,
  ...changes,
});

export interface Opened extends Mirrors {
  readonly folder: string;
  readonly told: readonly string[];
}

export const mirrorsIn = async (
  folder: string = path.join(temporaryFolder(), 'mirrors'),
  settings: Partial<MirrorSettings> = {},
  deps: Partial<MirrorDeps> = {},
): Promise<Opened> => {
  const told: string[] = [];
  const mirrors = await openMirrors(
    { folder, cacheSize: 1 << 30, maxRepositorySize: null, after: 'keep', ...settings },
    { credentialFor: async () => null, tell: (sentence) => void told.push(sentence), ...deps },
  );
  return { ...mirrors, folder, told };
};

export type Ready = Mirror & { readonly state: 'ready' };

/** @throws when there is none */
export const ready = (mirror: Mirror): Ready => {
  if (mirror.state !== 'ready') throw new Error(JSON.stringify(mirror));
  return mirror;
};

/** Names of the mirrors that are kept, of those half made, and of leases. */
export const contentOf = (
  folder: string,
): { readonly mirrors: number; readonly making: number; readonly leases: number } => ({
  mirrors: readdirSync(folder).filter((name) => name.endsWith('.git')).length,
  making: readdirSync(path.join(folder, 'making')).length,
  leases: readdirSync(path.join(folder, 'leases')).length,
});
