// Where all places of a finding are, for those that have more than a report lists: a key in thousands of forks is counted in
// each of them, and is as old as its oldest commit.

import type { Spread } from '../../findings/audit.js';
import type { Finding } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import type { Fact } from '../store/store.js';

type Known = Pick<Fact, 'fingerprint' | 'secretSha256' | 'repository' | 'firstDate'>;

/** Names of one key; the rest is a number. */
const LISTED = 10_000;

/** @param facts of the run, in any order; not asked for where every place is listed */
export const spreadOf = async (
  findings: readonly Finding[],
  facts: () => AsyncIterable<Known>,
): Promise<readonly Spread[]> => {
  const wide = findings.filter(({ occurrencesLeftOut = 0 }) => occurrencesLeftOut > 0);
  if (wide.length === 0) return [];
  const held = new Map(wide.map((finding) => [finding, newHeld()]));
  const byKey = new Map(wide.map((finding) => [keyOf(finding), finding]));
  const alone = onlyOnes(findings);
  for await (const fact of facts()) {
    // Places that show the ID alone belong to the one pair of that ID.
    const finding = byKey.get(keyOf(fact)) ?? (fact.secretSha256 === null ? alone.get(fact.fingerprint) : undefined);
    const known = finding === undefined ? undefined : held.get(finding);
    if (known === undefined) continue;
    known.repositories.add(fact.repository.name);
    known.firstDate = earlier(known.firstDate, fact.firstDate);
  }
  return wide.map((finding) => {
    const { repositories = new Set<string>(), firstDate = null } = held.get(finding) ?? {};
    const leftOut = repositories.size - LISTED;
    return {
      fingerprint: finding.fingerprint,
      secretSha256: finding.secretSha256,
      firstDate,
      repositories: [...repositories].sort(compareText).slice(0, LISTED),
      ...(leftOut > 0 ? { repositoriesLeftOut: leftOut } : {}),
    };
  });
};

const newHeld = (): { readonly repositories: Set<string>; firstDate: string | null } => ({
  repositories: new Set(),
  firstDate: null,
});

const keyOf = ({ fingerprint, secretSha256 }: Pick<Finding, 'fingerprint' | 'secretSha256'>): string =>
  `${fingerprint}\0${secretSha256 ?? ''}`;

/** Findings whose ID no other finding has. */
const onlyOnes = (findings: readonly Finding[]): ReadonlyMap<string, Finding> => {
  const times = new Map<string, number>();
  for (const { fingerprint } of findings) times.set(fingerprint, (times.get(fingerprint) ?? 0) + 1);
  return new Map(
    findings.flatMap((finding) => (times.get(finding.fingerprint) === 1 ? [[finding.fingerprint, finding]] : [])),
  );
};

/** What is no date is none. One moment in two zones: the text that sorts first, whoever came first. */
const earlier = (a: string | null, b: string | null): string | null => {
  const [first, second] = [Date.parse(a ?? ''), Date.parse(b ?? '')];
  if (Number.isNaN(second)) return a;
  if (Number.isNaN(first) || second < first) return b;
  return second === first && compareText(b ?? '', a ?? '') < 0 ? b : a;
};
