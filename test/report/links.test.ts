import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { linksFor, showsLinks } from '../../src/report/links.js';
import { temporaryFolder, write } from '../support/repository.js';

const ESC = '\u001B';

describe('a link', () => {
  it('goes to a file that is there, by its whole path, and leaves the text as it is', () => {
    const file = path.join(temporaryFolder(), 'a b.env');
    write(path.dirname(file), { 'a b.env': '' });
    expect(linksFor({})('a b.env:1:2', file)).toBe(
      `${ESC}]8;;${pathToFileURL(file).href}${ESC}\\a b.env:1:2${ESC}]8;;${ESC}\\`,
    );
  });

  it('is none where there is no such file', () => {
    expect(linksFor({})('x:1', path.join(temporaryFolder(), 'x'))).toBe('x:1');
    expect(linksFor({})('x:1', null)).toBe('x:1');
  });

  it('cannot be ended by a name, nor lead elsewhere', () => {
    const folder = temporaryFolder();
    const names = [
      `a${ESC}\\b`,
      `a${ESC}]8;;https:example.com${ESC}\\b`,
      'a\u0007b',
      'a;b',
      'a#b?c%41',
      '阿里\u202E',
      'a\nb',
      '\u009C',
    ];
    write(folder, Object.fromEntries(names.map((name) => [name, ''])));
    for (const name of names) {
      const file = path.join(folder, name);
      const [, url = '', text] =
        new RegExp(`^${ESC}\\]8;;([\\x21-\\x7E]+)${ESC}\\\\([^${ESC}]*)${ESC}\\]8;;${ESC}\\\\$`).exec(
          linksFor({})('TEXT', file),
        ) ?? [];
      expect(text, name).toBe('TEXT');
      expect(decodeURIComponent(new URL(url).pathname)).toBe(file);
      expect(new URL(url)).toMatchObject({ protocol: 'file:', host: '', search: '', hash: '' });
    }
  });

  it('is none for a name that was no UTF-8', () => {
    const folder = temporaryFolder();
    write(folder, { 'a\uFFFDb': '' });
    expect(linksFor({})('x', path.join(folder, 'a\uFFFDb'))).toBe('x');
  });

  it('names the machine when the terminal is on another', () => {
    const folder = temporaryFolder();
    write(folder, { a: '' });
    const shown = linksFor({ SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' })('x', path.join(folder, 'a'));
    expect(shown).toMatch(/\]8;;file:\/\/[^/]+\//);
  });
});

describe('a terminal', () => {
  it.each([
    ['kitty', { TERM: 'xterm-kitty' }],
    ['GNOME Terminal', { TERM: 'xterm-256color', VTE_VERSION: '7006' }],
    ['Windows Terminal', { WT_SESSION: '1' }],
    ['iTerm2', { TERM_PROGRAM: 'iTerm.app' }],
    ['WezTerm', { TERM_PROGRAM: 'WezTerm' }],
    ['one that is said to', { TERM: 'xterm', FORCE_HYPERLINK: '1' }],
  ])('shows links: %s', (_, env) => {
    expect(showsLinks(env)).toBe(true);
  });

  it.each([
    ['unknown', { TERM: 'xterm-256color' }],
    ['an old VTE', { VTE_VERSION: '5000' }],
    ['no number', { VTE_VERSION: 'x' }],
    ['Terminal.app', { TERM_PROGRAM: 'Apple_Terminal' }],
    ['VS Code, which opens lines itself', { TERM_PROGRAM: 'vscode', VTE_VERSION: '7006' }],
    ['JetBrains', { TERMINAL_EMULATOR: 'JetBrains-JediTerm', VTE_VERSION: '7006' }],
    ['tmux', { TMUX: '/tmp/x', KITTY_WINDOW_ID: '1' }],
    ['screen', { STY: '1', VTE_VERSION: '7006' }],
    ['CI', { CI: 'true', WT_SESSION: '1' }],
    ['one that is said not to', { TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' }],
  ])('is not known to: %s', (_, env) => {
    expect(showsLinks(env)).toBe(false);
  });
});
