// The steps of docs/ci.md, run as they stand there, with the variables that each pipeline sets.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../support/action.js';
import { PROGRAM } from '../support/akscan.js';
import { createKeys } from '../support/keys.js';
import { commit, git, repository, temporaryFolder } from '../support/repository.js';

const keys = createKeys(7_704);
const page = readFileSync('docs/ci.md', 'utf8');

const block = (heading: string): string =>
  new RegExp(`^## ${heading}\n+\`\`\`\\w+\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';

type Steps = Readonly<Record<string, () => string>>;
const steps: Steps = {
  'GitLab CI': () => parse(block('GitLab CI')).akscan.script.join('\n'),
  'Gitee Go': () => parse(block('Gitee Go')).stages[0].steps[0].commands.join('\n'),
  'Codeup Flow': () => parse(block('Codeup Flow')).stages.check.jobs.akscan.steps.akscan.with.run,
  Jenkins: () => [...block('Jenkins').matchAll(/\bsh '(.*)'$/gm)].map(([, command]) => command).join('\n'),
};

/** `npm` that installs nothing, and akscan as it ships. */
const tools = (): string => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'npm'), '#!/bin/sh\n[ "$1" = install ]\n');
  writeFileSync(path.join(folder, 'akscan'), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  for (const name of ['npm', 'akscan']) chmodSync(path.join(folder, name), 0o755);
  return folder;
};

const run = (name: string, origin: string) => {
  const [base, head] = [git(origin, 'rev-parse', 'master'), git(origin, 'rev-parse', 'topic')];
  const depth = name === 'GitLab CI' || name === 'Jenkins' ? 0 : 1;
  const cwd = checkout(origin, 'refs/heads/topic', depth);
  const ran = spawnSync('bash', ['-euo', 'pipefail', '-c', steps[name]?.() ?? ''], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${tools()}:${process.env['PATH']}`,
      HOME: '/nonexistent',
      GIT_CONFIG_GLOBAL: '/dev/null',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_COMMIT_SHA: head,
      GITEE_COMMIT: base,
      GITEE_SOURCE_COMMIT: head,
      CHANGE_TARGET: 'master',
    },
  });
  return { ...ran, cwd };
};

describe('the steps for other pipelines', () => {
  it.each(Object.keys(steps))(
    '%s: fail for a key that is added, pass without, by the configuration of the base',
    (name) => {
      const yaml = (): string => `accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`;
      const origin = repository();
      git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
      git(origin, 'checkout', '--quiet', '-b', 'master');
      commit(origin, { 'old.yml': yaml(), 'akscan.config.yml': 'exclude: [samples/**]\n' });
      for (let index = 0; index < 4; index += 1) commit(origin, { 'a.txt': `${index}` });
      git(origin, 'checkout', '--quiet', '-b', 'topic');
      commit(origin, { 'samples/b.yml': yaml() });
      const clean = run(name, origin);
      expect([clean.status, clean.stdout], clean.stderr).toEqual([0, expect.stringContaining('No AccessKeys found')]);
      commit(origin, { 'c.yml': yaml(), 'akscan.config.yml': 'exclude: ["**"]\n' });
      const refused = run(name, origin);
      expect([refused.status, refused.stdout], refused.stderr).toEqual([1, expect.stringContaining('c.yml:1')]);
      expect(existsSync(path.join(refused.cwd, 'akscan.xml'))).toBe(/GitLab|Jenkins/.test(name));
    },
  );
});
