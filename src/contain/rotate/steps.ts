// The order that hurts nobody: make the new key, deploy it, watch the old one, switch it off, delete it. With the commands
// of akscan and of Alibaba Cloud's own command line (https://help.aliyun.com/zh/cli/), which may be pasted as they stand.

import type { ListedKey } from '../../cloud/readings.js';
import type { Activity } from '../../findings/model.js';
import type { Candidate } from '../types.js';
import { type KeysRead, MOST_KEYS, type User } from './keys.js';

export interface RotationStep {
  readonly name: 'create' | 'deploy' | 'watch' | 'disable' | 'delete';
  /** A sentence or two. */
  readonly text: string;
  /** One of them is enough; empty where there is nothing to type. */
  readonly commands: readonly string[];
}

export interface StepOptions {
  /** How long a key must not have been used before it is switched off, in hours. */
  readonly recentHours: number;
  /** What the key did, where it was read. */
  readonly activity: Activity | null;
  /** The keys that its user has. */
  readonly keys: KeysRead;
}

export const stepsFor = (candidate: Candidate, owner: User, options: StepOptions): readonly RotationStep[] => {
  const { accessKeyId } = candidate;
  const { recentHours, keys } = options;
  const id = shellWord(accessKeyId);
  const user = shellWord(owner.user);
  const account = `--yes --account ${owner.account}`;
  const aliyun = (action: string, ...rest: readonly string[]): string =>
    [`aliyun ram ${action} --UserName ${user}`, ...rest].join(' ');
  const key = `--UserAccessKeyId ${id}`;
  return [
    createStep(keys, accessKeyId, [
      `akscan disable ${id} --rotate ${account} --secret-file FILE`,
      `(umask 077; ${aliyun('CreateAccessKey')} > FILE)`,
    ]),
    { name: 'deploy', text: deployText(candidate, options.activity), commands: [] },
    {
      name: 'watch',
      text: `See that nobody uses the old key any more: its last use stays before the deployment, for as long as the rarest job takes and ${recentHours} hours at least. What is shown is up to an hour old.`,
      commands: [`akscan verify ${id} --activity`, aliyun('GetAccessKeyLastUsed', key)],
    },
    {
      name: 'disable',
      text: `Switch it off. Should something break: akscan restore --yes --account ${owner.account}, and it is on again.`,
      commands: [
        `akscan disable ${id} --recent ${recentHours} ${account}`,
        aliyun('UpdateAccessKey', key, '--Status Inactive'),
      ],
    },
    {
      name: 'delete',
      text: 'After some quiet days delete it; the recycle bin keeps it for 30 days.',
      commands: [`akscan disable ${id} --mode delete ${account}`, aliyun('DeleteAccessKey', key)],
    },
  ];
};

const createStep = (keys: KeysRead, old: string, commands: readonly string[]): RotationStep => {
  const step = (text: string, these: readonly string[]): RotationStep => ({ name: 'create', text, commands: these });
  if (keys.kind === 'unread') {
    return step(
      `Make the new key. A user can have ${MOST_KEYS}, and how many this one has could not be read: ${keys.why}`,
      commands,
    );
  }
  const room = roomIn(keys.keys, old);
  return room === null ? step('Make the new key. The old one goes on working.', commands) : step(room, []);
};

/** Null when there is room for another key; otherwise what stands in the way. Nothing is ever deleted to make room. */
export const roomIn = (keys: readonly ListedKey[], old: string): string | null => {
  if (keys.length < MOST_KEYS) return null;
  const others = keys
    .filter(({ id }) => id !== old)
    .map(({ id, status }) => `${id} (${status === 'Active' ? 'on' : 'off'})`);
  return `No new key can be made: RAM lets a user have ${MOST_KEYS}, and there is ${others.join(' and ')} beside it. If that is its replacement already, go on with it; if nobody needs it, delete it first. akscan does neither by itself.`;
};

const deployText = ({ use }: Candidate, activity: Activity | null): string => {
  const known = [
    ...(use === null || use === 'unread' || use.at === undefined ? [] : use.services),
    ...(activity?.services.map(({ service }) => service) ?? []),
  ];
  const services = known.filter(
    (name, index) => known.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index,
  );
  const addresses = activity?.addresses.slice(0, MOST_ADDRESSES).map(({ address }) => address) ?? [];
  const more = (activity?.addresses.length ?? 0) - addresses.length;
  const from = `${addresses.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    'Deploy the new key to all that uses the old one.',
    services.length === 0 ? 'What that is, is not known.' : `It was used with ${services.join(', ')}.`,
    addresses.length === 0
      ? 'ActionTrail was not read, so its addresses are not known.'
      : `It was used from ${from}: one that is not yours is an attacker's, and not to be deployed to.`,
  ].join(' ');
};

const MOST_ADDRESSES = 10;

/** Names come from an API: what a shell would take for more than a word is quoted. */
const shellWord = (word: string): string =>
  /^[\w.@-]+$/.test(word) && !word.startsWith('-') ? word : `'${word.replace(/'/g, `'\\''`)}'`;
