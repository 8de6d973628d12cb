// Facts of an account's report in words.

import type { AccountKey, AccountReport, AccountsReport, LeakedKey, LeakPlace } from '../findings/account.js';
import type { VerdictState } from '../findings/model.js';
import { say } from '../lang/say.js';
import { number, plural } from './words.js';

export const names = (all: readonly string[], most: number): string =>
  `${all.slice(0, most).join(', ')}${all.length > most ? `, and ${number(all.length - most)} more (see --format json)` : ''}`;

const STATES: Readonly<Partial<Record<VerdictState, string>>> = {
  live: 'on',
  restricted: 'on, under leak protection',
  'wrong-secret': 'on',
  disabled: 'off',
  unknown: 'state unknown',
};

export const leakWords = ({ state, principal, user, lastUsed }: LeakedKey): string =>
  [
    STATES[state] ?? state,
    ...(principal === 'root' ? ['ROOT key'] : user === undefined ? [] : [`of ${user}`]),
    ...(lastUsed === undefined ? [] : [`last used ${day(lastUsed)}`]),
  ].join(', ');

/** Where it leaked, a line each, in the reader's words as far as strangers' stand between them; addresses are lines of their own. */
export const leakPlaces = (
  { alibaba, report }: LeakedKey,
  { leakListRead }: Pick<AccountReport, 'leakListRead'>,
): readonly string[] => [
  ...(alibaba === undefined ? [] : alibabaWords(alibaba)),
  ...(report === undefined ? [] : [`your report: ${reportWords(report)}`]),
  ...(alibaba === undefined && leakListRead ? ["not on Alibaba Cloud's list"] : []),
];

const alibabaWords = ({ status, detected, places }: NonNullable<LeakedKey['alibaba']>): readonly string[] => {
  const [first] = places;
  const parts = [
    ...(detected === undefined ? [] : [say(`found ${day(detected)}`)]),
    ...(first === undefined || placeWords(first) === '' ? [] : [placeWords(first)]),
    ...(places.length > 1 ? [say(`${plural(places.length - 1, 'more place')} (see --format json)`)] : []),
    ...(status === 'handled' ? [say('marked as handled')] : status === 'accepted' ? [say('accepted there')] : []),
  ];
  return [
    `Alibaba Cloud${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`,
    ...(first?.url === undefined ? [] : [first.url]),
  ];
};

const placeWords = ({ source, owner, repository, file }: LeakPlace): string => {
  const name = [owner, repository].filter((part) => part !== undefined).join('/');
  return [source, name, file].filter((part) => part !== undefined && part !== '').join(' ');
};

const reportWords = ({ first, places, withSecret }: NonNullable<LeakedKey['report']>): string =>
  [
    ...(first === null ? [] : [places > 1 ? say(`${first} and ${plural(places - 1, 'more place')}`) : first]),
    withSecret ? 'with its secret' : 'its ID alone',
  ].join(', ');

export const keyWords = ({ user, created, lastUsed }: AccountKey): string =>
  [
    user,
    ...(created === undefined ? [] : [`made ${day(created)}`]),
    ...(lastUsed === undefined ? [] : [lastUsed === null ? 'never used' : `last used ${day(lastUsed)}`]),
  ].join(', ');

const day = (time: string): string => time.slice(0, 10);

/** `12 RAM users of 1,000 at most, 9 AccessKeys (7 on).` */
export const factsInWords = ({ users, keys, allKeysRead, quotas, credentialReport, leaked }: AccountReport): string => {
  const on = keys.filter(({ status }) => status === 'Active').length;
  const room = quotas.find(({ name }) => name === 'users')?.quota;
  const parts = [
    ...(users === null
      ? []
      : [`${plural(users, 'RAM user')}${room === undefined ? '' : ` of ${number(room)} at most`}`]),
    ...(allKeysRead || keys.length > 0
      ? [`${allKeysRead ? '' : 'at least '}${plural(keys.length, 'AccessKey')} (${number(on)} on)`]
      : []),
    ...(leaked.length === 0 ? [] : [`${number(leaked.length)} leaked`]),
    ...(credentialReport === undefined ? [] : [`credential report of ${credentialReport}`]),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
};

/** `2 accounts: 1 critical, 3 medium.` */
export const pointsInWords = ({ accounts, notAsked, interrupted }: AccountsReport): string => {
  if (accounts.length === 0) return 'No account was read.';
  const points = accounts.flatMap((account) => account.points);
  const counts = (['critical', 'high', 'medium', 'low'] as const)
    .map((severity) => ({ severity, count: points.filter((point) => point.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${number(count)} ${severity}`);
  const isWhole =
    interrupted !== true && notAsked.length === 0 && accounts.every(({ notRead }) => notRead.length === 0);
  const nothing = isWhole ? 'nothing wrong' : 'nothing wrong in what could be read';
  return `${plural(accounts.length, 'account')}: ${counts.length === 0 ? nothing : counts.join(', ')}.`;
};
