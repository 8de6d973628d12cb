// What each way of asking knew, in words. The two are never mixed: last use is inventory's knowledge, a working secret the
// probe's, and a reader must be able to tell.

import { momentInWords } from '../findings/facts.js';
import type { Finding, Verdict, VerdictState } from '../findings/model.js';

/** One way, what it is called and what it said. */
export interface Way {
  readonly label: 'inventory' | 'probe';
  /** What is known in one line, then the reason as it was given; each begins a line. */
  readonly said: readonly string[];
}

const INVENTORY: Readonly<Partial<Record<VerdictState, string>>> = {
  live: 'on',
  restricted: 'on, under leak protection',
  disabled: 'switched off',
  deleted: 'in the recycle bin',
};

const PROBE: Readonly<Partial<Record<VerdictState, string>>> = {
  live: 'STS takes the pair',
  restricted: 'STS knows the pair, under leak protection',
  disabled: 'STS refuses it as switched off',
  deleted: 'STS refuses it as deleted',
  'not-found': 'STS knows no such ID',
  'wrong-secret': 'STS knows the ID, and not this secret',
  expired: 'STS refuses it as ended',
};

/** One line each, in the order of asking; empty when nobody was asked. */
export const waysOf = (finding: Finding): readonly Way[] => {
  const { verdict, verdicts } = finding;
  // A report of another program may have the one verdict alone.
  const said = verdicts.length > 0 ? verdicts : [verdict];
  return said.flatMap((each) => (each.how === null ? [] : [{ label: each.how, said: wordsOf(each, finding) }]));
};

/** Where several accounts had something to say, or the two ways name different ones. */
const accountIn = ({ account }: Verdict, { verdict, verdicts }: Finding): readonly string[] => {
  const accounts = new Set([verdict, ...verdicts].flatMap((each) => each.account ?? []));
  return account === undefined || accounts.size < 2 ? [] : [`account ${account}`];
};

const wordsOf = (way: Verdict, finding: Finding): readonly string[] => {
  const { state, how, reason, lastUsed, lastUsedService, neverUsed } = way;
  const isUnproven = how === 'probe' && state === 'live' && way.secretProven === false;
  const word = isUnproven ? undefined : (how === 'probe' ? PROBE : INVENTORY)[state];
  const used =
    lastUsed === undefined
      ? neverUsed === true
        ? ['never used']
        : []
      : [`last used ${momentInWords(lastUsed)}${lastUsedService === undefined ? '' : ` (${lastUsedService})`}`];
  const facts = [
    ...(word === undefined ? [] : [`${word}${isAgreed(finding) ? '' : whoIn(way)}`]),
    ...accountIn(way, finding),
    ...used,
    ...(isUntried(way, finding) ? ['the secret was not tried'] : []),
  ];
  const said = [...(facts.length === 0 ? [] : [facts.join('; ')]), ...(reason === undefined ? [] : [reason])];
  return said.length === 0 ? [state] : said;
};

/** All ways name the one whom the title names. */
const isAgreed = ({ verdict, verdicts }: Finding): boolean =>
  verdict.session === undefined &&
  verdicts.every(
    ({ principal, user, account }) =>
      principal === verdict.principal && user === verdict.user && account === verdict.account,
  );

/** `, of RAM user alice`, `, as role deployer (session ci)`. */
const whoIn = ({ how, principal, user, session }: Verdict): string => {
  const link = how === 'probe' ? ', as' : ', of';
  switch (principal) {
    case 'root':
      return `${link} the root account`;
    case 'ram-user':
      return user === undefined ? '' : `${link} RAM user ${user}`;
    case 'assumed-role':
      return `${user === undefined ? '' : `${link} role ${user}`}${session === undefined ? '' : ` (session ${session})`}`;
    default:
      return '';
  }
};

/** There is a secret, this way did not try it, and no other did. */
const isUntried = ({ how, state }: Verdict, { secretSha256, verdicts }: Finding): boolean =>
  how === 'inventory' &&
  (state === 'live' || state === 'restricted') &&
  secretSha256 !== null &&
  !verdicts.some((other) => other.how === 'probe');
