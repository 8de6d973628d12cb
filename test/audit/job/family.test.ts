// Whatever is known of a repository's objects, and by whom, what is told of it is the same. `AKSCAN_SEEDS=N` tries N seeds.

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { doJob } from '../../../src/audit/job/do-job.js';
import type { Family, Outcome } from '../../../src/audit/types.js';
import { hashFormat } from '../../../src/git/hash.js';
import { difference, eachName, inOrder, intersection, namesOfHex, union } from '../../../src/pack/all-names.js';
import { createDice } from '../../pack/random/dice.js';
import { FORMS } from '../../pack/random/storage.js';
import { randomRepository } from '../../pack/random-repository.js';
import { familyOf, jobFor, knowing, mirrorsAt, readOf, repositoryIn, told } from '../../support/jobs.js';
import { temporaryFolder } from '../../support/repository.js';

const SEEDS = Number(process.env['AKSCAN_SEEDS'] ?? 6);
const AT_ONCE = 4;
const NEVER = new AbortController().signal;

const scan = (folder: string, from: 'folder' | 'url', family: Family | null, small: number): Promise<Outcome> =>
  doJob(jobFor(repositoryIn(folder, from)), {
    mirrors: mirrorsAt(folder),
    knowledge: knowing(family),
    signal: NEVER,
    small,
  });

/** Made-up names of objects that are nowhere. */
const strangers = (seed: number, bytes: number): Buffer =>
  Buffer.from(Array.from({ length: 50 * bytes }, (_, at) => (Math.imul(seed + at, 2_654_435_761) >>> 11) & 255));

/** What a relative knows that has only some of the objects. */
const partOf = (family: Family, hashName: string, seed: number): Family => {
  const hash = hashFormat(hashName);
  const dice = createDice(seed);
  const some = namesOfHex([...eachName(family.names, hash)].filter(() => dice.chance(0.7)));
  return { ...family, names: union(some, inOrder(strangers(seed, hash.bytes), hash), hash) };
};

describe('what is told of a repository', () => {
  it('is the same whatever is known of its objects, by whom, and when that is told', async () => {
    const folder = temporaryFolder();
    const left = Array.from({ length: SEEDS }, (_, index) => 70_000 + index);
    const wrong: string[] = [];
    let few = 0;
    const others = new Map<string, Family>();
    const worker = async (): Promise<void> => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const form = FORMS[seed % FORMS.length];
        if (form === undefined) throw new Error('no form');
        const made = await randomRepository(path.join(folder, `${seed}`), { seed, form });
        const from = seed % 3 === 0 ? 'url' : 'folder';
        const alone = await scan(made.top, from, null, 0);
        const nothing = { id: null, names: Buffer.alloc(0), hits: [], verify: 'please' } as const;
        const verified = await scan(made.top, from, nothing, 0);
        const check = (what: string, outcome: Outcome): void => {
          if (told(outcome) !== told(alone)) wrong.push(`${made.name}: ${what}`);
        };
        check('verified', verified);
        if (readOf(alone).family !== null) {
          const own = familyOf(alone, 'own');
          const relatives = familyOf(verified, 'relatives');
          const again = await scan(made.top, from, own, 0);
          few += readOf(again).family?.own.length === 0 ? 1 : 0;
          check('read before', again);
          check('known to a relative', await scan(made.top, from, relatives, 0));
          check('known in part', await scan(made.top, from, partOf(relatives, made.hash, seed), 0));
          check('small', await scan(made.top, from, relatives, 1_000_000));
          const other = others.get(made.hash);
          if (other !== undefined) check('known to strangers', await scan(made.top, from, other, 0));
          others.set(made.hash, relatives);
        }
        made.remove();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(wrong).toEqual([]);
    expect(few).toBeGreaterThan(SEEDS / 4);
  }, 900_000);

  it('gives every verified name once, in order, and no other', async () => {
    const folder = temporaryFolder();
    const made = await randomRepository(folder, { seed: 3, form: FORMS[4] ?? FORMS[0] ?? fail() });
    const please = { id: null, names: Buffer.alloc(0), hits: [], verify: 'please' } as const;
    const { family } = readOf(await scan(made.top, 'folder', please, 0));
    const hash = hashFormat(made.hash);
    const { verified, own } = family ?? fail();
    expect(inOrder(verified, hash).equals(verified)).toBe(true);
    expect(intersection(verified, own, hash)).toHaveLength(0);
    const blobs = namesOfHex(made.blobs.keys());
    expect(difference(blobs, union(verified, own, hash), hash)).toHaveLength(0);
  });
});

const fail = (): never => {
  throw new Error('not there');
};
