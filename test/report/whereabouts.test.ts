import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../src/findings/model.js';
import { distinctPlaces } from '../../src/report/places.js';
import { cut, namingOf, placeInWords, skippedName, whereaboutsOf } from '../../src/report/whereabouts.js';
import { auditSample } from '../support/audit-report.js';
import { COMMIT, fault, pair, place, report } from '../support/report-samples.js';

const fileOf = (target: string, over: Partial<Occurrence> = {}): string | null => {
  const occurrence = place(over);
  return whereaboutsOf(pair({ target, occurrences: [occurrence] }), occurrence, 'path').file;
};

describe('whereabouts', () => {
  it.each<[string, string, string | null]>([
    ['below the current directory', '.', 'config/app.yml'],
    ['below a directory', 'services/api', 'services/api/config/app.yml'],
    ['below an absolute directory that is this one', process.cwd(), 'config/app.yml'],
    ['below another', '/elsewhere', '/elsewhere/config/app.yml'],
    ['within a URL', 'https://git.example.com/shop/api.git', 'config/app.yml'],
    ['where no target is known', '', 'config/app.yml'],
  ])('are %s', (_, target, expected) => {
    expect(fileOf(target)).toBe(expected);
  });

  it('are the target itself when that is a file', () => {
    expect(fileOf(path.join('a', 'app.yml'), { path: 'app.yml' })).toBe('a/app.yml');
  });

  it('are no file for standard input and messages', () => {
    expect(fileOf('.', { source: 'stdin', path: null })).toBe(null);
    expect(fileOf('.', { source: 'message', path: null })).toBe(null);
  });

  it('take a file and its history for one place, and what is staged as it stands', () => {
    const finding = pair({
      occurrences: [
        place(),
        place({ source: 'index' }),
        place({ source: 'index', line: 50 }),
        place({ source: 'history', line: 3 }),
        place({ source: 'history', path: 'gone.yml' }),
        place({ source: 'message', path: null }),
      ],
    });
    expect(distinctPlaces(finding).map(({ source, line }) => `${source}:${line}`)).toEqual([
      'worktree:12',
      'index:50',
      'history:12',
      'message:12',
    ]);
  });

  it('say since when', () => {
    const occurrence = place({ source: 'history', commit: COMMIT, date: '2026-01-02T03:04:05+08:00', inHead: false });
    expect(placeInWords(pair(), occurrence, 'path')).toBe(
      'config/app.yml:12 (since cccccccccc of 2026-01-02, in history only)',
    );
  });
});

describe('whereabouts among several repositories', () => {
  const nameOf = (target: string, over: Partial<Occurrence> = {}): string => {
    const occurrence = place({ source: 'history', ...over });
    return whereaboutsOf(pair({ target, occurrences: [occurrence] }), occurrence, 'repository').name;
  };
  const message = { source: 'message', path: null, blob: COMMIT } as const;

  it.each<[string, string, Partial<Occurrence>, string]>([
    ['a path at an address', 'https://git.example.com/shop/api', {}, 'git.example.com/shop/api/config/app.yml'],
    ['a path over SSH', 'ssh://git@git.example.com/shop/api', {}, 'git.example.com/shop/api/config/app.yml'],
    ['a message at an address', 'https://git.example.com/a', message, 'git.example.com/a/commit-message/cccccccccc'],
    ['a message in a folder', 'services/api', message, 'services/api/commit-message/cccccccccc'],
    ['a message in a folder elsewhere', '/srv/git/a.git', message, '/srv/git/a.git/commit-message/cccccccccc'],
    ['an object in a folder', 'b', { path: null, blob: COMMIT }, 'b/git-object/cccccccccc'],
    ['a message here', '.', message, 'commit-message/cccccccccc'],
  ])('name it: %s', (_, target, over, expected) => {
    expect(nameOf(target, over)).toBe(expected);
  });

  it('go by the place, which may be in another repository than the finding', () => {
    expect(nameOf('https://a.example/x', { target: 'https://b.example/y' })).toBe('b.example/y/config/app.yml');
  });

  it('are asked for by an audit of one repository, and by a report of several targets', () => {
    expect(namingOf(auditSample({ findings: 1, repositories: 1 }))).toBe('repository');
    expect(namingOf(report([pair(), pair()]))).toBe('path');
    expect(namingOf(report([pair(), pair({ target: 'b' })]))).toBe('repository');
    expect(namingOf(report([pair({ occurrences: [place(), place({ target: 'b' })] })]))).toBe('repository');
    expect(namingOf(report([pair()], { skipped: [fault({ target: 'b' })] }))).toBe('repository');
  });

  it('say of what could not be read in which it is', () => {
    const one = { target: 'https://git.example.com/a', what: 'x.zip' };
    expect(skippedName(one, 'path')).toBe('x.zip');
    expect(skippedName(one, 'repository')).toBe('git.example.com/a x.zip');
    expect(skippedName({ target: '/srv/a.git', what: '/srv/a.git/objects' }, 'repository')).toBe('/srv/a.git/objects');
    expect(skippedName({ target: 'a', what: 'ab.zip' }, 'repository')).toBe('a ab.zip');
    expect(skippedName({ ...one, what: null }, 'repository')).toBe('https://git.example.com/a');
  });
});

describe('cutting', () => {
  it('counts code points and leaves what fits', () => {
    expect(cut('𝒜𝒜𝒜', 3)).toBe('𝒜𝒜𝒜');
    expect(cut('𝒜𝒜𝒜𝒜', 3)).toBe('𝒜𝒜…');
    expect(cut('a'.repeat(1_000_000), 3)).toBe('aa…');
  });

  it('leaves no half of a character', () => {
    expect(cut('\uD800a', 10)).toBe('\uFFFDa');
  });
});
