import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../../src/audit/report/spread.js';
import type { Fact } from '../../../src/audit/store/store.js';
import type { Finding } from '../../../src/findings/model.js';
import { pair } from '../../support/report-samples.js';

type Known = Parameters<typeof spreadOf>[1] extends () => AsyncIterable<infer Each> ? Each : never;

const fact = ({ fingerprint, secretSha256 }: Finding, name: string, firstDate: string | null = null): Known => ({
  fingerprint,
  secretSha256,
  firstDate,
  repository: { name } as Fact['repository'],
});

const from = (facts: readonly Known[]) =>
  async function* (): AsyncGenerator<Known> {
    yield* facts;
  };

describe('where all places of a finding are', () => {
  it('is asked only when not all of them are listed', async () => {
    const asked = (): never => {
      throw new Error('asked');
    };
    expect(await spreadOf([pair()], asked)).toEqual([]);
  });

  it('is every repository by name, and the first commit, in whichever order they come', async () => {
    const [wide, other] = [pair({ occurrencesLeftOut: 5 }), pair()];
    const facts = [
      fact(wide, 'c', '2024-01-01T00:00:00Z'),
      fact(wide, 'a', '2020-01-01T08:00:00+08:00'),
      fact(wide, 'b', 'no date'),
      fact(wide, 'd', '2020-01-01T00:00:00Z'),
      fact(other, 'e', '2010-01-01T00:00:00Z'),
    ];
    const expected = [
      {
        fingerprint: wide.fingerprint,
        secretSha256: wide.secretSha256,
        firstDate: '2020-01-01T00:00:00Z',
        repositories: ['a', 'b', 'c', 'd'],
      },
    ];
    expect(await spreadOf([wide, other], from(facts))).toEqual(expected);
    expect(await spreadOf([wide, other], from([...facts].reverse()))).toEqual(expected);
  });

  it('takes in places of the ID alone, unless two pairs have that ID', async () => {
    const wide = pair({ occurrencesLeftOut: 5 });
    const facts = [fact(wide, 'a'), fact({ ...wide, secretSha256: null }, 'b')];
    const [alone] = await spreadOf([wide], from(facts));
    expect(alone?.repositories).toEqual(['a', 'b']);
    const [first] = await spreadOf([wide, { ...wide, secretSha256: 'f'.repeat(64) }], from(facts));
    expect(first?.repositories).toEqual(['a']);
  });

  it('names ten thousand repositories, and counts the rest', async () => {
    const wide = pair({ occurrencesLeftOut: 5 });
    const facts = Array.from({ length: 10_007 }, (_, at) => fact(wide, `r${at}`));
    const [spread] = await spreadOf([wide], from(facts));
    expect([spread?.repositories.length, spread?.repositoriesLeftOut]).toEqual([10_000, 7]);
  });
});
