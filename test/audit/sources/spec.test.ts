import { describe, expect, it } from 'vitest';
import { parseSpec } from '../../../src/audit/sources/spec.js';

describe('parseSpec', () => {
  it.each([
    ['github:acme', { kind: 'forge', forge: 'github', origin: null, owner: 'acme' }],
    ['gitlab:team/sub/deep', { forge: 'gitlab', owner: 'team/sub/deep' }],
    ['gitlab:https://git.example.com/team/sub', { origin: 'https://git.example.com', owner: 'team/sub' }],
    ['gitea:http://127.0.0.1:3000/acme/', { origin: 'http://127.0.0.1:3000', owner: 'acme' }],
    ['gitea:https://git.example.com', { origin: 'https://git.example.com', owner: '' }],
    ['codeup:60d54f3daccf2bbd6659f3ad', { forge: 'codeup', owner: '60d54f3daccf2bbd6659f3ad' }],
    ['bitbucket:~ann', { forge: 'bitbucket', owner: '~ann' }],
    ['gitee:开源组织', { forge: 'gitee', owner: '开源组织' }],
    ['dir:/srv/git', { kind: 'folder', path: '/srv/git' }],
    ['dir:C:\\git', { kind: 'folder', path: 'C:\\git' }],
    ['list:repositories.txt', { kind: 'list', file: 'repositories.txt' }],
    [
      'https://git.example.com/team/app.git',
      { kind: 'url', url: 'https://git.example.com/team/app.git', path: 'team/app' },
    ],
    ['git@git.example.com:team/app.git', { kind: 'url', url: 'ssh://git@git.example.com/team/app.git' }],
    ['ssh://git@git.example.com:2222/team/app', { kind: 'url', place: 'git.example.com/team/app' }],
    ['http://127.0.0.1:3000/team/app', { kind: 'url', url: 'http://127.0.0.1:3000/team/app' }],
    ['file:///srv/git/app.git', { kind: 'url', url: 'file:///srv/git/app.git' }],
  ])('reads %s', (text, expected) => {
    expect(parseSpec(text)).toMatchObject(expected);
  });

  it('calls an address what it is without its query, which may hold a token', () => {
    expect(parseSpec('https://git.example.com/app.git?private_token=made-up')).toMatchObject({
      text: 'https://git.example.com/app.git',
      url: 'https://git.example.com/app.git',
    });
  });

  it('takes one repository for the same, by whichever way it is reached', () => {
    const ways = [
      'https://Git.Example.com/team/app.git',
      'git@git.example.com:team/app',
      'ssh://git@git.example.com:2222/team/app.git/',
    ];
    const places = ways.map((text) => parseSpec(text)).map((spec) => (spec.kind === 'url' ? spec.place : null));
    expect(new Set(places)).toEqual(new Set(['git.example.com/team/app']));
  });

  it.each([
    ['http://git.example.com/team/app.git', 'plain http:// is spoken to this machine only'],
    ['http://127.0.0.1.example.com/app.git', 'plain http:// is spoken to this machine only'],
    ['ext::sh -c evil', 'start a program'],
    ['fd::17', 'start a program'],
    ['ftp://example.com/app.git', 'not fetched from'],
    ['git://example.com/app.git', 'not fetched from'],
    ['ssh://-oProxyCommand=evil/app', 'no host'],
    ['ssh://-evil@example.com/app', 'no host'],
    ['-u@example.com:app', 'no host'],
    ['https://example.com/', 'names no repository'],
    ['https://example.com/a\u0000b', 'is not a URL'],
    ['repositories', 'not a source'],
    ['svn:trunk', 'not a source'],
    ['github:', 'names no organisation'],
    ['github:acme/app', 'more than an organisation'],
    ['github:../../user', 'names no organisation'],
    ['gitlab:team/../admin', 'names no organisation'],
    ['github:a?b', 'names no organisation'],
    ['github:https://git.example.com', 'names no organisation'],
    ['gitlab:https://git.example.com/team?token=1', 'more than a name'],
    ['dir:', 'needs a path'],
    ['list:', 'needs a path'],
  ])('refuses %s', (text, sentence) => {
    expect(() => parseSpec(text)).toThrow(sentence);
    expect(() => parseSpec(text)).toThrow(expect.objectContaining({ name: 'AkscanError' }));
  });

  it.each([
    'https://ann:made-up-token@example.com/app.git',
    'https://made-up-token@example.com/app.git',
    'gitlab:https://x:made-up-token@example.com/team',
    'https:/ann:made-up-token@example.com/app.git',
    'ann:made-up-token@example.com/app.git',
    'gitlab:ann:made-up-token@example.com/team',
  ])('refuses credentials in an address without repeating them: %s', (text) => {
    const message = (() => {
      try {
        return String(parseSpec(text));
      } catch (error) {
        return `${String(error)} ${JSON.stringify(error)}`;
      }
    })();
    expect(message).toContain('AkscanError');
    expect(message).not.toContain('made-up-token');
  });
});
