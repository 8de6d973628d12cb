// Where the queue is. A password never stands on the command line, where process lists and histories keep it.

import { AkscanError } from '../../errors.js';

export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string | null;
  readonly password: string | null;
  readonly database: number;
  readonly encrypted: boolean;
  /** For people: host, port and database, nothing else. */
  readonly shown: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const HINT = 'For example: --queue redis://queue.example.com:6379, or rediss:// for TLS.';

/**
 * @param typed what `--queue` was given; null: the environment's AKSCAN_QUEUE_URL
 * @throws AkscanError for what is no address, and for a password that was typed; none quotes what was given
 */
export const queueAddressOf = (typed: string | null, env: Environment): QueueAddress => {
  const text = typed ?? nonEmpty(env['AKSCAN_QUEUE_URL']);
  if (text === null) throw new AkscanError('There is no queue to work with.', HINT);
  const where = typed === null ? 'AKSCAN_QUEUE_URL' : '--queue';
  const url = parsed(text, where);
  if (typed !== null && url.password !== '') {
    throw new AkscanError(
      '--queue holds a password, and everybody on this machine can read the command line.',
      'Give the password in REDIS_PASSWORD, or the whole address in AKSCAN_QUEUE_URL and leave --queue without a value.',
    );
  }
  const database = databaseOf(url, where);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? 6379 : Number(url.port);
  return {
    host,
    port,
    username: nonEmpty(decoded(url.username, where)) ?? nonEmpty(env['REDIS_USERNAME']),
    password: nonEmpty(decoded(url.password, where)) ?? nonEmpty(env['REDIS_PASSWORD']),
    database,
    encrypted: url.protocol === 'rediss:',
    shown: `${host.includes(':') ? `[${host}]` : host}:${port}${database === 0 ? '' : `/${database}`}`,
  };
};

const nonEmpty = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

const parsed = (text: string, where: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'redis:' && url.protocol !== 'rediss:') || url.hostname === '') {
    throw new AkscanError(`${where} is no address of a Redis.`, HINT);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new AkscanError(`${where}: an address of a Redis has neither ? nor #.`, HINT);
  }
  return url;
};

const databaseOf = (url: URL, where: string): number => {
  const text = url.pathname.replace(/^\//, '');
  if (!/^\d{0,4}$/.test(text)) throw new AkscanError(`${where}: a database of a Redis is a number.`, HINT);
  return Number(text);
};

const decoded = (text: string, where: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AkscanError(`${where}: the name or the password is not written as a URL has it.`, HINT);
  }
};
