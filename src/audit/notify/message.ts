// A message to people, before it is in the form of any chat: a title, a sentence about the audit, a few lines for each key, the
// address of the report. All text in it is harmless wherever it stands.

import { number, plural } from '../../report/words.js';
import { inert, linkTo, repositoryInWords, withoutUser } from './inert.js';
import type { KeyNews, News } from './news.js';

export interface Message {
  /** `akscan: 3 new live AccessKeys, 1 of a root account`. Holds the word `akscan`, for robots that ask for a keyword. */
  readonly title: string;
  /** One sentence, without markup. */
  readonly summary: string;
  readonly keys: readonly KeyLines[];
  /** How many keys there are besides. */
  readonly leftOut: number;
  readonly reportUrl: string | null;
}

export interface KeyLines {
  readonly isRoot: boolean;
  /** `LTAI5tXX…XXXX: live, ROOT key of account 1234567890123456`. */
  readonly what: string;
  /** `In acme/pay on github．com and 2 more, since 2024-03-01`. */
  readonly where: string;
  /** `Ask Wei Zhang ＜wei＠example．com＞`; null: nobody is known. */
  readonly ask: string | null;
}

/** Keys that a person reads in a chat; the report has them all. */
const MOST_KEYS = 20;

export const messageOf = ({ sources, counts, reportUrl }: Omit<News, 'newLive'>, keys: readonly KeyNews[]): Message => {
  const root = keys.filter(({ isRoot }) => isRoot).length;
  const ofRoot = root === 0 ? '' : `, ${number(root)} of a root account`;
  return {
    title: `akscan: ${plural(keys.length, 'new live AccessKey')}${ofRoot}`,
    summary: `${sourcesInWords(sources)}: ${plural(counts.repositories, 'repository', 'repositories')}, ${plural(counts.findings, 'AccessKey')}, ${number(counts.live)} live, ${number(counts.root)} root.`,
    keys: keys.slice(0, MOST_KEYS).map(linesOf),
    leftOut: Math.max(0, keys.length - MOST_KEYS),
    reportUrl: linkTo(reportUrl),
  };
};

const sourcesInWords = (sources: readonly string[]): string => {
  const [first = 'The audit', ...others] = sources;
  const name = inert(withoutUser(first), 100);
  return others.length === 0 ? name : `${name} and ${plural(others.length, 'more source')}`;
};

const linesOf = (key: KeyNews): KeyLines => {
  const [repository = '', ...others] = key.repositories;
  const more = others.length + key.repositoriesLeftOut;
  const since = key.since === null ? '' : `, since ${inert(key.since.slice(0, 10), 10)}`;
  return {
    isRoot: key.isRoot,
    what: `${key.accessKeyId === null ? 'A secret without its ID' : inert(key.accessKeyId, 40)}: ${inert(key.verdict, 160)}`,
    where: `In ${inert(repositoryInWords(repository), 120)}${more === 0 ? '' : ` and ${number(more)} more`}${since}`,
    ask: key.ask.length === 0 ? null : `Ask ${key.ask.map((author) => inert(author, 80)).join(', ')}`,
  };
};

/** `And 12 more.`; null when all are listed. */
export const leftOutInWords = ({ leftOut }: Message): string | null =>
  leftOut === 0 ? null : `And ${number(leftOut)} more.`;

/**
 * The message with as many keys as fit; the first key stays, however large it is.
 * @param measure of what is written of a message
 */
export const fitted = (message: Message, measure: (message: Message) => number, most: number): Message => {
  let fit = message;
  while (fit.keys.length > 1 && measure(fit) > most) {
    fit = { ...fit, keys: fit.keys.slice(0, -1), leftOut: fit.leftOut + 1 };
  }
  // That there are keys is worth more than where to read of them.
  return measure(fit) > most ? { ...fit, reportUrl: null } : fit;
};
