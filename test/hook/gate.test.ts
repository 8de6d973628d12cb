import { execFileSync } from 'node:child_process';
import { chmodSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialsOf, judgeStaged } from '../support/change.js';
import { ask, gatedHook, KINDS } from '../support/hooked.js';
import { createKeys } from '../support/keys.js';
import { commit, git, looseFile, repository, temporaryFolder, write } from '../support/repository.js';

const keys = createKeys(7_007);
const pair = (): string => `accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`;
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

const realGit = (): string => execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

const temporaryWith = (text: string): string => {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, text);
  return file;
};

const CLEAN = 'public final class Shop {}\n';

/** A repository with a clean file in two folders. */
const prepared = (...options: readonly string[]): string => {
  const folder = repository(temporaryFolder(), ...options);
  commit(folder, { 'a.txt': CLEAN, 'deep/er/b.txt': CLEAN });
  return folder;
};

const stage = (folder: string, files: Readonly<Record<string, string | Uint8Array>>): void => {
  write(folder, files);
  git(folder, 'add', '--all');
};

/** What akscan itself finds: the gate may not stand in its way. */
const finds = async (folder: string): Promise<number> => credentialsOf(await judgeStaged(folder)).length;

describe('the gate, of what is staged', () => {
  it.each<readonly [string, Readonly<Record<string, string | Uint8Array>>]>([
    ['a pair', { 'k.yml': pair() }],
    ['an ID alone', { 'k.yml': `see ${keys.id24()}\n` }],
    ['UTF-16', { 'k.reg': utf16(pair()) }],
    ['UTF-16, the other order', { 'k.reg': utf16(pair()).swap16() }],
    ['base64', { 'k.txt': Buffer.from(pair()).toString('base64') }],
    ['a file that is binary to git', { 'k.bin': Buffer.concat([Buffer.alloc(600), Buffer.from(pair())]) }],
    ['a name with a line feed in it', { 'odd\nname.yml': pair() }],
    [
      'names that are patterns, options and quotes',
      { '*?[a].yml': pair(), '-P': CLEAN, '"q".txt': CLEAN, ':(top)x': CLEAN },
    ],
    ['a name in Chinese', { '配置/密钥.yml': pair() }],
    ['an attribute that says: no text', { '.gitattributes': '*.yml -diff -text\n', 'k.yml': pair() }],
    ['no line feed at the end of a long line', { 'k.min.js': `${'x'.repeat(200_000)}${pair().replaceAll('\n', ';')}` }],
  ])('lets through %s', async (_, files) => {
    const folder = prepared();
    stage(folder, files);
    expect(await finds(folder)).toBeGreaterThan(0);
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
    expect(ask(gatedHook({ kind: 'extended' }), folder)).toBe('starts akscan');
  });

  it('keeps akscan asleep when there is nothing: a clean change, nothing at all, only removals or a mode', () => {
    const folder = prepared();
    const hook = gatedHook();
    expect(ask(hook, folder)).toBe('nothing to report');
    stage(folder, { 'a.txt': `${CLEAN}// more\n`, 'deep/er/配置 c.txt': CLEAN });
    expect(ask(hook, folder)).toBe('nothing to report');
    git(folder, 'commit', '--quiet', '-m', 'more');
    chmodSync(path.join(folder, 'a.txt'), 0o755);
    unlinkSync(path.join(folder, 'deep/er/b.txt'));
    git(folder, 'add', '--all');
    expect(ask(hook, folder)).toBe('nothing to report');
  });

  it('works before the first commit', async () => {
    const folder = repository();
    const hook = gatedHook();
    expect(ask(hook, folder)).toBe('nothing to report');
    stage(folder, { 'a.txt': CLEAN });
    expect(ask(hook, folder)).toBe('nothing to report');
    stage(folder, { 'k.yml': pair() });
    expect(ask(hook, folder)).toBe('starts akscan');
  });

  it('works with names of 64 digits', () => {
    const folder = prepared('--object-format=sha256');
    stage(folder, { 'a.txt': `${CLEAN}//\n` });
    expect(ask(gatedHook(), folder)).toBe('nothing to report');
    stage(folder, { 'k.yml': pair() });
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it('reads what is staged and not what lies in the work tree', () => {
    const folder = prepared();
    stage(folder, { 'k.yml': CLEAN });
    write(folder, { 'k.yml': pair() });
    expect(ask(gatedHook(), folder)).toBe('nothing to report');
    git(folder, 'add', 'k.yml');
    write(folder, { 'k.yml': CLEAN });
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it('lets through what a symbolic link leads to, which git grep would not read', async () => {
    const folder = prepared();
    symlinkSync(`/srv/${keys.id24()}/x`, path.join(folder, 'link'));
    git(folder, 'add', '--all');
    expect(await finds(folder)).toBe(1);
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it('lets through a changed secret beside an ID that nobody touched, in the same file', async () => {
    const folder = repository();
    const id = keys.id24();
    const filler = Array.from({ length: 50 }, (_, index) => `# ${index}`).join('\n');
    const text = (secret: string): string => `accessKeyId: ${id}\n${filler}\naccessKeySecret: ${secret}\n`;
    commit(folder, { 'k.yml': text(keys.secret30()) });
    stage(folder, { 'k.yml': text(keys.secret30()) });
    expect(await finds(folder)).toBe(1);
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it.each(['', 'some/folder/', '配置 x/', 'a[b]*/'])(
    'lets through a secret whose ID stands in an untouched file of "%s"',
    async (where) => {
      for (const kind of KINDS) {
        const folder = repository();
        commit(folder, { [`${where}access_key_id.txt`]: `${keys.id24()}\n`, 'other/a.txt': CLEAN });
        stage(folder, { [`${where}access_key_secret.txt`]: `${keys.secret30()}\n` });
        expect(await finds(folder)).toBe(1);
        expect(ask(gatedHook({ kind }), folder)).toBe('starts akscan');
      }
    },
  );

  it('keeps akscan asleep for a word as long as a secret when no file of its folder holds an ID', () => {
    const folder = repository();
    commit(folder, { 'elsewhere/id.txt': keys.id24(), 'here/below/id.txt': keys.id24(), 'here/a.txt': CLEAN });
    stage(folder, { 'here/a.txt': `token = ${keys.secret30()}\n` });
    expect(ask(gatedHook(), folder)).toBe('nothing to report');
    expect(ask(gatedHook({ kind: 'extended' }), folder)).toBe('nothing to report');
  });

  it('sees a secret that moved beside its ID', async () => {
    const folder = repository();
    commit(folder, { 'a/access_key_id.txt': `${keys.id24()}\n`, 'b/access_key_secret.txt': `${keys.secret30()}\n` });
    git(folder, 'mv', 'b/access_key_secret.txt', 'a/access_key_secret.txt');
    expect(await finds(folder)).toBe(1);
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it('takes no notice of what brings no bytes: an announced file, the commit of a submodule', () => {
    const inner = repository();
    commit(inner, { 'k.yml': pair() });
    const folder = prepared();
    git(folder, 'submodule', '--quiet', 'add', inner, 'module');
    write(folder, { 'later.yml': pair() });
    git(folder, 'add', '--intent-to-add', 'later.yml');
    expect(ask(gatedHook(), folder)).toBe('nothing to report');
  });

  it.each([['--no-sparse-index'], ['--sparse-index']])('works in a sparse checkout: %s', async (index) => {
    const folder = prepared();
    commit(folder, { 'far/access_key_id.txt': `${keys.id24()}\n`, 'near/a.txt': CLEAN });
    git(folder, 'sparse-checkout', 'set', index, 'near');
    stage(folder, { 'near/b.txt': CLEAN });
    expect(ask(gatedHook(), folder)).toBe('nothing to report');
    const secret = git(folder, 'hash-object', '-w', temporaryWith(`${keys.secret30()}\n`));
    git(folder, 'update-index', '--add', '--cacheinfo', `100644,${secret},far/access_key_secret.txt`);
    expect(await finds(folder)).toBe(1);
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it('leaves more files than a command line holds to akscan', () => {
    const folder = prepared();
    stage(folder, Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`many/${index}.txt`, `${index}\n`])));
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
    git(folder, 'rm', '--quiet', '--cached', 'many/0.txt');
    expect(ask(gatedHook(), folder)).toBe('nothing to report');
  });

  it('goes by what is stored, not by what replaces it', () => {
    const folder = prepared();
    stage(folder, { 'k.yml': pair() });
    const [blob, clean] = [git(folder, 'rev-parse', ':k.yml'), git(folder, 'rev-parse', ':a.txt')];
    git(folder, 'replace', blob, clean);
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it('is not put off by settings of git', () => {
    const folder = prepared();
    const settings = {
      'color.ui': 'always',
      'core.quotePath': 'true',
      'diff.external': 'false',
      'diff.ignoreSubmodules': 'all',
      'diff.mnemonicPrefix': 'true',
      'diff.orderFile': '/nonexistent',
      'diff.relative': 'true',
      'diff.renames': 'copies',
      'grep.fallbackToNoIndex': 'true',
      'grep.fullName': 'true',
      'grep.patternType': 'fixed',
      'grep.threads': '3',
      'submodule.recurse': 'true',
    };
    for (const [name, value] of Object.entries(settings)) git(folder, 'config', name, value);
    stage(folder, { 'b.txt': CLEAN, 'deep/er/b.txt': `${CLEAN}//\n` });
    expect(ask(gatedHook(), folder)).toBe('nothing to report');
    stage(folder, { 'k.yml': pair() });
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });
});

describe('the gate, when it cannot tell', () => {
  it('starts akscan for a conflict', () => {
    const folder = repository();
    commit(folder, { 'a.txt': '1\n' });
    git(folder, 'checkout', '--quiet', '-b', 'other');
    commit(folder, { 'a.txt': '2\n' });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'a.txt': '3\n' });
    expect(() => git(folder, 'merge', 'other')).toThrow();
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it('starts akscan when an object is missing', () => {
    const folder = prepared();
    stage(folder, { 'b.txt': 'not anywhere else\n' });
    const blob = git(folder, 'rev-parse', ':b.txt');
    unlinkSync(looseFile(folder, blob));
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
  });

  it('starts akscan outside a work tree’s top, and where git names another repository', () => {
    const folder = prepared();
    expect(ask(gatedHook(), path.join(folder, 'deep'))).toBe('starts akscan');
  });

  it('starts akscan when this git knows no such pattern', () => {
    const folder = prepared();
    stage(folder, { 'b.txt': CLEAN });
    const bin = temporaryFolder();
    writeFileSync(
      path.join(bin, 'git'),
      `#!/bin/sh\ncase "$*" in *' grep '*) exit 128 ;; esac\nexec '${realGit()}' "$@"\n`,
      { mode: 0o755 },
    );
    expect(ask(gatedHook(), folder, { PATH: `${bin}:${process.env['PATH']}` })).toBe('starts akscan');
  });

  it('starts akscan, and says why, when the program is another version than the one that made the hook', () => {
    const folder = prepared();
    const hook = gatedHook();
    writeFileSync(path.join(path.dirname(hook), 'gate-id'), 'another\n');
    expect(ask(hook, folder)).toBe('starts akscan');
    renameSync(path.join(path.dirname(hook), 'gate-id'), path.join(path.dirname(hook), 'gone'));
    expect(ask(hook, folder)).toBe('starts akscan');
  });
});

describe('the gate and the configuration', () => {
  const RULES =
    'rules:\n  - id: acme\n    title: Acme\n    description: A token.\n    key:\n      prefix: acme_\n      alphabet: base58\n      lengths: [37]\n';
  const acme = [
    { id: 'acme', title: 'Acme', description: 'A token.', key: { prefix: 'acme_', alphabet: 'base58', lengths: [37] } },
  ];

  it('starts akscan when there is one that the hook was not made for', () => {
    const folder = prepared();
    commit(folder, { 'akscan.config.yml': 'failOn: any\n' });
    expect(ask(gatedHook(), folder)).toBe('starts akscan');
    expect(ask(gatedHook({ configuration: 'failOn: secret\n' }), folder)).toBe('starts akscan');
    expect(ask(gatedHook({ configuration: 'failOn: any\n' }), folder)).toBe('nothing to report');
    write(folder, { 'akscan.config.yaml': 'failOn: any\n' });
    expect(ask(gatedHook({ configuration: 'failOn: any\n' }), folder)).toBe('starts akscan');
  });

  it('searches for the anchors of its rules', () => {
    const folder = prepared();
    commit(folder, { 'akscan.config.yml': RULES });
    const hook = gatedHook({ configuration: RULES, detector: { customRules: acme } });
    stage(folder, { 'b.txt': CLEAN });
    expect(ask(hook, folder)).toBe('nothing to report');
    stage(folder, { 'b.txt': `acme_${keys.text('base58', 32)}\n` });
    expect(ask(hook, folder)).toBe('starts akscan');
  });

  it('searches for the words that low confidence goes by', () => {
    const folder = prepared();
    const configuration = "minConfidence: low # that's all\n";
    commit(folder, { 'akscan.config.yml': configuration });
    const hook = gatedHook({ configuration, detector: { minConfidence: 'low' } });
    stage(folder, { 'b.txt': CLEAN });
    expect(ask(hook, folder)).toBe('nothing to report');
    stage(folder, { 'b.txt': 'aliyun\n' });
    expect(ask(hook, folder)).toBe('starts akscan');
  });
});
