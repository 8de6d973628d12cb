// The one way to the queue's Redis. Once it was reached, it is reached again when it was lost; every error names where.

import { Redis, type RedisOptions } from 'ioredis';
import { AkscanError, reasonOf } from '../../errors.js';
import type { QueueAddress } from './address.js';

/** Tries before the first connection is given up; afterwards there is no end to them. */
const FIRST_TRIES = 5;

/**
 * @param tell says what people should know of it
 * @throws AkscanError when it cannot be reached, does not let us in, or may throw our keys away
 */
export const connectQueue = async (address: QueueAddress, tell: (sentence: string) => void): Promise<Redis> => {
  let reached = false;
  let failure: unknown = null;
  const redis = new Redis(
    optionsOf(address, (times) =>
      reached || (times < FIRST_TRIES && !isRefusal(failure)) ? Math.min(200 * times, 5_000) : null,
    ),
  );
  redis.on('error', (error) => {
    failure = error;
  });
  try {
    await redis.connect().catch(async (error: unknown) => {
      if (redis.status === 'end') throw error;
      await whenReady(redis);
    });
    await check(redis, address, tell);
  } catch (error) {
    redis.disconnect();
    throw error instanceof AkscanError ? error : cannotReach(address, failure ?? error);
  }
  reached = true;
  let lost = false;
  redis.on('close', () => {
    if (!lost && redis.status !== 'end')
      tell(`The connection to the queue at ${address.shown} was lost: trying again.`);
    lost = true;
  });
  redis.on('ready', () => {
    if (lost) tell(`The queue at ${address.shown} is there again.`);
    lost = false;
  });
  return redis;
};

const optionsOf = (
  { host, port, username, password, database, encrypted }: QueueAddress,
  retryStrategy: (times: number) => number | null,
): Omit<RedisOptions, 'replyMapping'> => ({
  host,
  port,
  db: database,
  lazyConnect: true,
  // What was asked waits for the connection to come back.
  maxRetriesPerRequest: null,
  connectTimeout: 10_000,
  retryStrategy,
  ...(username === null ? {} : { username }),
  ...(password === null ? {} : { password }),
  // The certificate is checked against the machine's authorities and those of NODE_EXTRA_CA_CERTS.
  ...(encrypted ? { tls: {} } : {}),
});

const whenReady = (redis: Redis): Promise<void> =>
  new Promise((resolve, reject) => {
    redis.once('ready', resolve);
    redis.once('end', () => reject(new Error('the connection ended')));
  });

const check = async (redis: Redis, { shown }: QueueAddress, tell: (sentence: string) => void): Promise<void> => {
  const said = await redis.info();
  const [major = 0, minor = 0] = (/^redis_version:([\d.]+)/m.exec(said)?.[1] ?? '').split('.').map(Number);
  if (major < 6 || (major === 6 && minor < 2)) {
    throw new AkscanError(`The queue at ${shown} is an old Redis.`, 'Redis 6.2 or newer is needed.');
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(said)?.[1] ?? 'noeviction';
  if (policy !== 'noeviction') {
    tell(`The Redis at ${shown} throws keys away when it is full (maxmemory-policy ${policy}): set it to noeviction.`);
  }
};

const isRefusal = (error: unknown): boolean => /^(?:NOAUTH|WRONGPASS|NOPERM)\b|invalid password/i.test(reasonOf(error));

const cannotReach = ({ shown, encrypted }: QueueAddress, error: unknown): AkscanError => {
  const reason = reasonOf(error);
  if (isRefusal(error)) {
    return new AkscanError(
      `The queue at ${shown} does not let us in: ${reason}`,
      'Give the password in REDIS_PASSWORD, or the whole address in AKSCAN_QUEUE_URL.',
    );
  }
  return new AkscanError(
    `The queue at ${shown} cannot be reached: ${reason}`,
    encrypted
      ? 'It is asked by TLS (rediss://).'
      : 'Is a Redis running there? With TLS its address begins with rediss://.',
  );
};
