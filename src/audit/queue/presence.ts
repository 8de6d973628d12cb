// Who is there: audits and workers each leave a card that lapses by itself, and read those of the others. Cards are not
// sealed, since those with another key must be able to read why nothing is done: they hold nothing that is anybody's secret.

import version from 'akscan:version';
import os from 'node:os';
import type { Redis } from 'ioredis';
import { build, PREFIX } from './keys.js';
import type { QueueSeal } from './seal.js';

type Side = 'audits' | 'workers';

export interface Card {
  readonly id: string;
  readonly host: string;
  readonly version: string;
  readonly build: string;
  /** Tells whether two have the same key, and nothing else of it. */
  readonly key: string;
  /** Jobs at a time; of audits 0. */
  readonly threads: number;
}

export interface Presence {
  readonly card: Card;
  /** Leaves the card, or leaves it again before it lapses. */
  here(): Promise<void>;
  others(): Promise<readonly Card[]>;
  gone(): Promise<void>;
}

/** Milliseconds until a card lapses that nobody renews. */
const LAPSES = 30_000;
export const RENEWED = 5_000;

const keyOf = (side: Side, id: string): string => `${PREFIX}:${side}:${id}`;

export const createPresence = (
  redis: Redis,
  seal: QueueSeal,
  side: Side,
  { id, threads }: Pick<Card, 'id' | 'threads'>,
): Presence => {
  const card: Card = { id, host: os.hostname(), version, build, key: seal.tag('key').slice(0, 8), threads };
  const opposite: Side = side === 'audits' ? 'workers' : 'audits';
  return {
    card,
    here: async () => {
      await redis
        .multi()
        .set(keyOf(side, id), JSON.stringify(card), 'PX', LAPSES)
        .sadd(`${PREFIX}:${side}`, id)
        .expire(`${PREFIX}:${side}`, 3600)
        .exec();
    },
    others: async () => readCards(redis, opposite),
    gone: async () => {
      await redis.multi().del(keyOf(side, id)).srem(`${PREFIX}:${side}`, id).exec();
    },
  };
};

export const readCards = async (redis: Redis, side: Side): Promise<readonly Card[]> => {
  const ids = (await redis.smembers(`${PREFIX}:${side}`)).sort();
  if (ids.length === 0) return [];
  const texts = await redis.mget(ids.map((id) => keyOf(side, id)));
  const lapsed = ids.filter((_, at) => (texts[at] ?? null) === null);
  if (lapsed.length > 0) await redis.srem(`${PREFIX}:${side}`, ...lapsed);
  return texts.flatMap((text) => (text === null ? [] : cardOf(text)));
};

/** Anybody who may write to the Redis may have written it. */
const cardOf = (text: string): readonly Card[] => {
  try {
    const { id, host, version, build, key, threads } = JSON.parse(text);
    const words = [id, host, version, build, key];
    const known = words.every((word) => typeof word === 'string' && /^[\w.+:-]{1,80}$/.test(word));
    return known && Number.isInteger(threads) && threads >= 0 && threads <= 4096
      ? [{ id, host, version, build, key, threads }]
      : [];
  } catch {
    return [];
  }
};

/** Why one does not work for the other, as half a sentence; null when it does. */
export const differenceOf = (own: Card, other: Card): string | null => {
  if (own.version !== other.version) return `it is akscan ${other.version}, this is ${own.version}`;
  if (own.build !== other.build) return 'its rules are others than those of this akscan';
  if (own.key !== other.key) return 'its AKSCAN_STORE_KEY is another';
  return null;
};
