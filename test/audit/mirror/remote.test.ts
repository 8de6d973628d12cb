// Addresses, and what is reached through SSH. `ssh` here is a script that stands in for the program and its other side.

import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isFailure, remoteOf } from '../../../src/audit/mirror/remote.js';
import { PATIENCE } from '../../../src/audit/mirror/types.js';
import { commit, git, repository, temporaryFolder, write } from '../../support/repository.js';
import { mirrorsIn, ready, remoteRepository, signal } from './serving.js';

const nobody = async (): Promise<null> => null;

afterEach(() => void vi.unstubAllEnvs());

describe('an address', () => {
  it.each([
    'https://example.com/team/app.git',
    'http://127.0.0.1:3000/team/app',
    'ssh://git@example.com:2222/team/app.git',
    'git@example.com:team/app.git',
  ])('that is usable: %s', async (address) => {
    expect(await remoteOf(address, nobody, PATIENCE)).toMatchObject({ url: address });
  });

  it.each([
    '',
    'team/app',
    '-oProxyCommand=x@example.com:app',
    'git@-oProxyCommand=x:app',
    'ssh://-oProxyCommand=x/app',
    'ssh://git@ex$(id)ample.com/app',
    'ssh://git:secret@example.com/app',
    'ssh://example.com?$(id)/app',
    'ssh://example.com#;id/app',
    'ssh://exa\tmple.com/app',
    ' ssh://example.com/app',
    'ext::sh -c id',
    'git://example.com/app',
    'http://example.com/app',
    'http://localhost.example.com/app',
    'file:///srv/app',
    'ftp://example.com/app',
    'fd::17',
  ])('that is not: %s', async (address) => {
    expect(isFailure(await remoteOf(address, nobody, PATIENCE))).toBe(true);
  });

  it('gives up its user and password, and asks nobody for others', async () => {
    const credentialFor = vi.fn(nobody);
    const remote = await remoteOf('https://wei:p%40ss%zz@example.com/app#top', credentialFor, PATIENCE);
    expect(remote).toMatchObject({ url: 'https://example.com/app', host: 'example.com', hasCredential: true });
    expect(JSON.stringify(remote)).toContain(Buffer.from('wei:p%40ss%zz').toString('base64'));
    expect(credentialFor).not.toHaveBeenCalled();
  });

  it('never lets the person’s configuration add a header of its own to ours', async () => {
    const remote = await remoteOf('https://example.com/app', async () => ({ username: 'a', password: 'b' }), PATIENCE);
    const headers = isFailure(remote) ? [] : remote.reach.settings.filter(([name]) => /extraheader/i.test(name));
    expect(headers).toEqual([
      ['http.https://example.com/app.extraHeader', ''],
      ['http.https://example.com/app.extraHeader', 'Authorization: Basic YTpi'],
    ]);
  });
});

describe('over SSH', () => {
  /** Notes its arguments, and does on this machine what it was asked to do on another. */
  const withSsh = (script: string): { readonly arguments: () => string } => {
    const folder = temporaryFolder();
    const noted = path.join(folder, 'noted');
    write(folder, { ssh: `#!/bin/sh\necho "$@" >> ${noted}\n${script}\n` });
    chmodSync(path.join(folder, 'ssh'), 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
    return { arguments: () => (existsSync(noted) ? readFileSync(noted, 'utf8') : '') };
  };
  const RUN_HERE = 'for last; do :; done; exec env GIT_PROTOCOL= sh -c "$last"';

  it.each([(folder: string) => `ssh://git@example.com${folder}`, (folder: string) => `git@example.com:${folder}`])(
    'a repository is mirrored, and nobody is asked anything (%#)',
    async (addressOf) => {
      const folder = repository();
      const oid = commit(folder, { a: 'a' });
      const ssh = withSsh(RUN_HERE);
      // What configuration names in the place of ssh does not count.
      const configuration = path.join(temporaryFolder(), 'gitconfig');
      write(path.dirname(configuration), { gitconfig: '[core]\n\tsshCommand = false\n[safe]\n\tdirectory = *\n' });
      vi.stubEnv('GIT_CONFIG_GLOBAL', configuration);
      vi.stubEnv('GIT_SSH_COMMAND', 'false');
      vi.stubEnv('GIT_SSH', '/bin/false');
      const mirrors = await mirrorsIn();
      const mirror = ready(
        await mirrors.obtain(
          remoteRepository('https://x.invalid', { clone: { from: 'url', url: addressOf(folder) } }),
          null,
          signal,
        ),
      );
      expect(git(mirror.folder, 'rev-parse', 'HEAD')).toBe(oid);
      expect(ssh.arguments()).toContain('-oBatchMode=yes');
      expect(ssh.arguments()).toContain('-oPermitLocalCommand=no');
    },
  );

  it.each([
    ['git@example.com: Permission denied (publickey).', 'denied', /accepts none of the SSH keys/],
    ['Host key verification failed.', 'broken', /is not among the known hosts/],
    ['ssh: Could not resolve hostname example.com: Name or service not known', 'broken', /cannot be resolved/],
    ['ssh: connect to host example.com port 22: Connection refused', 'broken', /cannot be reached/],
    ['ERROR: Repository not found.', 'gone', /knows no such repository/],
  ])('it is said why not: %s', async (said, state, reason) => {
    withSsh(`echo "${said}" >&2; exit 255`);
    const mirrors = await mirrorsIn();
    const repo = remoteRepository('https://x.invalid', { clone: { from: 'url', url: 'git@example.com:app' } });
    expect(await mirrors.obtain(repo, null, signal)).toMatchObject({
      state,
      reason: expect.stringMatching(reason),
      look: null,
    });
  });
});
