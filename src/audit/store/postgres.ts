// PostgreSQL, for several coordinators at once. One connection each; a broken one is opened again, and what was under way is done
// again from its start. Transactions that write take turns over all coordinators (an advisory lock): each sees all that the
// others saved, exactly as in one file.

import { readFileSync } from 'node:fs';
import type { ClientConfig, Client as PgClient, TypeOverrides } from 'pg';
import { AkscanError, reasonOf } from '../../errors.js';
import { createTurns, type Database, type Row, type Statements, type Value } from './database.js';
import type { StorePlace } from './store.js';

type Place = Extract<StorePlace, { readonly kind: 'postgres' }>;

/** Any number, the same in every akscan: `aksc` in ASCII. */
const TURN = 0x616b7363;
/** Milliseconds that a server may be away before it was reached, and afterwards: to start again, or to have another take its place. */
const FIRST_PATIENCE = 2_000;
const PATIENCE = 60_000;
const LONGEST_PAUSE = 3_000;
const CONNECT_MS = 15_000;

/**
 * What is saved is on the server's disk. All that is asked goes by an index, and joins are written in the order in which they are
 * done; of tables that have just been made the server knows too little to see that.
 */
const SESSION = `SET search_path TO akscan; SET synchronous_commit TO 'on'; SET client_min_messages TO warning;
  SET enable_seqscan TO off; SET jit TO off; SET join_collapse_limit TO 1`;

/** @throws AkscanError when it cannot be reached, or the URL says something that is not understood */
export const openPostgres = async (place: Place): Promise<Database> => {
  const { Client, TypeOverrides: Overrides } = (await import('pg')).default;
  const config = configOf(place, new Overrides());
  let client: PgClient | null = null;
  const connected = async (): Promise<PgClient> => {
    if (client !== null) return client;
    const made = new Client(config);
    // One that breaks between two statements tells of it in no other way.
    made.on('error', () => {
      if (client === made) client = null;
    });
    try {
      await made.connect();
      await makeSchema(made);
      await made.query(SESSION);
    } catch (error) {
      await made.end().catch(() => undefined);
      throw kindOf(error) === 'broken' ? error : inWords(error, place, 'connecting');
    }
    client = made;
    return made;
  };
  const drop = async (): Promise<void> => {
    const old = client;
    client = null;
    await old?.end().catch(() => undefined);
  };
  let patience = FIRST_PATIENCE;
  const again = async <Result>(work: (client: PgClient) => Promise<Result>): Promise<Result> => {
    let waited = 0;
    for (let pause = 100; ; pause = Math.min(4 * pause, LONGEST_PAUSE)) {
      try {
        const result = await work(await connected());
        patience = PATIENCE;
        return result;
      } catch (error) {
        const kind = kindOf(error);
        if (kind === 'broken') await drop();
        if (kind === 'other' || waited >= patience) throw inWords(error, place, 'asking');
        waited += pause;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  };
  const inTurn = createTurns();
  const alone = <Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> =>
    inTurn(() => again((one) => work(statementsOf(one))));
  await inTurn(() => again(async () => undefined));
  return {
    engine: 'postgres',
    run: (...call) => alone((statements) => statements.run(...call)),
    all: (...call) => alone((statements) => statements.all(...call)),
    get: (...call) => alone((statements) => statements.get(...call)),
    transaction: (body) =>
      inTurn(() =>
        again(async (one) => {
          await one.query('BEGIN');
          try {
            await one.query(`SELECT pg_advisory_xact_lock(${TURN})`);
            const result = await body(statementsOf(one));
            await one.query('COMMIT');
            return result;
          } catch (error) {
            await one.query('ROLLBACK').catch(() => undefined);
            throw error;
          }
        }),
      ),
    close: () => inTurn(drop),
  };
};

/** Of two that make it at once, one would fail; where it is there, one may not be allowed to. */
const makeSchema = async (client: PgClient): Promise<void> => {
  await client.query('BEGIN');
  await client.query(`SELECT pg_advisory_xact_lock(${TURN})`);
  const { rows } = await client.query<{ readonly there: string | null }>("SELECT to_regnamespace('akscan') AS there");
  if ((rows[0]?.there ?? null) === null) await client.query('CREATE SCHEMA akscan');
  await client.query('COMMIT');
};

const statementsOf = (client: PgClient): Statements => {
  const query = (sql: string, values: readonly Value[]) =>
    client.query<Record<string, Value>>({ text: numbered(sql), values: values.map(bound) });
  const all = async (sql: string, values: readonly Value[]): Promise<readonly Row[]> => (await query(sql, values)).rows;
  return {
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    all: (sql, ...values) => all(sql, values),
    get: async (sql, ...values) => (await all(sql, values))[0] ?? null,
  };
};

/** The driver takes a Buffer for bytes, and any other array for a list. */
const bound = (value: Value): Value =>
  value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;

const known = new Map<string, string>();

/** `?` as PostgreSQL writes parameters: `$1`. */
const numbered = (sql: string): string => {
  const before = known.get(sql);
  if (before !== undefined) return before;
  let count = 0;
  const text = sql.replace(/\?/g, () => `$${++count}`);
  if (known.size < 500) known.set(sql, text);
  return text;
};

/** Object identifiers of types (pg_type.dat): counts, and sums of them. None of ours is above 2^53. */
const BIGINT = 20;
const NUMERIC = 1700;

const configOf = ({ url, password }: Place, types: TypeOverrides): ClientConfig => {
  types.setTypeParser(BIGINT, Number);
  types.setTypeParser(NUMERIC, Number);
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  const database = decodeURIComponent(pathname.slice(1));
  for (const name of searchParams.keys()) {
    if (!['host', 'sslmode', 'sslrootcert', 'application_name'].includes(name)) {
      throw new AkscanError(`The store's address says "${name}", which akscan does not know.`);
    }
  }
  return {
    ...(host === '' ? {} : { host: host.replace(/^\[|\]$/g, '') }),
    ...(port === '' ? {} : { port: Number(port) }),
    ...(username === '' ? {} : { user: decodeURIComponent(username) }),
    ...(database === '' ? {} : { database }),
    ...(password === null ? {} : { password }),
    ssl: tlsOf(host, searchParams),
    application_name: searchParams.get('application_name') ?? 'akscan',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types,
  };
};

/**
 * Every TLS is checked: `require` means what `verify-full` does. Without a word it is TLS, except to this machine itself.
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
const tlsOf = (host: string, parameters: URLSearchParams): ClientConfig['ssl'] => {
  const local = host === '' || host.startsWith('/') || /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);
  const mode = parameters.get('sslmode') ?? (local ? 'disable' : 'verify-full');
  if (mode === 'disable') return false;
  if (!['require', 'verify-ca', 'verify-full'].includes(mode)) {
    throw new AkscanError(`The store's address says sslmode=${mode}.`, 'It is verify-full, require or disable.');
  }
  const file = parameters.get('sslrootcert');
  if (file === null) return { rejectUnauthorized: true };
  try {
    return { rejectUnauthorized: true, ca: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new AkscanError(`Cannot read the certificate ${file}: ${reasonOf(error)}.`);
  }
};

/** `broken`: the connection; `turn`: two met, and this one is to give way; the rest is what it is. */
const kindOf = (error: unknown): 'broken' | 'turn' | 'other' => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // Serialisation failure, deadlock (Appendix A of PostgreSQL's manual).
  if (code === '40001' || code === '40P01') return 'turn';
  // Class 08, and a server that goes down or comes up.
  if (/^(?:08...|57P0[123]|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/.test(code)) return 'broken';
  return error instanceof Error &&
    /Connection terminated|not queryable|connection error|timeout exp/i.test(error.message)
    ? 'broken'
    : 'other';
};

/** The driver's own messages name host, user and database; never a password. */
const inWords = (error: unknown, { url }: Place, when: 'connecting' | 'asking'): unknown => {
  if (error instanceof AkscanError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  // A mistake of ours is no mistake of the server's.
  if (when === 'asking' && code === '' && kindOf(error) === 'other') return error;
  const isRefused = code.startsWith('28') || error.message.includes('password');
  const refused = isRefused ? 'Give the password in PGPASSWORD.' : 'Check its address, and that it is up.';
  return new AkscanError(
    `The store at ${new URL(url).host} does not answer as it should: ${reasonOf(error)}.`,
    refused,
  );
};
