// What became of each credential since the run before: told from what that one left behind and what this one knows. Absence is
// told only of repositories that a complete list no longer names; what was not read keeps what it had.

import type { Trend as Word } from '../../findings/audit.js';
import { bytesAt, type Database, type Row, textAt } from './database.js';
import type { CredentialRow } from './rows.js';
import { runBefore } from './runs.js';
import { aboutCredential, type KeptCredential, type KeptFinding } from './save.js';
import type { Sealer } from './seal.js';
import { type KeptSeen, keptBefore, liveness, type Seen, seenIn } from './snapshot.js';
import type { Run, StoredTrend, StoredVerdict, Trend } from './store.js';

interface Means {
  readonly database: Database;
  readonly seal: Sealer;
}

const PAGE = 500;
const PART = 100;
/** Repositories whose places in HEAD are remembered. */
const REMEMBERED = 100;

export const trendIn = async (means: Means, run: Run, verdicts: ReadonlyMap<string, StoredVerdict>): Promise<Trend> => {
  const before = await runBefore(means.database, run);
  if (before === null) return { entries: null, lastRunAt: null };
  const entries: StoredTrend[] = [];
  const places = createPlaces(means.database, run, before.id);
  for await (const some of inParts(groupsOf(seenIn(means, run)))) {
    const credentials = some.map(({ row }) => row.credential);
    const same = await keptBefore(means.database, before.id, credentials);
    for (const seen of some) {
      const known = same.get(seen.row.credential) ?? (await loneBefore(means.database, before.id, seen.row));
      const trend = await wordFor(seen, known, verdicts.get(seen.row.credential), places);
      entries.push(entryOf(seen.row, seen, trend, wasLive(known)));
    }
  }
  for await (const { row, kept } of lostSince(means, run, before.id))
    entries.push(entryOf(row, kept, 'gone', wasLive(kept)));
  return { entries, lastRunAt: before.finishedAt };
};

const wordFor = async (
  { row, inHead }: Seen,
  known: KeptSeen | null,
  said: StoredVerdict | undefined,
  places: Places,
): Promise<Word> => {
  if (known === null) return 'new';
  if (known.live === true && liveness(said) === false) return 'fixed';
  return known.inHead && !inHead && (await places.replaced(row)) ? 'rotated' : 'still-there';
};

/** Null also where nobody could be told of it, so that it is told of this time. */
const wasLive = (known: KeptSeen | null): boolean | null => (known?.untold === true ? null : (known?.live ?? null));

const entryOf = (
  { credential, fingerprint, secretSha256, accessKeyId }: CredentialRow,
  { allowed, confidence, repository }: Pick<KeptSeen, 'allowed' | 'confidence' | 'repository'>,
  trend: Word,
  live: boolean | null,
): StoredTrend => ({
  credential,
  fingerprint,
  secretSha256,
  trend,
  accessKeyId,
  repository,
  allowed,
  confidence,
  wasLive: live,
});

/** All credentials of one ID at a time. */
async function* groupsOf(all: AsyncIterable<Seen>): AsyncGenerator<readonly Seen[]> {
  let group: Seen[] = [];
  for await (const seen of all) {
    if (group[0] !== undefined && group[0].row.identity !== seen.row.identity) {
      yield group;
      group = [];
    }
    group.push(seen);
  }
  if (group.length > 0) yield group;
}

/** Some at a time, joined: a server may be far away. */
async function* inParts(groups: AsyncIterable<readonly Seen[]>): AsyncGenerator<readonly Seen[]> {
  let part: Seen[] = [];
  for await (const group of groups) {
    part.push(...joinLone(group));
    if (part.length < PART) continue;
    yield part;
    part = [];
  }
  yield part;
}

/** As findings are joined: an ID alone is part of the one pair of that ID. */
const joinLone = (group: readonly Seen[]): readonly Seen[] => {
  const pairs = group.filter(({ row }) => row.secretSha256 !== null);
  const [pair] = pairs;
  if (pair === undefined || pairs.length > 1) return group;
  return [{ ...pair, inHead: group.some(({ inHead }) => inHead), allowed: group.every(({ allowed }) => allowed) }];
};

/** An ID alone is known as soon as anything of that ID is; that its secret leaked is news. */
const loneBefore = async (database: Database, before: string, row: CredentialRow): Promise<KeptSeen | null> => {
  if (row.secretSha256 !== null) return null;
  const other = await database.get(
    'SELECT data FROM run_credentials WHERE run = ? AND identity = ? ORDER BY credential LIMIT 1',
    before,
    row.identity,
  );
  return other === null ? null : keptOf(other);
};

const keptOf = (row: Row): KeptSeen => JSON.parse(textAt(row, 'data')) as KeptSeen;

interface Places {
  /** Another key stands now where this one stood, and did not stand there then. */
  replaced(row: CredentialRow): Promise<boolean>;
}

interface Standing {
  readonly credential: string;
  readonly identity: string;
  readonly paths: ReadonlySet<string>;
}

const createPlaces = (database: Database, run: Run, before: string): Places => {
  const remembered = new Map<string, readonly Standing[]>();
  const standingIn = async (repository: string): Promise<readonly Standing[]> => {
    const known = remembered.get(repository);
    if (known !== undefined) return known;
    const rows = await database.all(
      `SELECT f.credential, f.data, c.identity FROM findings f
       CROSS JOIN run_repositories l CROSS JOIN credentials c
       WHERE l.run = ? AND l.repository = f.repository AND c.id = f.credential AND f.repository = ?`,
      run.id,
      repository,
    );
    const standing = rows.map((row) => {
      const { occurrences } = JSON.parse(textAt(row, 'data')) as KeptFinding;
      const paths = occurrences.flatMap(({ inHead, path }) => (inHead === true && path !== null ? [path] : []));
      return { credential: textAt(row, 'credential'), identity: textAt(row, 'identity'), paths: new Set(paths) };
    });
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(repository, standing);
    return standing;
  };
  const pathsBefore = async (credential: string, repository: string): Promise<readonly string[]> => {
    const row = await database.get(
      'SELECT paths FROM run_places WHERE run = ? AND credential = ? AND repository = ?',
      before,
      credential,
      repository,
    );
    return row === null ? [] : (JSON.parse(textAt(row, 'paths')) as readonly string[]);
  };
  return {
    replaced: async ({ credential, identity }) => {
      const rows = await database.all(
        "SELECT repository, paths FROM run_places WHERE run = ? AND credential = ? AND paths <> '[]' ORDER BY repository",
        before,
        credential,
      );
      for (const row of rows) {
        const repository = textAt(row, 'repository');
        const paths = JSON.parse(textAt(row, 'paths')) as readonly string[];
        for (const other of await standingIn(repository)) {
          if (other.identity === identity || !paths.some((path) => other.paths.has(path))) continue;
          const then = new Set(await pathsBefore(other.credential, repository));
          if (paths.some((path) => other.paths.has(path) && !then.has(path))) return true;
        }
      }
      return false;
    },
  };
};

/** What the run before had, and no repository of this one has. */
async function* lostSince(
  { database, seal }: Means,
  run: Run,
  before: string,
): AsyncGenerator<{ readonly row: CredentialRow; readonly kept: KeptSeen }> {
  let after = '';
  for (;;) {
    const rows = await database.all(
      `SELECT b.credential, b.identity, b.data, c.sealed FROM run_credentials b JOIN credentials c ON c.id = b.credential
       WHERE b.run = ? AND b.credential > ? AND NOT EXISTS (
         SELECT 1 FROM findings f CROSS JOIN run_repositories l
         WHERE f.credential = b.credential AND l.run = ? AND l.repository = f.repository)
       ORDER BY b.credential LIMIT ${PAGE}`,
      before,
      after,
      run.id,
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = textAt(last, 'credential');
    for (const each of rows) {
      const credential = textAt(each, 'credential');
      const opened = seal.open(bytesAt(each, 'sealed'), aboutCredential(credential));
      const known = JSON.parse(opened.toString()) as KeptCredential;
      const row: CredentialRow = { credential, identity: textAt(each, 'identity'), ...known };
      if (await isPartOfAnother(database, run, before, row)) continue;
      if (run.missing === 'left-out' && !(await isListed(database, run, before, credential))) continue;
      yield { row, kept: keptOf(each) };
    }
  }
}

/** An ID alone, of which there is more now, or which was part of a pair then. */
const isPartOfAnother = async (database: Database, run: Run, before: string, row: CredentialRow): Promise<boolean> => {
  if (row.secretSha256 !== null) return false;
  const now = await database.get(
    `SELECT 1 AS one FROM credentials c CROSS JOIN findings f CROSS JOIN run_repositories l
     WHERE f.credential = c.id AND l.run = ? AND l.repository = f.repository AND c.identity = ? LIMIT 1`,
    run.id,
    row.identity,
  );
  if (now !== null) return true;
  const then = await database.all(
    'SELECT credential FROM run_credentials WHERE run = ? AND identity = ? AND credential <> ? LIMIT 2',
    before,
    row.identity,
    row.credential,
  );
  return then.length === 1;
};

/** Whether this run lists one of the repositories in which it was. */
const isListed = async (database: Database, run: Run, before: string, credential: string): Promise<boolean> =>
  (await database.get(
    `SELECT 1 AS one FROM run_places p CROSS JOIN run_repositories l
     WHERE l.run = ? AND l.repository = p.repository AND p.run = ? AND p.credential = ? LIMIT 1`,
    run.id,
    before,
    credential,
  )) !== null;
