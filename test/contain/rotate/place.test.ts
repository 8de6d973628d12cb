import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeFor, type SecretPlace } from '../../../src/contain/rotate/place.js';
import { temporaryFolder } from '../../support/repository.js';

const inFile = (file: string): SecretPlace => placeFor({ secretFile: file }, {})();
const { env } = process;
const inCommand = (command: string): SecretPlace => placeFor({ secretCommand: command }, env)();

describe('a file for a secret', () => {
  it('is new, for its owner alone, whatever the umask', async () => {
    const file = path.join(temporaryFolder(), 'key.json');
    const before = process.umask(0);
    try {
      const place = inFile(file);
      await place.put('secret\n');
      place.discard();
    } finally {
      process.umask(before);
    }
    expect(readFileSync(file, 'utf8')).toBe('secret\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('goes again when nothing came into it', () => {
    const file = path.join(temporaryFolder(), 'key.json');
    const place = inFile(file);
    expect(existsSync(file)).toBe(true);
    place.discard();
    expect(existsSync(file)).toBe(false);
  });

  it('takes the place of nothing: no file, no link', () => {
    const folder = temporaryFolder();
    const [file, link, loose] = ['file', 'link', 'loose'].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    symlinkSync(path.join(folder, 'nowhere'), loose);
    for (const name of [file, link, loose]) expect(() => inFile(name)).toThrow(/is there already/);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(existsSync(path.join(folder, 'nowhere'))).toBe(false);
  });

  it('stands in no folder that everybody may write to, itself, behind a link or further up', () => {
    const folder = temporaryFolder();
    const open = path.join(folder, 'open');
    mkdirSync(path.join(open, 'own'), { recursive: true });
    symlinkSync(open, path.join(folder, 'link'));
    chmodSync(open, 0o777);
    expect(() => inFile(path.join(open, 'key'))).toThrow(/everybody may write/);
    expect(() => inFile(path.join(folder, 'link', 'key'))).toThrow(/everybody may write/);
    expect(() => inFile(path.join(open, 'own', 'key'))).toThrow(/everybody may write/);
    chmodSync(open, 0o1777);
    expect(() => inFile(path.join(open, 'key'))).toThrow(/everybody may write/);
    inFile(path.join(open, 'own', 'key')).discard();
  });

  it('needs its folder', () => {
    expect(() => inFile(path.join(temporaryFolder(), 'none', 'key'))).toThrow(/has no folder/);
  });
});

describe('a command for a secret', () => {
  const copy = (to: string) =>
    `["${process.execPath}", "-e", "process.stdin.pipe(require('fs').createWriteStream('${to}'))"]`;

  it('reads it from its standard input, and finds it in no argument and no variable', async () => {
    const file = path.join(temporaryFolder(), 'seen');
    const script = `const fs=require('fs');const text=fs.readFileSync(0,'utf8');fs.writeFileSync('${file}',JSON.stringify({text,all:JSON.stringify([process.argv,process.env])}))`;
    await inCommand(JSON.stringify([process.execPath, '-e', script])).put('the secret');
    const seen = JSON.parse(readFileSync(file, 'utf8')) as { readonly text: string; readonly all: string };
    expect(seen.text).toBe('the secret');
    expect(seen.all).not.toContain('the secret');
  });

  it('is run without a shell', async () => {
    const file = path.join(temporaryFolder(), 'a b;c');
    await inCommand(copy(file)).put('x');
    expect(readFileSync(file, 'utf8')).toBe('x');
  });

  it.each<[string, RegExp]>([
    ['process.exit(3)', /exit code 3/],
    ["process.kill(process.pid, 'SIGKILL')", /ended by SIGKILL/],
  ])('that fails is told, and nothing of the secret: %s', async (script, why) => {
    const place = inCommand(JSON.stringify([process.execPath, '-e', script]));
    const failed = place.put('the secret').then(String, String);
    expect(await failed).toMatch(why);
    expect(await failed).not.toContain('the secret');
  });

  it('that ends well without having read it has not got it', async () => {
    const place = inCommand(JSON.stringify([process.execPath, '-e', 'process.stdin.destroy()']));
    await expect(place.put('x'.repeat(1 << 20))).rejects.toThrow(/without having read/);
  });

  it('must be there before a key is made', () => {
    const put = () => placeFor({ secretCommand: 'no-such-program-anywhere -' }, env);
    expect(put).toThrow(/cannot be found/);
    expect(() => placeFor({ secretCommand: temporaryFolder() }, env)).toThrow(/cannot be found/);
  });
});

describe('the place of a secret', () => {
  it('is one: neither none nor two', () => {
    expect(() => placeFor({}, {})).toThrow(/needs a place/);
    expect(() => placeFor({ secretFile: 'a', secretCommand: 'b' }, {})).toThrow(/one place/);
  });
});
