// A repository's own configuration, attributes and hooks name programs to run. None of them may ever run.

import { chmodSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { hardenedEnvironment, runGit } from '../../src/git/run.js';
import { read } from '../sources/recording.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, looseFile, repository, temporaryFolder, write } from '../support/repository.js';

const { signal } = new AbortController();

/** A program that leaves a file behind when it is run, whatever its arguments. */
const trap = (folder: string): { readonly program: string; readonly sprung: () => readonly string[] } => {
  const program = path.join(folder, 'trap.sh');
  const marks = path.join(folder, 'marks');
  write(folder, { 'trap.sh': `#!/bin/sh\nmkdir -p ${marks}; echo "$0 $*" > ${marks}/$$\ncat\n`, 'marks/.keep': '' });
  chmodSync(program, 0o755);
  return { program, sprung: () => readdirSync(marks).filter((name) => name !== '.keep') };
};

const hostileSettings = (program: string): Readonly<Record<string, string>> => ({
  'core.fsmonitor': program,
  'core.sshCommand': program,
  'core.pager': program,
  'core.editor': program,
  'core.askPass': program,
  'core.gitProxy': program,
  'core.alternateRefsCommand': program,
  'pager.rev-list': program,
  'pager.ls-files': program,
  'alias.ls-files': `!${program}`,
  'alias.rev-list': `!${program}`,
  'credential.helper': program,
  'diff.external': program,
  'diff.evil.textconv': program,
  'diff.evil.command': program,
  'filter.evil.clean': program,
  'filter.evil.smudge': program,
  'filter.evil.process': program,
  'filter.evil.required': 'true',
  'gpg.program': program,
  'log.showSignature': 'true',
  'protocol.ext.allow': 'always',
  'protocol.file.allow': 'always',
  'remote.origin.url': `ext::${program}`,
  'remote.origin.uploadpack': program,
  'remote.origin.promisor': 'true',
  'remote.origin.partialclonefilter': 'blob:none',
  'extensions.partialClone': 'origin',
  'core.repositoryFormatVersion': '1',
});

describe('a hostile repository', () => {
  it('executes nothing while it is scanned', async () => {
    const { program, sprung } = trap(temporaryFolder());
    const folder = repository();
    const [id, lone] = [id24(), id24()];
    const hooks = path.join(folder, 'hooks');
    for (const hook of [
      'post-index-change',
      'post-checkout',
      'pre-auto-gc',
      'fsmonitor-watchman',
      'reference-transaction',
    ]) {
      write(hooks, { [hook]: `#!/bin/sh\n${program}\n` });
      chmodSync(path.join(hooks, hook), 0o755);
    }
    commit(folder, {
      '.gitattributes': '* filter=evil diff=evil\n',
      'a.env': `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`,
      'b.env': `accessKeyId=${lone}\n`,
      'missing.txt': 'to be taken away',
    });
    const missing = git(folder, 'rev-parse', 'HEAD:missing.txt');
    git(folder, 'update-index', '--fsmonitor');
    for (const [name, value] of Object.entries(hostileSettings(program))) git(folder, 'config', name, value);
    git(folder, '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=', 'config', 'core.hooksPath', hooks);
    // A promised object that is not there asks git to fetch it.
    const loose = looseFile(folder, missing);
    write(folder, { 'a.env': `changed=1\naccessKeyId=${id}\naccessKeySecret=${secret30()}\n` });
    chmodSync(loose, 0o644);
    rmSync(loose);

    const seen = await read([folder]);
    expect(seen.sightings.length).toBeGreaterThanOrEqual(2);
    expect(seen.counts.objects).toBeGreaterThan(0);
    expect(sprung()).toEqual([]);
  });

  it('would have sprung the trap under plain git, so that the test above can fail', () => {
    const { program, sprung } = trap(temporaryFolder());
    const folder = repository();
    commit(folder, { 'a.txt': 'a' });
    git(folder, 'config', 'core.fsmonitor', program);
    git(folder, 'status');
    expect(sprung()).not.toEqual([]);
  });
});

describe('the environment git is given', () => {
  it('holds none of the caller’s GIT_ variables but those that name the person’s own configuration', () => {
    vi.stubEnv('GIT_DIR', '/elsewhere');
    vi.stubEnv('GIT_OBJECT_DIRECTORY', '/elsewhere');
    const environment = hardenedEnvironment();
    vi.unstubAllEnvs();
    expect(environment).not.toHaveProperty('GIT_DIR');
    expect(environment).not.toHaveProperty('GIT_OBJECT_DIRECTORY');
    expect(environment).toMatchObject({ GIT_ALLOW_PROTOCOL: 'none', GIT_NO_REPLACE_OBJECTS: '1', LC_ALL: 'C' });
  });

  it('holds no credentials of the cloud and no secret', () => {
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', secret30());
    vi.stubEnv('AKSCAN_SECRET', secret30());
    const names = Object.keys(hardenedEnvironment());
    vi.unstubAllEnvs();
    expect(names.filter((name) => /ALIBABA|AKSCAN/.test(name))).toEqual([]);
    expect(names).toContain('PATH');
  });

  it('keeps git to the folder it is told', async () => {
    const outer = repository();
    commit(outer, { 'sub/a.txt': 'a' });
    const sub = path.join(outer, 'sub');
    const { code } = await runGit({ cwd: sub, top: sub }, ['rev-parse', '--git-dir'], signal);
    expect(code).not.toBe(0);
  });
});
