// Whom to ask: who committed keys that are live, or not known to be off, and where; and whose keys these are in the cloud.

import { isLive } from '../../findings/judged.js';
import type { Finding, Occurrence } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import { compareTallies, isOpen, type Tally, tallyOf, under } from './tally.js';

export interface PersonRow extends Tally {
  /** `Name <address>`, as a commit has it. Anybody can write anything there. */
  readonly author: string;
  /** By name. */
  readonly repositories: readonly string[];
  /** Users and roles that these keys belong to, by name; the root account is not among them. */
  readonly owners: readonly string[];
}

interface Person {
  readonly authors: Set<string>;
  readonly findings: Set<Finding>;
  readonly repositories: Set<string>;
}

export const people = (findings: readonly Finding[]): readonly PersonRow[] => {
  const persons = new Map<string, Person>();
  for (const finding of findings) {
    if (!isLive(finding) && !(isOpen(finding) && finding.verdict.state !== 'wrong-secret')) continue;
    for (const [repository, author] of firstAuthors(finding)) {
      const person = under(persons, personOf(author), newPerson);
      person.authors.add(author);
      person.findings.add(finding);
      person.repositories.add(repository);
    }
  }
  return [...persons.values()]
    .map(({ authors, findings: theirs, repositories }) => ({
      author: [...authors].sort(compareText)[0] ?? '',
      ...tallyOf(theirs),
      repositories: [...repositories].sort(compareText),
      owners: [...new Set([...theirs].flatMap(({ verdict: { user } }) => (user === undefined ? [] : [user])))].sort(
        compareText,
      ),
    }))
    .sort((a, b) => compareTallies(a, b) || compareText(a.author, b.author));
};

const newPerson = (): Person => ({ authors: new Set(), findings: new Set(), repositories: new Set() });

/** One person writes their name in several ways, and their address in one. */
const personOf = (author: string): string => /<([^<>\s]+@[^<>\s]+)>$/.exec(author)?.[1]?.toLowerCase() ?? author;

/** For each repository who committed it there first. */
const firstAuthors = ({ target: own, occurrences }: Finding): ReadonlyMap<string, string> => {
  const first = new Map<string, Occurrence>();
  for (const occurrence of occurrences) {
    if (occurrence.author === undefined || occurrence.author.trim() === '') continue;
    const repository = occurrence.target ?? own;
    const known = first.get(repository);
    if (known === undefined || timeOf(occurrence) < timeOf(known)) first.set(repository, occurrence);
  }
  return new Map([...first].map(([repository, { author = '' }]) => [repository, author]));
};

const timeOf = ({ date }: Occurrence): number => {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
};
