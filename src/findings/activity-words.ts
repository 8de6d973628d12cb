// What a key did, in words: at most six lines for a person who has to decide what to do with it.

import { amount } from '../amount.js';
import type { Activity } from './model.js';

/** Things of one kind that a line names before it counts the rest. */
const NAMED = 5;

/** Addresses whose moves are told. */
const ADDRESSES = 2;

/** Whole sentences, without a full stop where a list ends. Nothing is escaped: the names in it are strangers'. */
export const activityInWords = (activity: Activity): readonly string[] => [
  usesInWords(activity),
  ...addressesInWords(activity),
  ...movesInWords(activity.moves),
  ...createdInWords(activity.created),
  ...(activity.reason === undefined ? [] : [activity.reason]),
];

const usesInWords = ({ region, events, failures, complete, from, to, first, last, services }: Activity): string => {
  if (first === undefined || last === undefined) {
    const span = `${day(from)} to ${day(to)}`;
    // Of one region, and of management alone: it may be in use all the same.
    return complete ? `No management events in ${region} from ${span}` : `What it did from ${span} is not known`;
  }
  const when = day(first) === day(last) ? `on ${day(first)}` : `from ${day(first)} to ${day(last)}`;
  const failed = failures === 0 ? '' : `, ${amount(failures)} of them in vain`;
  const names = services.map((service) => `${service.service} ${amount(service.events)}`);
  return `${complete ? '' : 'At least '}${amount(events)} ${events === 1 ? 'call' : 'calls'} ${when}${failed}: ${some(names)}`;
};

const addressesInWords = ({ addresses, sinceLeak, sinceLeakAtLeast }: Activity): readonly string[] => {
  if (addresses.length === 0) return [];
  if (sinceLeak === undefined) return [`From ${some(addresses.map(({ address }) => address))}`];
  const atLeast = sinceLeakAtLeast === true ? 'at least ' : '';
  const fresh = addresses.filter((address) => address.sinceLeak === true).map(({ address }) => address);
  const since = `Since it got out: ${atLeast}${amount(sinceLeak)} ${sinceLeak === 1 ? 'call' : 'calls'}`;
  if (fresh.length > 0) return [`${since}; addresses not seen before: ${some(fresh)}`];
  return [sinceLeak === 0 ? since : `${since}; from ${some(addresses.map(({ address }) => address))}`];
};

/** One line for each address; those of most moves. */
const movesInWords = (moves: Activity['moves']): readonly string[] => {
  const groups = new Map<string | null, Activity['moves'][number][]>();
  for (const move of moves) {
    const group = groups.get(move.address);
    if (group === undefined) groups.set(move.address, [move]);
    else group.push(move);
  }
  const worst = [...groups].sort(([, a], [, b]) => weightOf(b) - weightOf(a) || b.length - a.length);
  const more = worst.length - ADDRESSES;
  return worst.slice(0, ADDRESSES).map(([address, ofAddress], index) => {
    const others = index === ADDRESSES - 1 && more > 0 ? ` and ${more} more` : '';
    const when = minute(ofAddress[0]?.at ?? '');
    return `Possibly an attacker, at ${address ?? 'an unknown address'}${others}, ${when}: ${wordsOf(ofAddress)}`;
  });
};

const NEW_ADDRESS = ', from a new address';

const isLook = ({ why }: Activity['moves'][number]): boolean => why.includes(NEW_ADDRESS);

const weightOf = (moves: Activity['moves']): number =>
  moves.filter((move) => !isLook(move) && move.failed !== true).length;

/** What changes something is told before what only looks. */
const wordsOf = (moves: Activity['moves']): string => {
  const acts = moves.filter((move) => !isLook(move)).map(({ why, failed }) => `${why}${failed ? ' (in vain)' : ''}`);
  const looks = [...new Set(moves.filter(isLook).map(({ action }) => action))];
  const around =
    looks.length === 0 ? [] : [`looks around (${looks.slice(0, 3).join(', ')}${looks.length > 3 ? ', …' : ''})`];
  return some([...around, ...new Set(acts)], NAMED + 1);
};

const KINDS: Readonly<Record<Activity['created'][number]['kind'], string>> = {
  user: 'user',
  'access-key': 'AccessKey',
  login: 'password of',
  role: 'role',
  policy: 'policy',
  group: 'group',
  attachment: 'rights:',
  session: 'session',
  instance: 'instance',
};

const createdInWords = (created: Activity['created']): readonly string[] => {
  if (created.length === 0) return [];
  const names = created.map(({ kind, name, accessKeyId, until }) => {
    if (kind === 'access-key')
      return `AccessKey ${accessKeyId === undefined ? `of ${name}` : `${accessKeyId} of ${name}`}`;
    return `${KINDS[kind]} ${name}${until === undefined ? '' : ` until ${minute(until)}`}`;
  });
  return [`Made with it: ${some([...new Set(names)], NAMED + 1)}`];
};

const some = (names: readonly string[], most = NAMED): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

const day = (iso: string): string => iso.slice(0, 10);

/** `2026-01-02 03:04 UTC`. */
const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
