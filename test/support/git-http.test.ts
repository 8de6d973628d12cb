import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { type GitServer, type GitServerOptions, startGitServer } from './git-http.js';
import { commit, repository, temporaryFolder } from './repository.js';

const run = promisify(execFile);
const servers: GitServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const serving = async (options: GitServerOptions): Promise<GitServer> => {
  const server = await startGitServer(options);
  servers.push(server);
  return server;
};

const lsRemote = async (url: string): Promise<string> =>
  (
    await run('git', ['-c', 'credential.helper=', 'ls-remote', url], {
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    })
  ).stdout;

it('gives a repository out to git, large requests included', async () => {
  const root = temporaryFolder();
  const folder = repository(`${root}/team/app`);
  const oid = commit(folder, { a: 'one' });
  const server = await serving({ root });
  expect(await lsRemote(`${server.url}/team/app`)).toContain(`${oid}\trefs/heads/main`);
  const copy = `${temporaryFolder()}/copy`;
  await run('git', ['clone', '--quiet', '--mirror', `${server.url}/team/app`, copy]);
  expect((await run('git', ['rev-parse', 'main'], { cwd: copy })).stdout.trim()).toBe(oid);
  expect(server.requests.some((request) => request.startsWith('POST /team/app/git-upload-pack'))).toBe(true);
});

it('keeps out whoever may not read, and lets a test answer in its place', async () => {
  const root = temporaryFolder();
  commit(repository(`${root}/app`), { a: 'one' });
  const server = await serving({
    root,
    auth: { username: 'wei', password: 'open sesame' },
    onRequest: (request, response) => {
      if (!request.url?.startsWith('/moved')) return false;
      response.writeHead(404).end();
      return true;
    },
  });
  await expect(lsRemote(`${server.url}/app`)).rejects.toThrow(/Authentication|could not read/);
  await expect(lsRemote(`${server.url}/moved`)).rejects.toThrow(/not found/);
  expect(await lsRemote(server.url.replace('//', '//wei:open%20sesame@').concat('/app'))).toContain('refs/heads/main');
});
