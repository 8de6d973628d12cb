import { describe, expect, it } from 'vitest';
import { mergeSightings } from '../../src/findings/occurrences.js';
import type { Sighting } from '../../src/sources/types.js';
import { id24, secret30 } from '../support/keys.js';
import { blobOf, commitOf, inHistory, sighting } from '../support/sightings.js';

const [id, secret] = [id24(), secret30()];
const merge = (...sightings: readonly Sighting[]) => mergeSightings(sightings, '.');
const allow = { detection: { allow: 'made up' } } as const;

describe('versions of a file', () => {
  it('are one place, named by the oldest, however often the line moved', () => {
    const versions = Array.from({ length: 200 }, (_, index) =>
      inHistory(id, secret, 200 - index, { line: 300 - index }),
    );
    const { occurrences } = merge(...versions);
    expect(occurrences).toHaveLength(1);
    expect(occurrences[0]).toMatchObject({
      line: 101,
      secretLine: 102,
      blobs: 200,
      commit: commitOf(1),
      blob: blobOf(1),
      date: '2020-01-02T00:00:00.000Z',
      inHead: false,
    });
  });

  it('keep two places of one file apart', () => {
    const { occurrences } = merge(
      inHistory(id, secret, 1, { line: 5 }),
      inHistory(id, secret, 1, { line: 20 }),
      inHistory(id, secret, 2, { line: 6 }),
      inHistory(id, secret, 2, { line: 21 }),
    );
    expect(occurrences.map(({ line, blobs }) => [line, blobs])).toEqual([
      [5, 2],
      [20, 2],
    ]);
  });

  it('keep paths apart', () => {
    const { occurrences } = merge(inHistory(id, secret, 1), inHistory(id, secret, 1, { path: 'copy.env' }));
    expect(occurrences.map(({ path }) => path)).toEqual(['app.env', 'copy.env']);
  });

  it('speak through the oldest one that holds the secret, so that it can be read again', () => {
    const { occurrences } = merge(inHistory(id, null, 1), inHistory(id, secret, 2), inHistory(id, secret, 3));
    expect(occurrences).toMatchObject([{ blob: blobOf(2), commit: commitOf(1), secretLine: 2, blobs: 3 }]);
  });

  it('are in HEAD when one of them is, and unreachable only when all are', () => {
    const lost = { provenance: { blob: 'e'.repeat(40), unreachable: true } } as const;
    const held = { provenance: { blob: 'd'.repeat(40), inHead: true } } as const;
    expect(merge(inHistory(id, secret, 1, lost)).occurrences[0]).toMatchObject({ unreachable: true });
    const both = merge(inHistory(id, secret, 1, lost), inHistory(id, secret, 2, held)).occurrences[0];
    expect(both).toMatchObject({ inHead: true, blob: 'd'.repeat(40) });
    expect(both).not.toHaveProperty('unreachable');
  });

  it('name the last commit that held it only when HEAD does not', () => {
    const last = { provenance: { blob: 'd'.repeat(40), lastCommit: 'a'.repeat(40) } } as const;
    expect(merge(inHistory(id, secret, 1), inHistory(id, secret, 2, last)).occurrences[0]).toMatchObject({
      lastCommit: 'a'.repeat(40),
      inHead: false,
    });
  });

  it('count a sighting that is reported twice once', () => {
    expect(merge(inHistory(id, secret, 1), inHistory(id, secret, 1)).occurrences).toMatchObject([{ blobs: 1 }]);
  });
});

describe('messages', () => {
  it('are a place each', () => {
    const message = { source: 'message', path: null } as const;
    const { occurrences } = merge(inHistory(id, null, 1, message), inHistory(id, null, 2, message));
    expect(occurrences).toMatchObject([{ source: 'message' }, { source: 'message' }]);
  });
});

describe('the work tree', () => {
  it('comes first and learns from history who brought the place in', () => {
    const { occurrences } = merge(
      inHistory(id, secret, 3, { line: 8 }),
      inHistory(id, secret, 2, { line: 7 }),
      sighting(id, secret, { line: 9 }),
    );
    expect(occurrences).toMatchObject([
      { source: 'worktree', line: 9, commit: commitOf(2), author: 'Wei Zhang <wei@example.com>' },
      { source: 'history', line: 7, blobs: 2 },
    ]);
    expect(occurrences[0]).not.toHaveProperty('blob');
  });
});

describe('an allow comment', () => {
  it('at every current place allows the credential, also in versions from before it was written', () => {
    expect(merge(sighting(id, secret, allow), inHistory(id, secret, 1)).allowed).toBe(true);
  });

  it('does not allow it while one current place lacks it', () => {
    expect(merge(sighting(id, secret, allow), sighting(id, secret, { path: 'b.env' })).allowed).toBe(false);
  });

  it('in an old version counts for nothing once the current one has dropped it', () => {
    expect(merge(sighting(id, secret), inHistory(id, secret, 1, allow)).allowed).toBe(false);
    expect(merge(inHistory(id, secret, 1, allow), inHistory(id, secret, 2)).allowed).toBe(false);
  });

  it('counts in the newest version when only history is read', () => {
    expect(merge(inHistory(id, secret, 1), inHistory(id, secret, 2, allow)).allowed).toBe(true);
    const deleted = inHistory(id, secret, 3, { path: 'prod.env' });
    expect(merge(inHistory(id, secret, 2, allow), deleted).allowed).toBe(false);
  });
});
