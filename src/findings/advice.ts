// What to do about a finding once somebody was asked: one table, read top to bottom. What can be seen of its use goes before
// what is only known of its state.

import { both, createdBy, dayInWords, has, idleDays, isForeign, isProbed, notInOf, state, type When } from './facts.js';
import { isAccepted, isLive, isRoot, type Judged } from './judged.js';
import type { Activity } from './model.js';
import { nextStepOf } from './next-step.js';

interface Step {
  readonly when: When;
  readonly say: (judged: Judged) => string;
}

const isTemporary = ({ kind, verdict }: Judged): boolean => kind === 'sts' || verdict.principal === 'assumed-role';

const hasMade = (judged: Judged): boolean => createdBy(judged).length > 0;

const isActivityRead = ({ verdict }: Judged): boolean => verdict.activity !== undefined;

/** What shows in ActionTrail is read, or is still to be. */
const thenUse = (judged: Judged): string =>
  isActivityRead(judged) ? 'and go through what it did' : 'and read what it did (--activity)';

const roleOf = ({ verdict }: Judged): string => (verdict.user === undefined ? 'its role' : `role ${verdict.user}`);

/** Whose account it is, for a letter to its owner. */
const ownerOf = ({ verdict }: Judged): string =>
  verdict.account === undefined ? 'its owner' : `the owner of account ${verdict.account}`;

const NAMED = 3;

const made = (judged: Judged): string => {
  const names = [...new Set(createdBy(judged).map(nameOf))];
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const nameOf = ({ name, accessKeyId }: Activity['created'][number]): string => accessKeyId ?? name;

/** Days without use after which it is called idle: as long as ActionTrail's events reach back. */
const IDLE = 90;

const STEPS: readonly Step[] = [
  {
    when: both(state('disabled', 'deleted'), isAccepted),
    say: () => 'Treat it as live, and ask again in a few minutes; if STS still takes it then, ask Alibaba Cloud why.',
  },
  {
    when: both(isLive, isForeign),
    say: (judged) =>
      `You cannot switch it off: tell ${ownerOf(judged)} if you know them, or else report it to Alibaba Cloud (Report Abuse, or a ticket).`,
  },
  {
    when: both(isLive, isTemporary),
    say: (judged) =>
      `Take the policies off ${roleOf(judged)} until the token has ended, since nothing switches a token off, and find what handed it out.`,
  },
  {
    when: both(isLive, isRoot, hasMade),
    say: (judged) =>
      `Disable this root key now, signed in to the console as the root, then see to what it made: ${made(judged)}.`,
  },
  {
    when: both(isLive, hasMade),
    say: (judged) => `Disable it now, even if something stops, then see to what it made: ${made(judged)}.`,
  },
  {
    when: both(isLive, isRoot),
    say: (judged) =>
      `Disable this root key now, signed in to the console as the root; work with RAM users instead, ${thenUse(judged)}.`,
  },
  {
    when: both(isLive, (judged) => has(judged, 'everything', 'administrator', 'ram-write')),
    say: (judged) =>
      `Disable it now, give what needs it a key that may do less, ${
        isActivityRead(judged) ? 'and go through what it did' : 'and see which users and keys it made (--activity)'
      }.`,
  },
  {
    when: both(isLive, ({ kind }) => kind === 'id-only'),
    say: () =>
      'An ID alone opens nothing: look for its secret where this came from, and replace the key if it got out.',
  },
  {
    when: both(isLive, (judged) => (idleDays(judged) ?? IDLE) < 1),
    say: (judged) =>
      `Something uses it: create a new key, switch that over, disable this one today, ${thenUse(judged)}.`,
  },
  {
    when: both(isLive, (judged) => (idleDays(judged) ?? 0) > IDLE),
    say: ({ verdict }) =>
      `Nothing has used it since ${dayInWords(verdict.lastUsed ?? '')}: disable it now, and delete it when nobody misses it.`,
  },
  {
    when: both(isLive, ({ verdict }) => verdict.neverUsed === true && verdict.activity === undefined),
    say: () => 'Nothing has used it yet: disable it now, and delete it when nobody misses it.',
  },
  {
    when: isLive,
    say: (judged) => `Create a new key, switch its users over, disable this one, ${thenUse(judged)}.`,
  },
  {
    when: both(state('disabled', 'deleted'), hasMade),
    say: (judged) => `It is off, what it made is not: see to ${made(judged)}.`,
  },
  {
    when: state('disabled'),
    say: () => 'Delete it in the RAM console once nothing needs it, and take it out of the code.',
  },
  {
    when: state('deleted'),
    say: () => 'Delete it for good from the recycle bin if nothing needs it back, and take it out of the code.',
  },
  {
    when: state('expired'),
    say: () => 'Nothing to revoke; take it out of the code and find what handed the token out.',
  },
  {
    when: state('not-found'),
    say: () => 'This partition knows no such key; take it out of the code, and check other partitions if you use them.',
  },
  {
    when: state('wrong-secret'),
    say: () => 'The ID exists but this is not its secret: look for the true one nearby before you call it harmless.',
  },
  {
    when: both(state('unknown'), isRoot),
    say: (judged) =>
      `Sign in to the console as the root, and disable it there if it is on${
        isProbed(judged) || judged.kind === 'id-only' ? '' : '; --probe tells whether it works'
      }.`,
  },
  {
    when: both(
      state('unknown'),
      (judged) => notInOf(judged).length > 0,
      (judged) => !isProbed(judged),
    ),
    say: ({ kind }) =>
      `Use ${kind === 'id-only' ? '--probe-id' : '--probe'} to ask Alibaba Cloud; until then treat it as live.`,
  },
  { when: state('unknown'), say: () => 'Treat it as live, and verify again.' },
  { when: () => true, say: nextStepOf },
];

/** One sentence. */
export const adviceOf = (judged: Judged): string => STEPS.find((step) => step.when(judged))?.say(judged) ?? '';
