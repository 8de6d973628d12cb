// The scripts in the shells themselves: keys are typed on a terminal, and what the shell then runs is looked at.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { akscan, PROGRAM } from '../support/akscan.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

const SHELLS = {
  bash: { start: 'bash --norc --noprofile -i', load: 'PS1="$ "; source' },
  zsh: { start: 'zsh -f -i', load: 'PS1="%# "; autoload -Uz compinit; compinit -u -d ./.zcompdump; source' },
} as const;

interface Place {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

let place: Place;
let scripts: Readonly<Record<string, string>>;

beforeEach(async () => {
  const home = temporaryFolder();
  const folder = repository();
  commit(folder, { 'src/a.txt': 'a\n', 'report one.jsonl': '\n' });
  git(folder, 'branch', 'topic');
  git(folder, 'remote', 'add', 'upstream', 'https://git.example.com/x');
  const profiles = [{ name: 'prod' }, { name: 'my test' }, { name: 'evil$(touch pwned)' }, { name: 'x\u001b[2Jy' }];
  write(home, { '.aliyun/config.json': JSON.stringify({ current: 'prod', profiles }) });
  write(home, { 'bin/akscan': `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n` });
  spawnSync('chmod', ['+x', path.join(home, 'bin/akscan')]);
  place = {
    folder,
    env: { HOME: home, PATH: `${path.join(home, 'bin')}:${process.env['PATH']}`, TERM: 'xterm', LC_ALL: 'C.UTF-8' },
  };
  const entries = await Promise.all(
    ['bash', 'zsh', 'fish'].map(async (shell) => {
      const { code, stdout } = await akscan(['completion', shell]);
      expect(code).toBe(0);
      write(home, { [`script.${shell}`]: stdout });
      return [shell, path.join(home, `script.${shell}`)] as const;
    }),
  );
  scripts = Object.fromEntries(entries);
});

/** What the shell runs when this is typed: the arguments of every call. */
const typed = (shell: keyof typeof SHELLS, lines: readonly string[]): readonly string[] => {
  const { start, load } = SHELLS[shell];
  const stub = `akscan() { [ "$1" = completion ] && { command akscan "$@"; return; }; printf GOT; printf ' <%s>' "$@"; echo; }`;
  const input = [`${load} ${scripts[shell]}`, stub, ...lines, 'exit', ''].join('\n');
  const { stdout } = spawnSync('script', ['-qec', start, '/dev/null'], {
    cwd: place.folder,
    env: place.env,
    input,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return [...stdout.matchAll(/GOT((?: <[^>\r\n]*>)+)/g)].map(([, shown = '']) => shown.trim());
};

describe.each(['bash', 'zsh'] as const)('%s', (shell) => {
  it.skipIf(!has(shell) || !has('script'))('completes what is typed, in a terminal', () => {
    const shown = typed(shell, [
      'akscan --fail-on roo\t --format=jsonl\t src/a\t',
      'akscan veri\t rep\t --max-a\t',
      'akscan --profile my\t',
      'akscan --profile ev\t',
      'akscan --report csv=rep\t',
      'akscan --endpoint actio\thttps://x.example --sinc\t',
      'akscan disable x --mode rest\t --acco\t',
      'akscan --branch top\t',
      'akscan range --remote up\t',
      'akscan log ver\t',
      'akscan staged --config=rep\t -- --no-such\t',
    ]);
    expect(shown).toEqual([
      '<--fail-on> <root> <--format=jsonl> <src/a.txt>',
      '<verify> <report one.jsonl> <--max-age>',
      '<--profile> <my test>',
      '<--profile> <evil$(touch pwned)>',
      '<--report> <csv=report one.jsonl>',
      '<--endpoint> <actiontrail=https://x.example> <--since>',
      '<disable> <x> <--mode> <restrict> <--account>',
      '<--branch> <topic>',
      '<range> <--remote> <upstream>',
      '<log> <verify>',
      '<staged> <--config=report one.jsonl> <--> <--no-such>',
    ]);
    expect(existsSync(path.join(place.folder, 'pwned'))).toBe(false);
  });

  it.skipIf(!has(shell) || !has('script'))('completes a word that files may follow', () => {
    expect(typed(shell, ['akscan hook inst\t --glob\t', 'akscan hook run rep\t'])).toEqual([
      '<hook> <install> <--global>',
      '<hook> <run> <report one.jsonl>',
    ]);
  });

  it.skipIf(!has(shell) || !has('script'))('may read its script twice, and says nothing', () => {
    const { stdout, stderr } = spawnSync(
      shell,
      shell === 'bash'
        ? ['--norc', '-c', `source ${scripts[shell]}; source ${scripts[shell]}`]
        : [
            '-f',
            '-c',
            `autoload -Uz compinit; compinit -u -d ./.zcompdump; source ${scripts[shell]}; source ${scripts[shell]}`,
          ],
      { cwd: place.folder, env: place.env, encoding: 'utf8' },
    );
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
  });
});

describe('fish', () => {
  const offered = (line: string): readonly string[] => {
    const { stdout, stderr } = spawnSync(
      'fish',
      ['--no-config', '-c', `source ${scripts['fish']}; complete -C '${line}'`],
      { cwd: place.folder, env: place.env, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    return stdout.split('\n').flatMap((each) => (each === '' ? [] : [each.split('\t')[0] ?? '']));
  };

  it.skipIf(!has('fish'))('offers what fits', () => {
    expect(offered('akscan ')).toEqual(expect.arrayContaining(['scan', 'verify', 'completion', 'src/']));
    expect(offered('akscan --fail-on ')).toEqual(['any', 'live', 'never', 'root', 'secret']);
    expect(offered('akscan --format=js')).toEqual(['--format=json', '--format=jsonl']);
    expect(offered('akscan verify rep')).toEqual(['report one.jsonl']);
    expect(offered('akscan disable x --mode ')).toEqual(['delete', 'disable', 'restrict']);
    expect(offered('akscan --profile ')).toEqual(['evil$(touch pwned)', 'my test', 'prod']);
    expect(offered('akscan --report csv=rep')).toEqual(['csv=report one.jsonl']);
    expect(offered('akscan --report cs')).toEqual(['csv=']);
    expect(offered('akscan --branch to')).toEqual(['topic']);
    expect(offered('akscan range --remote ')).toEqual(['upstream']);
    expect(offered('akscan log v')).toEqual(['verify']);
    expect(offered('akscan disable --no-pr')).toEqual(['--no-probe', '--no-progress']);
    expect(existsSync(path.join(place.folder, 'pwned'))).toBe(false);
  });
});
