// What a verdict means, in one sentence: who somebody with this key is, and what that opens. Two tables, each read top to
// bottom: the sentence, and what is added to it. Nothing is said that was not learned: where only the ID was looked up, the
// sentence says so.

import {
  both,
  createdBy,
  has,
  hasOnCondition,
  idleDays,
  isForeign,
  isProbed,
  momentInWords,
  notInOf,
  secretFact,
  state,
  type When,
} from './facts.js';
import { isAccepted, isLive, isMighty, isRoot, type Judged } from './judged.js';
import type { Activity } from './model.js';
import { powerInWords } from './powers.js';

interface Row {
  readonly when: When;
  /** Without its full stop. */
  readonly say: (judged: Judged) => string;
}

/** `RAM user alice of account 1234`, `the root account 1234`; null when nothing of it is known. */
const whoOf = (judged: Judged): string | null => {
  const { principal, account, user } = judged.verdict;
  const number = account === undefined ? '' : ` ${account}`;
  const foreign = isForeign(judged) ? ', which is not one of yours' : '';
  if (principal === 'root') return `${number === '' ? 'a root account' : `the root account${number}`}${foreign}`;
  const of = number === '' ? '' : ` of account${number}${foreign}`;
  if (principal === 'ram-user') return `${user === undefined ? 'a RAM user' : `RAM user ${user}`}${of}`;
  if (principal === 'assumed-role') return `${user === undefined ? 'a role' : `role ${user}`}${of}`;
  return number === '' ? null : `somebody${of}`;
};

/** How far the secret is known decides how the sentence may begin. */
const holderIs = (judged: Judged): string => {
  switch (secretFact(judged)) {
    case 'proven':
      return 'Whoever has it is';
    case 'untried':
      return 'Only its ID was looked up: if the secret beside it is its own, whoever has it is';
    case 'absent':
      return 'Only its ID is known here: whoever has its secret is';
  }
};

const opens =
  (what: (judged: Judged) => string) =>
  (judged: Judged): string => {
    const who = whoOf(judged);
    return `${holderIs(judged)} ${who === null ? 'somebody whose name is not known' : who}${what(judged)}`;
  };

const hasReadPowers = ({ verdict }: Judged): boolean => verdict.powers !== undefined;

const isPartly = ({ verdict }: Judged): boolean => verdict.powersReason !== undefined;

const LISTED = 2;

const powersInWords = (judged: Judged): string => {
  const { powers = [], conditional = [] } = judged.verdict;
  const words = powers.map((power) => `${powerInWords(power)}${conditional.includes(power) ? ' (conditionally)' : ''}`);
  const more = words.length - LISTED;
  const listed = words.slice(0, LISTED).join(', ');
  const end = isPartly(judged) ? ', and perhaps more that could not be read' : '';
  return `: ${listed}${more > 0 ? ` and ${more} more` : ''}${end}`;
};

const SENTENCES: readonly Row[] = [
  {
    when: both(state('disabled', 'deleted'), isAccepted),
    say: ({ verdict }) =>
      `Its account says that it is ${verdict.state === 'deleted' ? 'deleted' : 'switched off'}, and STS takes the pair all the same: until that ends, whoever has it is in`,
  },
  {
    when: both(isLive, isRoot, state('restricted')),
    say: opens(() => ': everything in it that leak protection leaves open, OSS and logs among it'),
  },
  { when: both(isLive, isRoot), say: opens(() => ': everything in it, and nobody can limit it') },
  {
    when: both(isLive, (judged) => hasOnCondition(judged, 'administrator', 'everything')),
    say: opens(() => ', an administrator where the conditions of the policies hold'),
  },
  {
    when: both(isLive, (judged) => has(judged, 'administrator', 'everything')),
    say: opens(() => ', an administrator: everything but what the root keeps to itself'),
  },
  {
    when: both(isLive, (judged) => has(judged, 'ram-write')),
    say: opens(
      (judged) =>
        `, ${judged.verdict.principal === 'assumed-role' ? 'which' : 'who'} can change users, keys or policies${
          hasOnCondition(judged, 'ram-write') ? ', under a condition,' : ''
        } and so become an administrator`,
    ),
  },
  { when: both(isLive, ({ verdict }) => (verdict.powers ?? []).length > 0), say: opens(powersInWords) },
  {
    when: both(isLive, hasReadPowers, (judged) => !isPartly(judged)),
    say: opens(() => ', whom no policy that was read allows anything; grants within resource groups are not read'),
  },
  { when: both(isLive, isPartly), say: opens(() => '; what that allows could not be read') },
  { when: both(isLive, (judged) => whoOf(judged) !== null), say: opens(() => '; what that allows was not looked up') },
  {
    when: isLive,
    say: (judged) =>
      secretFact(judged) === 'proven'
        ? 'Whoever has it can use it; whose it is could not be learned'
        : 'The ID is on; whose it is could not be learned',
  },
  {
    when: state('wrong-secret'),
    say: (judged) => {
      const who = whoOf(judged);
      return `This pair opens nothing: the ID is ${who === null ? 'known to STS' : `that of ${who}`}, and the secret is not its own`;
    },
  },
  {
    when: both(state('disabled'), isRoot),
    say: (judged) =>
      `It opens nothing any more: a key of ${whoOf(judged)} that is switched off, and that only the root can switch on again`,
  },
  { when: state('disabled'), say: () => 'It opens nothing any more: switched off, but can be switched on again' },
  {
    when: state('deleted'),
    say: () => 'It opens nothing any more: deleted, and for 30 days restorable from the recycle bin',
  },
  {
    when: state('not-found'),
    say: () => 'It opens nothing here: STS knows no such key, be it made up, long gone or of another partition',
  },
  { when: state('expired'), say: () => 'It opens nothing any more: a temporary key that has ended' },
  {
    when: isRoot,
    say: (judged) =>
      `It is a key of ${whoOf(judged)}, and nobody could say whether it is on: if it is, whoever has ${
        judged.kind === 'id-only' ? 'its secret' : 'it'
      } has everything there`,
  },
  {
    when: (judged) => whoOf(judged) !== null,
    say: (judged) => `It belongs to ${whoOf(judged)}, and nobody could say whether it is on`,
  },
  {
    when: (judged) => notInOf(judged).length > 0,
    say: (judged) =>
      `It was not found in your accounts (${accountsInWords(notInOf(judged))}), and ${
        isProbed(judged) ? 'STS gave no answer that says more' : 'whether it works in another, nobody was asked'
      }`,
  },
  { when: () => true, say: () => 'Nobody could say whether it works: it may' },
];

const accountsInWords = (accounts: readonly string[]): string =>
  accounts.length > LISTED
    ? `${accounts.slice(0, LISTED).join(', ')} and ${accounts.length - LISTED} more`
    : accounts.join(', ');

/** What of its use changes the picture most. */
const USES: readonly Row[] = [
  {
    when: (judged) => createdBy(judged).length > 0,
    say: (judged) => `it has made ${madeInWords(createdBy(judged))}, which switching it off does not end`,
  },
  {
    when: ({ verdict }) => (verdict.activity?.moves ?? []).length > 0,
    say: () => "its calls look like an attacker's first moves",
  },
  {
    when: ({ verdict }) => (verdict.activity?.sinceLeak ?? 0) > 0,
    say: ({ verdict }) =>
      `it was used ${verdict.activity?.sinceLeakAtLeast === true ? 'at least ' : ''}${times(verdict.activity?.sinceLeak ?? 0)} since it got out`,
  },
  {
    when: both(
      isLive,
      (judged) => !isMighty(judged),
      (judged) => (idleDays(judged) ?? 1) < 1,
    ),
    say: () => 'used within the last day',
  },
];

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const LIMITS: readonly Row[] = [
  {
    when: both(state('restricted'), (judged) => !isRoot(judged)),
    say: () => 'leak protection refuses RAM and other calls of high risk, not OSS or logs',
  },
  {
    when: ({ kind, claimedExpiry, verdict }) =>
      kind === 'sts' && claimedExpiry !== undefined && verdict.state !== 'expired',
    say: ({ claimedExpiry }) => `by the text beside it, it ends ${momentInWords(claimedExpiry ?? '')}`,
  },
];

type Made = Activity['created'][number]['kind'];

const MADE: Readonly<Record<Made, string>> = {
  user: 'user',
  'access-key': 'AccessKey',
  login: 'console password',
  role: 'role',
  policy: 'policy',
  group: 'group',
  attachment: 'grant',
  session: 'session',
  instance: 'instance',
};

/** `1 user, 2 AccessKeys`. */
const madeInWords = (created: Activity['created']): string => {
  const counts = new Map<Made, number>();
  for (const { kind } of created) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => `${count} ${count === 1 ? MADE[kind] : MADE[kind].replace(/cy$/, 'cie').concat('s')}`)
    .join(', ');
};

/** One sentence, for a verdict of which somebody was asked. */
export const meaningOf = (judged: Judged): string => {
  const first = (rows: readonly Row[]): readonly string[] =>
    rows.flatMap((row) => (row.when(judged) ? [row.say(judged)] : [])).slice(0, 1);
  return `${[...first(SENTENCES), ...first(LIMITS), ...first(USES)].join('; ')}.`;
};
