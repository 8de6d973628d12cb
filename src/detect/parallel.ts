// Parallel lists: `ids: [a, b]` and `secrets: [x, y]`, in brackets or line by line.

import type { Located } from './located.js';

/**
 * Keys in a row, then as many secrets in a row (or the other way round), each row in one list: the nth goes with the nth.
 * @param isTaken whether a value belongs to another by what encloses them both: it is no entry of a list
 */
export const parallelRuns = (
  values: readonly Located[],
  isTaken: (value: Located) => boolean,
): ReadonlyMap<Located, Located> => {
  const runs: Located[][] = [];
  for (const value of values) {
    if (value.role === 'token' || isNamedOtherwise(value)) continue;
    if (isTaken(value)) {
      runs.push([]);
      continue;
    }
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last?.role === value.role && sameList(last, value)) run.push(value);
    else runs.push([value]);
  }
  const partners = new Map<Located, Located>();
  for (let i = 0; i + 1 < runs.length; i++) {
    const [one, two] = [runs[i] ?? [], runs[i + 1] ?? []];
    if (one.length < 2 || one.length !== two.length || one[0]?.role === two[0]?.role) continue;
    if (interleaved(one, two) || toldApart(one)) continue;
    const keys = one[0]?.role === 'key' ? one : two;
    const secrets = keys === one ? two : one;
    keys.forEach((key, index) => {
      const secret = secrets[index];
      if (secret !== undefined) partners.set(key, secret);
    });
    i++;
  }
  return partners;
};

/** A nonce between the entries of two lists. */
const isNamedOtherwise = ({ role, name }: Located): boolean =>
  role === 'secret' && name !== null && name.kind === 'other' && !name.byComma;

/** Values of the two runs share a bracket that is not the bracket of all: they are records, not lists. */
const interleaved = (one: readonly Located[], two: readonly Located[]): boolean => {
  const groups = new Set([...one, ...two].map(({ layout }) => layout.group));
  return groups.size > 1 && one.some((a) => a.layout.group >= 0 && two.some((b) => b.layout.group === a.layout.group));
};

/** The names of a run, or who speaks, say whose each value is: they decide, not the order. */
const toldApart = (run: readonly Located[]): boolean =>
  [({ name }: Located) => name?.stem.join(' '), ({ layout }: Located) => layout.speaker ?? undefined].some((whose) => {
    const owners = run.flatMap((value) => whose(value) ?? []);
    return owners.length === run.length && new Set(owners).size === run.length;
  });

const sameList = (a: Located, b: Located): boolean => {
  if (a.layout.group >= 0 || b.layout.group >= 0) {
    if (a.layout.group === b.layout.group) return true;
    return a.layout.outer >= 0 && a.layout.outer === b.layout.outer;
  }
  return a.layout.parent === b.layout.parent;
};
