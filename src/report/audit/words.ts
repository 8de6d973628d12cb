// What an audit says in sentences, for the terminal and for Markdown. Each goes through `say` whole.

import type { NotReadState, RepositoryNotRead, Trend } from '../../findings/audit.js';
import type { Principal } from '../../findings/model.js';
import { number, plural } from '../words.js';
import type { Age, Exposure } from './exposure.js';
import type { OwnerRow } from './owners.js';
import type { Tally } from './tally.js';
import type { AuditViews, Glance, TrendView } from './views.js';

/** The organisation in a few sentences; what has changed is the last. */
export const glanceInWords = ({ glance, trend }: AuditViews, lastRun: string | null): readonly string[] => [
  repositoriesInWords(glance),
  // Of nothing at all the first sentence says why.
  ...(glance.notListed === 0 || glance.total === 0 ? [] : [notListedInWords(glance)]),
  ...(glance.tally.findings === 0 ? [] : [keysInWords(glance.tally)]),
  ...(glance.oldestLive === null ? [] : [oldestInWords(glance.oldestLive)]),
  ...(glance.usedSince === 0 ? [] : [usedInWords(glance)]),
  ...(trend === null ? [] : [trendInWords(trend, lastRun)]),
];

/** `300 repositories, all read: 23 hold AccessKeys.` Promises nothing of what nobody could list, or had no time to. */
export const repositoriesInWords = (glance: Glance): string => {
  const { total, holding, read, notListed, stopped } = glance;
  if (total === 0) {
    if (stopped) return 'Stopped before any repository was listed.';
    return notListed === 0 ? 'There was no repository to read.' : 'No repository was read: none could be listed.';
  }
  const all = plural(total, 'repository', 'repositories');
  const isWhole = read >= total && notListed === 0 && !stopped;
  const which = isWhole ? 'all read' : readInPart(glance);
  const none = isWhole ? 'none holds' : 'none that was read holds';
  const hold = holding === 0 ? none : holding === 1 ? '1 holds' : `${number(holding)} hold`;
  return `${all}, ${which}: ${hold} AccessKeys.`;
};

const readInPart = ({ total, read, stopped }: Glance): string => {
  if (read >= total) return 'all that were listed read';
  if (stopped) return `${number(read)} read before the end`;
  return `${number(read)} read, ${number(total - read)} not or only in part`;
};

const notListedInWords = ({ notListed }: Glance): string =>
  `${plural(notListed, 'source or folder', 'sources or folders')} could not be listed whole: what is missing there was not read.`;

const keysInWords = ({ findings, live, open, root }: Tally): string => {
  const keys = plural(findings, 'AccessKey');
  const roots = root === 0 ? '' : ` ${root === 1 ? '1 is a root key.' : `${number(root)} are root keys.`}`;
  if (live === 0 && open === findings) return `${keys}: not known whether live.${roots}`;
  const off = findings - live - open;
  const parts = [
    `${number(live)} live`,
    ...(open === 0 ? [] : [`${number(open)} not known`]),
    ...(off === 0 ? [] : [`${number(off)} off or gone`]),
  ];
  return `${keys}: ${parts.join(', ')}.${roots}`;
};

const oldestInWords = ({ age, since }: Exposure): string =>
  `The oldest live one was committed ${spanInWords(age ?? 0)} ago, on ${since ?? ''}.`;

const usedInWords = ({ usedSince, tally }: Glance): string =>
  `${number(usedSince)} of the ${number(tally.live)} live ${usedSince === 1 ? 'was' : 'were'} used after the commit that leaked ${usedSince === 1 ? 'it' : 'them'}.`;

const trendInWords = ({ counts, newLive }: TrendView, lastRun: string | null): string => {
  const parts = [
    `${number(counts.new)} new${newLive === 0 ? '' : ` (${number(newLive)} live)`}`,
    `${number(counts['still-there'])} still there`,
    ...(counts.rotated === 0 ? [] : [`${number(counts.rotated)} rotated`]),
    ...(counts.fixed === 0 ? [] : [`${number(counts.fixed)} fixed`]),
    ...(counts.gone === 0 ? [] : [`${number(counts.gone)} gone`]),
  ];
  const when = lastRun === null || Number.isNaN(Date.parse(lastRun)) ? '' : ` of ${dayOf(lastRun)}`;
  return `Since the last run${when}: ${parts.join(', ')}.`;
};

const dayOf = (iso: string): string => new Date(iso).toISOString().slice(0, 10);

/** `12 days`, `5 months`, `4 years`: whole ones that have passed. */
export const spanInWords = (days: number): string => {
  if (days < 60) return plural(days, 'day');
  if (days < 730) return plural(Math.floor(days / 30.44), 'month');
  return plural(Math.floor(days / 365.25), 'year');
};

export const AGES_IN_WORDS: Readonly<Record<Age, string>> = {
  month: 'less than a month',
  year: 'a month to a year',
  'two-years': '1 to 2 years',
  'four-years': '2 to 4 years',
  older: '4 years and more',
  undated: 'no date known',
};

export const TRENDS_IN_WORDS: Readonly<Record<Trend, string>> = {
  new: 'new',
  'still-there': 'still there',
  rotated: 'rotated',
  fixed: 'fixed',
  gone: 'gone',
};

const NOT_READ: Readonly<Record<NotReadState, string>> = {
  unlisted: 'not listed whole',
  broken: 'not read whole',
  denied: 'access denied',
  'too-large': 'larger than --max-repo-size',
  gone: 'not there any more',
};

export const notReadInWords = ({ state, reason }: Pick<RepositoryNotRead, 'state' | 'reason'>): string =>
  reason === null || reason === '' ? `${NOT_READ[state]}.` : reason;

const PRINCIPALS: Readonly<Record<Principal, string>> = {
  root: 'root account',
  'ram-user': 'RAM user',
  'assumed-role': 'role',
};

/** `RAM user alice`. */
export const ownerInWords = ({ principal, name }: Pick<OwnerRow, 'principal' | 'name'>): string => {
  if (principal === null) return 'not known';
  return name === null || principal === 'root' ? PRINCIPALS[principal] : `${PRINCIPALS[principal]} ${name}`;
};

/** How to go on with an audit that was stopped; what to type stands on a line of its own. */
export const goOnInWords = (typed: string | null): string =>
  typed === null
    ? 'Next: nothing was kept, so that the next audit reads all of it again; with --store FILE it can go on.'
    : 'Next: go on where it was stopped:';

/** What to do first, one sentence; null where there is nothing to do. */
export const nextInWords = ({ glance: { tally, notRead } }: AuditViews, isAsked: boolean): string | null => {
  const { root, live, open, findings } = tally;
  if (findings === 0) return notRead === 0 ? null : 'Next: see that what was not read can be, and run it again.';
  if (!isAsked)
    return 'Next: ask which of them are live with --verify or --probe; until then treat all of them as live.';
  if (root > 0)
    return `Next: replace the ${plural(root, 'root key')} first and switch off the old; the account is open to whoever has one.`;
  if (live > 0)
    return `Next: replace the ${plural(live, 'live key')}, worst first, and switch off the old: akscan disable shows how.`;
  if (open > 0) {
    const [are, them] = open === 1 ? ['is', 'it'] : ['are', 'them'];
    return `Next: find out about the ${number(open)} that ${are} not known to be off, and treat ${them} as live.`;
  }
  return 'Next: nothing that was found is live; keep it so with a hook: akscan hook install.';
};
