import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { goOnOf } from '../../src/commands/go-on.js';

describe('going on with an audit', () => {
  it('takes the words it was begun with', () => {
    expect(goOnOf(['audit', 'github:acme', '--store', 'a.db', '--verify'], true)).toBe(
      'akscan audit --resume github:acme --store a.db --verify',
    );
    expect(goOnOf(['--lang', 'zh-CN', 'audit', 'dir:.'], true)).toBe('akscan --lang zh-CN audit --resume dir:.');
  });

  it('does not resume twice', () => {
    expect(goOnOf(['audit', '--resume', '--store', 'a.db'], true)).toBe('akscan audit --resume --store a.db');
  });

  it('is impossible where nothing was kept', () => {
    expect(goOnOf(['audit', 'github:acme'], false)).toBe(null);
  });

  it.skipIf(process.platform === 'win32')('comes through a shell as it was', () => {
    const odd = ['audit', '--exclude-repo', "it's/*", '--store', 'my audit $(x) `y` "z".db', ''];
    const line = goOnOf(odd, true) ?? '';
    const print = `akscan() { printf '%s\\n' "$@"; }; ${line}`;
    const came = execFileSync('/bin/sh', ['-c', print], { encoding: 'utf8' });
    expect(came.slice(0, -1).split('\n')).toEqual(['audit', '--resume', ...odd.slice(1)]);
  });
});
