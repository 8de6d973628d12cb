// Builds the demo's repository with real git: a year of a small team, with a merge, a deleted file and a forgotten stash.

import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { AkscanError, reasonOf } from '../errors.js';
import { ADMIN_LEAKED, keys } from './company.js';
import * as files from './files.js';

const run = promisify(execFile);

const DAY = 86_400_000;

const AUTHORS = {
  lin: ['Lin Yue', 'lin.yue@lantern.example'],
  marco: ['Marco Silva', 'marco@lantern.example'],
  priya: ['Priya Nair', 'priya@lantern.example'],
} as const;

export interface Stage {
  /** An empty folder for the repository. */
  readonly folder: string;
  /** The environment without anything of this machine's git or cloud. */
  readonly env: Readonly<Record<string, string>>;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** @throws AkscanError when git is missing or fails */
export const buildRepository = async (stage: Stage): Promise<void> => {
  const { folder, now, signal } = stage;

  const git = async (args: readonly string[], author: keyof typeof AUTHORS = 'lin', daysAgo = 0): Promise<void> => {
    const [name, address] = AUTHORS[author];
    // Mornings, to the second; a commit lies in UTC.
    const date = `${Math.floor((now - daysAgo * DAY) / 1_000)} +0000`;
    const env = {
      ...stage.env,
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: address,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: address,
      GIT_COMMITTER_DATE: date,
    };
    try {
      await run('git', args, { cwd: folder, env, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw new AkscanError(`The demo needs git: \`git ${args[0]}\` failed (${reasonOf(error)}).`);
    }
  };
  const write = async (name: string, content: string): Promise<void> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  const commit = async (message: string, author: keyof typeof AUTHORS, daysAgo: number): Promise<void> => {
    await git(['add', '--all']);
    await git(['commit', '--quiet', '--message', message], author, daysAgo);
  };

  await mkdir(folder, { recursive: true });
  await git(['init', '--quiet', '--initial-branch=main']);

  await write('README.md', files.readme);
  await write('.env.example', files.envExample);
  await write('src/server.js', files.server);
  await write('src/catalogue.js', files.catalogueSource);
  await commit('The shop answers', 'lin', 412);

  await write('src/upload.js', files.upload(keys.uploader));
  await commit('Photos go to OSS', 'marco', 371);

  await write('scripts/deploy.sh', files.deploy(keys.root));
  await write('config/application.yml', files.application(keys.legacy));
  await commit('Orders service, deploy script', 'marco', 303);

  await rm(path.join(folder, 'scripts/deploy.sh'));
  await commit('Remove the deploy script: CI deploys now', 'lin', 287);

  await git(['switch', '--quiet', '--create', 'reports']);
  await write('tools/report.py', files.report);
  await commit('Weekly report', 'priya', 122);
  await write('k8s/reports.yaml', files.kubernetes(keys.reports));
  await commit('Run the report in the cluster', 'priya', 119);

  await git(['switch', '--quiet', 'main']);
  await write('web/catalogue.html', files.catalogue(keys.links));
  await commit('Autumn catalogue', 'lin', 63);
  await git(['merge', '--quiet', '--no-ff', '--message', 'Merge branch reports', 'reports'], 'lin', 61);

  await write('deploy/terraform.tfvars', files.terraform(keys.admin));
  await commit('Servers as code', 'marco', ADMIN_LEAKED);
  await write('web/suppliers.html', files.suppliers(keys.stranger));
  await commit('Suppliers page', 'priya', 33);

  await write('tools/report.py', files.reportInDebug(keys.contractor));
  await git(['stash', 'push', '--quiet', '--message', 'debug'], 'priya', 12);
};
