// The page in English.

import type { Finding, Verdict } from '../../../findings/model.js';
import { powerInWords } from '../../../findings/powers.js';
import { number, plural, readInWords, suppressedInWords } from '../../words.js';
import type { Totals, Words } from './words.js';

const headline = ({ found, live, root, open, asked, reach }: Totals): string => {
  if (found === 0) return reach === 'nothing' ? 'No repository was read' : 'No AccessKeys found';
  const keys = plural(found, 'AccessKey');
  if (!asked) return `${keys} found, not verified`;
  if (live === 0) return `${keys} found, ${open > 0 ? 'none proven live' : 'none live'}`;
  const roots = root === 0 ? '' : `, ${number(root)} of them ${root === 1 ? 'a root key' : 'root keys'}`;
  if (found === 1) return `1 AccessKey found, a live ${root === 1 ? 'root key' : 'one'}`;
  return `${number(live)} of ${keys} ${live === 1 ? 'is' : 'are'} live${live === 1 && root === 1 ? ', a root key' : roots}`;
};

const NONE: Readonly<Record<Totals['reach'], string>> = {
  whole: 'Nothing that was read holds one.',
  part: 'Nothing that was read holds one, and not all was read.',
  nothing: 'Whether there are AccessKeys is not known.',
};

const lead = ({ found, live, root, administrators, open, asked, reach }: Totals): string => {
  if (found === 0) return NONE[reach];
  if (!asked) return 'Nobody was asked whether they still work: treat each of them as live until it is verified.';
  const more = root > 0 ? ' more' : '';
  return [
    ...(root > 0 ? ['A root key opens its whole account, and no policy can limit it.'] : []),
    ...(administrators > 0
      ? [
          `${number(administrators)}${more} of the live ones ${administrators === 1 ? 'is an administrator’s' : 'are administrators’'}.`,
        ]
      : []),
    ...(live > 0 && root + administrators === 0
      ? ['None of the live ones is known to be a root account’s or an administrator’s.']
      : []),
    ...(open > 0
      ? [
          `Whether ${number(open)} ${open === found ? 'still work' : open === 1 ? 'other works' : 'others work'} is not known: treat ${open === 1 ? 'it' : 'them'} as live.`,
        ]
      : []),
  ].join(' ');
};

const who = ({ principal, user, account }: Verdict): string => {
  const of = account === undefined ? '' : ` ${account}`;
  if (principal === 'root') return `root account${of}`;
  const name = principal === 'assumed-role' ? 'role' : 'RAM user';
  const parts = [
    ...(principal === undefined ? [] : [user === undefined ? name : `${name} ${user}`]),
    ...(account === undefined ? [] : [`account${of}`]),
  ];
  return parts.join(', ');
};

const marks = ({ knownElsewhere, removedInRange, carriedOver, unreachable }: Finding): readonly string[] => [
  ...(knownElsewhere === true ? ['Another branch, a tag or older history holds it, too.'] : []),
  ...(carriedOver === true ? ['An earlier scan reported it already.'] : []),
  ...(removedInRange === true ? ['Added and removed again: the files hold it no more, the commits do.'] : []),
  ...(unreachable === true ? ['No branch or tag reaches any of its places.'] : []),
];

const order = (column: string, descending: boolean): string =>
  `Sorted by ${column.toLowerCase()}, ${descending ? 'descending' : 'ascending'}.`;

export const en: Words = {
  lang: 'en',
  comma: ', ',
  title: (totals) => `${headline(totals)}: akscan report`,
  kicker: 'Leaked Alibaba Cloud AccessKeys',
  written: (moment) => `Written ${moment}`,
  asOf: (moment) => `verdicts as of ${moment}`,
  headline,
  lead,
  interrupted: 'The run was stopped before its end: what was found by then is shown.',
  incomplete: (faults) =>
    `Incomplete: ${plural(faults, 'thing')} could not be read or asked. See the end of this page.`,
  holdsSecrets: 'This file holds secrets in the clear. Whoever reads it can use the keys.',
  figures: {
    found: 'found',
    live: 'live',
    root: 'live root keys',
    administrators: 'live administrators',
    open: 'not known',
    off: 'off or gone',
  },
  pictures: {
    heading: 'Overview',
    byState: 'By state',
    byTarget: 'By repository or folder',
    byFolder: 'By folder',
    topFolder: '(top)',
    byAge: 'By when they got out',
    others: (count) => `${number(count)} others`,
    undated: (count) => `${number(count)} without a date in history.`,
    noDates: 'History gives no dates.',
    before: (period) => `to ${period}`,
    column: (period, all, live) => `${period}: ${number(all)}, ${number(live)} of them live`,
    tones: {
      worst: 'live, root or administrator',
      live: 'live, other',
      open: 'not known',
      off: 'off or gone',
    },
  },
  liveRoot: 'live, root account',
  liveAdministrator: 'live, administrator',
  columns: { severity: 'Severity', key: 'Key', state: 'State', where: 'Where', since: 'Since', used: 'Last used' },
  severities: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
  states: {
    live: 'live',
    restricted: 'live, restricted',
    disabled: 'disabled',
    deleted: 'deleted',
    'not-found': 'not found',
    'wrong-secret': 'wrong secret',
    expired: 'expired',
    unknown: 'unknown',
    unchecked: 'not verified',
  },
  kinds: {
    pair: 'ID and secret',
    'id-only': 'ID alone',
    'secret-only': 'secret without ID',
    sts: 'temporary (STS)',
  },
  ranks: { root: 'root', administrator: 'administrator' },
  ways: { inventory: 'Inventory', probe: 'Probe' },
  powers: powerInWords,
  who,
  marks,
  findings: 'Findings',
  noId: 'no ID',
  disputed: 'yet STS takes the pair',
  neverUsed: 'never',
  notKnown: 'not known',
  noPowers: 'no policy allows it anything',
  onCondition: (power) => `${power} (under a condition)`,
  throughGroup: (policy, group) => `${policy} (group ${group})`,
  andMore: (count) => `and ${number(count)} more`,
  morePlaces: (count) => `and ${plural(count, 'more place')}`,
  next: 'Next',
  meaning: 'Meaning',
  verdict: 'Verdict',
  places: 'Places',
  powersLabel: 'Powers',
  policies: 'Policies',
  lastUse: 'Last used',
  activity: 'Activity',
  fingerprint: 'Fingerprint',
  secret: 'Secret',
  firstOnly: (shown, all) =>
    `The first ${number(shown)} of ${number(all)}, worst first. The others, sorting and filters need the script of this page.`,
  filters: {
    heading: 'Filter',
    search: 'Search ID, path, author, account',
    severity: 'Severity',
    state: 'State',
    rank: 'Whose',
    target: 'Repository or folder',
    any: 'all',
    noRank: 'neither, or not known',
    clear: 'Clear filters',
  },
  showing: (shown, matching, all) =>
    matching === all
      ? shown === all
        ? `${number(all)} shown.`
        : `${number(shown)} of ${number(all)} shown.`
      : `${number(matching)} of ${number(all)} match${shown === matching ? '' : `, ${number(shown)} shown`}.`,
  sortedBy: order,
  showMore: (count) => `Show ${number(count)} more`,
  nothingMatches: 'Nothing matches these filters.',
  closing: 'What was read',
  read: (summary, seconds) => `${readInWords(summary, seconds)}.`,
  suppressed: suppressedInWords,
  skipped: (count) => `${plural(count, 'thing')} not read or not asked`,
  notes: 'Notes',
  glossary: 'What the words mean',
  terms: [
    ['live', 'Proven to be switched on.'],
    ['live, restricted', 'On, but limited by Alibaba Cloud’s leak protection.'],
    ['disabled, deleted', 'Switched off by its account; in the recycle bin.'],
    ['not found', 'Alibaba Cloud knows no such ID: it never existed, is long gone, or belongs to another partition.'],
    ['wrong secret', 'The ID exists, and what stands beside it is not its secret.'],
    ['unknown, not verified', 'It could not be asked, or nobody asked. Treat it as live.'],
    ['root', 'The key of the account itself: it may do everything, and no policy can limit it.'],
    ['administrator', 'A user or role whose policies allow everything but what only the root may do.'],
    [
      'inventory, probe',
      'Looked up with the auditor’s own credentials; or the leaked pair itself asked STS who it is.',
    ],
    ['since', 'The date of the oldest commit that holds it. Git lets the author write any date.'],
  ],
  masked: 'Secrets are left out of this file; IDs are whole.',
};
