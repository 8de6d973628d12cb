// What there is to tell: the live keys that this run found and the one before did not. Here findings become the few facts a
// message carries. Of a secret nothing goes on, of an ID its first 8 and last 4 characters.

import { isRoot } from '../../findings/judged.js';
import type { Finding, Occurrence } from '../../findings/model.js';
import { compareText, worstFirst } from '../../findings/order.js';
import { NOTHING_SUPPRESSED, reportOf } from '../../findings/summary.js';
import { masked } from '../../report/mask.js';
import { withShortIds } from '../../report/short-ids.js';
import { cut } from '../../report/whereabouts.js';
import { verdictInWords } from '../../report/words.js';

export interface News {
  /** As they were named on the command line. */
  readonly sources: readonly string[];
  /** Live now, and not known to be so before. */
  readonly newLive: readonly Finding[];
  /** Of the whole audit. */
  readonly counts: {
    readonly repositories: number;
    readonly findings: number;
    readonly live: number;
    readonly root: number;
  };
  /** Where the report can be read; null: nowhere that a link could lead to. */
  readonly reportUrl: string | null;
}

/** One key. Strangers' texts are in it as they are, cut at 500 characters: whoever writes a message makes them harmless. */
export interface KeyNews {
  /** Cut: first 8 and last 4 characters. Null: only the secret is known. */
  readonly accessKeyId: string | null;
  readonly fingerprint: string;
  readonly isRoot: boolean;
  readonly state: Finding['verdict']['state'];
  /** `live, ROOT key of account 1234567890123456`. */
  readonly verdict: string;
  readonly account: string | null;
  /** The RAM user's or role's name. */
  readonly user: string | null;
  /** Names as the audit has them, sorted; at most 20. */
  readonly repositories: readonly string[];
  readonly repositoriesLeftOut: number;
  /** Whom to ask: who committed it first, in each repository; `Name <address>`, at most 3. */
  readonly ask: readonly string[];
  /** When it was committed first, ISO 8601. */
  readonly since: string | null;
}

const MOST_REPOSITORIES = 20;
const MOST_AUTHORS = 3;

const short = (text: string): string => cut(text, 500);
const known = (text: string | undefined): string | null => (text === undefined ? null : short(text));

/** Root keys first, then worst first. */
export const keyNews = (findings: readonly Finding[]): readonly KeyNews[] => {
  const report = reportOf(masked(findings), NOTHING_READ, NOTHING_SAID);
  const ordered = worstFirst(withShortIds(report).findings);
  return [...ordered.filter(isRoot), ...ordered.filter((finding) => !isRoot(finding))].map(factsOf);
};

const NOTHING_READ = {
  skipped: [],
  skippedCounts: { fault: 0, limit: 0 },
  counts: { files: 0, objects: 0, bytes: 0 },
} as const;
const NOTHING_SAID = { suppressed: NOTHING_SUPPRESSED, notes: [], interrupted: false } as const;

const factsOf = (finding: Finding): KeyNews => {
  const { accessKeyId, fingerprint, verdict, target, occurrences } = finding;
  const dated = [...occurrences].sort((a, b) => timeOf(a) - timeOf(b));
  const repositories = [...new Set([target, ...occurrences.map((each) => each.target ?? target)])].sort(compareText);
  const authors = dated.flatMap(({ author = '' }) => (author.trim() === '' ? [] : [author]));
  return {
    accessKeyId: known(accessKeyId ?? undefined),
    fingerprint,
    isRoot: isRoot(finding),
    state: verdict.state,
    verdict: short(verdictInWords(verdict)),
    account: known(verdict.account),
    user: known(verdict.user),
    repositories: repositories.slice(0, MOST_REPOSITORIES).map(short),
    repositoriesLeftOut: Math.max(0, repositories.length - MOST_REPOSITORIES),
    ask: [...new Set(authors)].slice(0, MOST_AUTHORS).map(short),
    since: known(dated.find(({ date }) => date !== undefined)?.date),
  };
};

const timeOf = ({ date }: Occurrence): number => {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : at;
};
