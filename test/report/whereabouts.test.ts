import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../src/findings/model.js';
import { distinctPlaces } from '../../src/report/places.js';
import { cut, placeInWords, whereaboutsOf } from '../../src/report/whereabouts.js';
import { COMMIT, pair, place } from '../support/report-samples.js';

const fileOf = (target: string, over: Partial<Occurrence> = {}): string | null => {
  const occurrence = place(over);
  return whereaboutsOf(pair({ target, occurrences: [occurrence] }), occurrence).file;
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
    expect(placeInWords(pair(), occurrence)).toBe(
      'config/app.yml:12 (since cccccccccc of 2026-01-02, in history only)',
    );
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
