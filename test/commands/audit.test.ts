// The command line of `akscan audit`: what it refuses and how it says so, the list, the tables, whose configuration counts. What an
// audit comes to is tested in test/audit.

import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { akscan, linesOf, type Ran } from '../support/akscan.js';
import { createKeys } from '../support/keys.js';
import { commit, git, repository, sharedFolder, temporaryFolder, write } from '../support/repository.js';

const keys = createKeys(81);
const pair = (): string => `accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`;
const [shared, old] = [pair(), pair()];
const idIn = (text: string): string => text.slice('accessKeyId: '.length, text.indexOf('\n'));

const folder = sharedFolder();
const at = (...names: readonly string[]): string => path.join(folder, ...names);
const ALL = `dir:${folder}/repositories`;

/** Two repositories that hold keys, one of them in common, and one that holds none. */
beforeAll(() => {
  mkdirSync(at('home'));
  const api = repository(at('repositories', 'team', 'api'));
  commit(api, { 'config/oss.yml': shared });
  commit(api, { 'config/oss.yml': 'none\n', 'config/old.yml': old });
  const web = repository(at('repositories', 'web'));
  commit(web, { 'deploy.yml': shared.replace('\n', '   # akscan:allow a sample\n') });
  commit(repository(at('repositories', 'docs')), { 'README.md': 'nothing\n' });
});

/** As a user calls it, from a folder that is none of these. */
const audit = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  akscan(['audit', ...args], { cwd: folder, env: { HOME: at('home'), ...env } });

describe('a call that says nothing is refused before anything is listed', () => {
  const missing = `${folder}/nowhere/x`;
  const REFUSED: readonly (readonly [call: string, sentence: string, hint: string])[] = [
    ['', 'akscan audit needs to know whose repositories to read.', 'For example: akscan audit github:my-org'],
    ['--resume', '--resume goes on with an audit that a store remembers, and none is named.', 'Add --store FILE.'],
    [
      '--resume --store x.db --forks only',
      '--forks: --resume goes on with the repositories and options that the audit was begun with.',
      'Leave it out; a new audit reads only what has changed since.',
    ],
    [
      `--queue ${ALL}`,
      '--queue takes the address of a Redis: redis://host or rediss://host.',
      'To take it from AKSCAN_QUEUE_URL, write --queue after the sources.',
    ],
    [
      `${ALL} --notify slack`,
      '--notify tells of keys that are live, and nobody is asked whether they are.',
      'Add --verify or --probe.',
    ],
    [
      '--resume --store typo.db',
      `There is no store ${at('typo.db')}, and so no audit to go on with.`,
      'Name the store that it was begun with, or leave --resume out.',
    ],
    [
      'dir:/nowhere/at/all --queue redis://me:hunter2@127.0.0.1:9',
      '--queue holds a password, and everybody on this machine can read the command line.',
      'Give the password in REDIS_PASSWORD, or the whole address in AKSCAN_QUEUE_URL and leave --queue without a value.',
    ],
    [
      'dir:/nowhere/at/all --queue redis://127.0.0.1/x --store y.db',
      '--queue: a database of a Redis is a number.',
      'For example: --queue redis://queue.example.com:6379, or rediss:// for TLS.',
    ],
    [`${ALL} --resume --list --store x.db`, '--list begins nothing that could be resumed.', 'Leave one out.'],
    [`${ALL} --store-secrets`, '--store-secrets needs a store to keep them in.', 'Add --store FILE.'],
    [
      `${ALL} --show-secrets`,
      '--show-secrets: a report of an audit is made of what its store knows, and that has no secrets.',
      'Add --store-secrets, or clone one repository and read it with akscan scan FOLDER --show-secrets.',
    ],
    [`${ALL} --since yesterday`, '--since: "yesterday" is not a date.', 'Write it as YYYY-MM-DD.'],
    [`${ALL} --since 2026-13-01`, '--since: "2026-13-01" is not a date.', 'Write it as YYYY-MM-DD.'],
    [
      `${ALL} --max-repo-size big`,
      '--max-repo-size: "big" is not a size.',
      'Write bytes, or a number with KB, MB or GB: 10MB.',
    ],
    [`${ALL} --max-size 1X`, '--max-size: "1X" is not a size.', 'Write bytes, or a number with KB, MB or GB: 10MB.'],
    [
      `${ALL} --visibility hidden`,
      '--visibility: "hidden" is not known.',
      'Choose from any, public, internal, private.',
    ],
    [`${ALL} --archived maybe`, '--archived: "maybe" is not known.', 'Choose from include, exclude, only.'],
    [`${ALL} --forks inclde`, '--forks: "inclde" is not known.', 'Did you mean "include"?'],
    [`${ALL} --by team`, '--by: "team" is not known.', 'Choose from repository, account, owner, age, person, trend.'],
    [`${ALL} --min-confidence odd`, '--min-confidence: "odd" is not known.', 'Choose from low, medium, high.'],
    [
      `${ALL} --list --format html`,
      '--list writes text, json or jsonl, to one place.',
      'Add --format json, or leave it out.',
    ],
    [
      `${ALL} --list --report json=x.json`,
      '--list writes text, json or jsonl, to one place.',
      'Add --format json, or leave it out.',
    ],
    [
      `${ALL} --fail-on live`,
      '--fail-on live needs verdicts, and none were asked for.',
      'Add --verify (your own credentials look the IDs up) or --probe (the leaked pair asks STS who it is).',
    ],
    [`${ALL} --yes`, '--yes is for switching keys off.', 'Add --disable.'],
    [
      `${ALL} --verify --notify pigeon`,
      '--notify does not know "pigeon".',
      'It knows dingtalk, feishu, lark, wecom, slack, webhook.',
    ],
    [`${ALL} --verify --notify slack`, 'AKSCAN_SLACK_WEBHOOK is not set.', 'Put the address of the webhook into it.'],
    [
      'my-org',
      '"my-org" is not a source of repositories',
      'Write github:ORG, gitlab:GROUP, gitee:ORG, gitea:ORG, codeup:ORG, bitbucket:WORKSPACE, dir:PATH, list:FILE or the address of a repository.',
    ],
    [
      `${ALL} --store ftp://host/db`,
      '--store names no store that akscan knows.',
      'It is a file, or postgres://user@host/database.',
    ],
    [
      `${ALL} --store postgres://me:hunter2@host/db`,
      '--store holds a password, which every user of this machine can see in the list of processes.',
      'Leave it out and set PGPASSWORD, or put the whole address into AKSCAN_STORE_URL.',
    ],
    [
      `${ALL} --store x.db --store-secrets`,
      'Secrets are stored only under a key from the environment, and AKSCAN_STORE_KEY is not set.',
      'Make one with `openssl rand -hex 32`, and keep it where the store is not.',
    ],
  ];

  it.concurrent.each(REFUSED)('akscan audit %s', async (call, sentence, hint) => {
    const { code, stdout, stderr } = await audit(call.split(' ').filter((word) => word !== ''));
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `akscan: ${sentence}\n  ${hint}\n` });
    expect(existsSync(at('x.db'))).toBe(false);
  });

  it.concurrent.each([
    [['-o', missing], missing],
    [['--report', `jsonl=${missing}`], missing],
  ])('%j, a report for a folder that is not there', async (args, file) => {
    const { code, stdout, stderr } = await audit([ALL, '--store', at('untouched.db'), ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`akscan: Cannot write ${file}: there is no folder ${path.dirname(file)}.\n`);
    expect(existsSync(at('untouched.db'))).toBe(false);
  });

  it('where the folder of the store is not there, which is not made', async () => {
    const { code, stdout, stderr } = await audit([ALL, '--store', missing]);
    const said = `akscan: Cannot write the store ${missing}: there is no folder ${path.dirname(missing)}.\n`;
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: said });
    expect(existsSync(path.dirname(missing))).toBe(false);
    const chinese = await audit([ALL, '--store', missing], { LANG: 'zh_CN.UTF-8' });
    expect(chinese.stderr).toContain('无法写入存储');
  });

  it('and makes no store', () => {
    for (const name of ['typo.db', 'y.db']) expect(existsSync(at(name))).toBe(false);
  });

  it('where nobody has a home for mirrors of what is fetched', async () => {
    const { code, stderr } = await akscan(['audit', 'https://127.0.0.1:9/x.git'], { cwd: folder });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'akscan: There is no home folder to keep mirrors in.\n  Name a folder with --cache-dir.\n',
    });
    expect((await akscan(['audit', ...ALL.split(' ')], { cwd: folder })).stderr).toBe('');
  });

  it('and none quotes a password', async () => {
    const { stderr } = await audit(['https://me:hunter2@git.example.com/a/b.git']);
    expect(stderr).toContain('holds a user or password');
    expect(stderr).not.toContain('hunter2');
  });
});

describe('--list', () => {
  const names = ['docs', 'team/api', 'web'].map((name) => at('repositories', name));

  it('says what would be read, and reads nothing', async () => {
    const { code, stdout, stderr } = await audit([ALL, '--list']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${names.map((name) => `${name}\n`).join('')}3 repositories would be read.\n`,
      stderr: '',
    });
  });

  it.each(['json', 'jsonl'])('says it in %s, with what the filters leave', async (format) => {
    const { code, stdout } = await audit([ALL, '--list', '--format', format, '--exclude-repo', 'web']);
    const listed =
      format === 'json'
        ? JSON.parse(stdout)
        : stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(listed.map(({ kind, repository: { name } }: Listed) => [kind, name])).toEqual([
      ['repository', names[0]],
      ['repository', names[1]],
    ]);
  });

  it('ends with 2 when a source could not say what it has, and says the others', async () => {
    const nowhere = `dir:${at('nowhere')}`;
    const { code, stdout } = await audit([nowhere, `dir:${at('repositories', 'web')}`, '--list']);
    expect(code).toBe(2);
    expect(stdout).toBe(
      `${names[2]}\ncould not be listed: ${nowhere}: There is no folder ${at('nowhere')}.\n1 repository would be read.\n`,
    );
  });
});

describe('nothing to read', () => {
  it.each([
    [[ALL, '--include-repo', 'zzz'], 'No repository is left by --include-repo, so nothing was read'],
    [[ALL, '--exclude-repo', '**', '--forks', 'exclude'], 'No repository is left by --exclude-repo, --forks, so'],
    [[`dir:${at('home')}`], 'The sources have no repository'],
  ])('is said and ends with 2: %j', async (args, said) => {
    const { code, stdout } = await audit(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining('There was no repository to read.') });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`Incomplete, 1 problem: ${said}`);
  });

  it('is no fault where only what was pushed to of late is asked for', async () => {
    const empty = temporaryFolder();
    expect((await audit([`dir:${empty}`, '--since', '2026-01-01'])).code).toBe(0);
  });
});

interface Listed {
  readonly kind: string;
  readonly repository: { readonly name: string };
}

const accessKeyIdsIn = ({ stdout }: Ran): readonly unknown[] =>
  linesOf(stdout, 'finding').map(({ accessKeyId }) => accessKeyId);
const sharedId = idIn(shared);

describe('a report', () => {
  it('shows the table that --by names instead of the usual two', async () => {
    const { code, stdout } = await audit([ALL, '--by', 'age']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^The organisation at a glance\n {2}3 repositories, all read: 2 hold AccessKeys\.\n/);
    expect(stdout).toContain('By age: committed so long ago');
    expect(stdout).not.toMatch(/By repository, worst first|Whom to ask/);
  });

  it('goes where it was asked for, and standard output holds it alone', async () => {
    const file = at('found.jsonl');
    const { stdout, stderr } = await audit([ALL, '--quiet', '--format', 'json', '--report', `jsonl=${file}`]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).summary.findings).toBe(2);
    expect(linesOf(readFileSync(file, 'utf8'), 'finding')).toHaveLength(2);
  });

  it('has secrets when they are stored and asked for', async () => {
    const env = { AKSCAN_STORE_KEY: randomBytes(32).toString('hex') };
    const secret = shared.slice(shared.lastIndexOf(' ') + 1, -1);
    const { stdout } = await audit([ALL, '--store', at('secrets.db'), '--store-secrets', '--show-secrets'], env);
    expect(stdout).toContain(secret);
    for (const file of readdirSync(folder).filter((name) => name.startsWith('secrets.db'))) {
      expect(readFileSync(at(file)).includes(secret), file).toBe(false);
    }
  });
});

describe('whose configuration counts', () => {
  it('not that of the folder it is called from, nor that of a repository', async () => {
    const { folder: here, id } = askedFrom();
    commit(here, { 'akscan.config.yml': 'exclude: ["**"]\n', '.akscanignore': `${'0'.repeat(16)} sample\n` });
    const ran = await akscan(['audit', `dir:${here}`, '--format', 'jsonl'], { cwd: here, env: { HOME: at('home') } });
    expect(accessKeyIdsIn(ran)).toEqual([id]);
  });

  it("the repository's own, with --trust-repo-config, which is noted", async () => {
    const { folder: here } = askedFrom();
    commit(here, { 'akscan.config.yml': 'exclude: [secret.yml]\n' });
    const trusting = await audit([`dir:${here}`, '--trust-repo-config', '--format', 'jsonl']);
    expect(accessKeyIdsIn(trusting)).toEqual([]);
    expect(linesOf(trusting.stdout, 'summary')[0]?.['notes']).toEqual([
      'akscan.config.yml in its HEAD decided what was searched and shown.',
    ]);
  });

  it('that of --config, with the ignore file beside it, whose paths are relative to its folder', async () => {
    const fingerprint = createHash('sha256')
      .update(`akscan/1/id/${idIn(old)}`)
      .digest('hex')
      .slice(0, 16);
    write(folder, {
      'akscan.config.yml': '',
      '.akscanignore': `${fingerprint} path:repositories/team/api/config/** replaced in May\n`,
    });
    const ran = await audit([ALL, '--config', at('akscan.config.yml'), '--format', 'jsonl']);
    expect(accessKeyIdsIn(ran)).toEqual([sharedId]);
    expect(linesOf(ran.stdout, 'summary')[0]).toMatchObject({ suppressed: { ignore: 1 } });
  });

  it('a comment counts when it stands wherever HEAD has the key, unless the configuration forbids it', async () => {
    const web = `dir:${at('repositories', 'web')}`;
    expect(accessKeyIdsIn(await audit([web, '--format', 'jsonl']))).toEqual([]);
    write(at('strict'), { 'akscan.config.yml': 'allowComments: false\n' });
    const strict = ['--config', at('strict', 'akscan.config.yml')];
    expect(accessKeyIdsIn(await audit([web, ...strict, '--format', 'jsonl']))).toEqual([sharedId]);
  });

  /** A repository with one key. */
  const askedFrom = (): { readonly folder: string; readonly id: string } => {
    const here = repository(temporaryFolder());
    const text = pair();
    commit(here, { 'secret.yml': text });
    return { folder: here, id: idIn(text) };
  };
});

describe('a source', () => {
  it('named twice is read once, and one that is not there ends none of the others', async () => {
    const ran = await audit([ALL, ALL, `dir:${at('nowhere')}`, '--format', 'jsonl']);
    expect(ran.code).toBe(2);
    expect(linesOf(ran.stdout, 'summary')[0]).toMatchObject({
      findings: 2,
      audit: {
        repositories: { total: 3, byState: { scanned: 3 } },
        notRead: [{ name: `dir:${at('nowhere')}`, state: 'unlisted', reason: `There is no folder ${at('nowhere')}.` }],
      },
    });
  });

  it('may be a folder with a bare repository, which its linked work trees are part of', async () => {
    const here = temporaryFolder();
    const bare = path.join(here, 'api.git');
    git(folder, 'clone', '--quiet', '--bare', at('repositories', 'team', 'api'), bare);
    git(bare, 'worktree', 'add', '--quiet', path.join(here, 'linked'));
    const { code, stdout } = await audit([`dir:${here}`, '--list']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${bare}\n1 repository would be read.\n` });
  });
});

describe('the program', () => {
  it('lists both commands, and shells complete them', async () => {
    const [{ stdout: help }, { stdout: bash }] = await Promise.all([
      akscan(['--help']),
      akscan(['completion', 'bash']),
    ]);
    expect(help).toMatch(/^ {2}audit +search every repository of an organisation/m);
    expect(help).toMatch(/^ {2}worker +read repositories for audits/m);
    expect(bash).toMatch(/\baudit\b/);
    expect(bash).toMatch(/\bworker\b/);
    expect(bash).toContain('--trust-repo-config');
  });
});
