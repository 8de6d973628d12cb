// What a report says beyond its findings: where and since when each repository holds a credential, whom to ask, what was read and
// what was not.

import type { Occurrence, Skipped, Summary } from '../../findings/model.js';
import { compareText } from '../../findings/order.js';
import { type Database, numberAt, type Row, textAt, textOrNull } from './database.js';
import type { Hand } from './hand.js';
import { heldIn } from './rows.js';
import { repositoryOf } from './runs.js';
import type { KeptScan } from './save.js';
import type { Sealer } from './seal.js';
import type { Fact, Progress, Run, StoredCredential, StoredRepository, Totals } from './store.js';

interface Means {
  readonly database: Database;
  readonly seal: Sealer;
  readonly hand: Hand;
}

const AUTHORS = 20;
const PAGE = 500;
const SKIPPED_LISTED = 10_000;
const NOTES = 1000;

export async function* factsIn(means: Means, run: Run): AsyncGenerator<Fact> {
  for await (const { row, places: all } of heldIn(means, run, 'read')) {
    const { credential, fingerprint, secretSha256, accessKeyId } = row;
    for await (const { repository, state, kept, places } of all) {
      const dates = datesOf(kept.occurrences);
      const authors = new Set(kept.occurrences.flatMap(({ author }) => author ?? []));
      yield {
        credential,
        fingerprint,
        secretSha256,
        accessKeyId,
        repository,
        places,
        firstDate: dates[0] ?? null,
        lastDate: dates.at(-1) ?? null,
        authors: [...authors].sort(compareText).slice(0, AUTHORS),
        inHead: kept.inHead === true,
        read: state === 'scanned' || state === 'unchanged',
      };
    }
  }
}

/** Those that are dates, earliest first. */
const datesOf = (occurrences: readonly Occurrence[]): readonly string[] =>
  occurrences
    .flatMap(({ date }) => (date === undefined || Number.isNaN(Date.parse(date)) ? [] : [date]))
    .sort((a, b) => Date.parse(a) - Date.parse(b) || compareText(a, b));

export async function* credentialsIn(means: Means, run: Run): AsyncGenerator<StoredCredential> {
  for await (const { row: credential, places } of heldIn(means, run, 'read')) {
    const { identity: _, ...known } = credential;
    let dates: readonly string[] = [];
    let secret: ReturnType<Hand['of']> = null;
    for await (const { kept, row } of places) {
      dates = datesOf([...kept.occurrences, ...dates.map((date) => ({ date }) as Occurrence)]).slice(0, 1);
      secret ??= known.secretSha256 === null ? null : means.hand.of(known.credential, row);
    }
    yield { ...known, secret: secret?.secret ?? null, token: secret?.token ?? null, firstDate: dates[0] ?? null };
  }
}

async function* listRows(database: Database, run: Run): AsyncGenerator<Row> {
  let key = '';
  for (;;) {
    const rows = await database.all(
      `SELECT l.repository AS id, l.state, l.reason, l.attempts, l.findings, r.repository, r.scan, r.read_at
       FROM run_repositories l JOIN repositories r ON r.id = l.repository
       WHERE l.run = ? AND l.repository > ? ORDER BY l.repository LIMIT ${PAGE}`,
      run.id,
      key,
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    key = textAt(last, 'id');
  }
}

const stateOf = (row: Row): StoredRepository['state'] => (row['state'] ?? 'pending') as StoredRepository['state'];

export async function* repositoriesIn(database: Database, run: Run): AsyncGenerator<StoredRepository> {
  for await (const row of listRows(database, run)) {
    const reason = textOrNull(row, 'reason');
    yield {
      repository: repositoryOf(row),
      state: stateOf(row),
      reason: reason === null ? null : (JSON.parse(reason) as string),
      findings: numberAt(row, 'findings'),
      attempts: numberAt(row, 'attempts'),
      readAt: textOrNull(row, 'read_at'),
    };
  }
}

/** Of all repositories of the run, how many there are and how many have no outcome yet. */
export const progressOf = async (database: Database, run: Run): Promise<Progress> => {
  const row = await database.get(
    'SELECT COUNT(*) AS repositories, COUNT(*) - COUNT(state) AS pending FROM run_repositories WHERE run = ?',
    run.id,
  );
  return row === null
    ? { repositories: 0, pending: 0 }
    : { repositories: numberAt(row, 'repositories'), pending: numberAt(row, 'pending') };
};

export const totalsOf = async (database: Database, run: Run): Promise<Totals> => {
  const byState: Partial<Record<StoredRepository['state'], number>> = {};
  const counts = { files: 0, objects: 0, bytes: 0 };
  const suppressed: Record<keyof Summary['suppressed'], number> = { allow: 0, ignore: 0, baseline: 0, confidence: 0 };
  const skippedCounts = { fault: 0, limit: 0 };
  const skipped = createFirst(SKIPPED_LISTED, compareSkipped);
  const notes = createFirst(NOTES, compareText);
  let repositories = 0;
  for await (const row of listRows(database, run)) {
    const state = stateOf(row);
    repositories += 1;
    byState[state] = (byState[state] ?? 0) + 1;
    const scan = scanOf(row);
    if (scan === null || (state !== 'unchanged' && scan.run !== run.id)) continue;
    add(counts, scan.counts);
    add(suppressed, scan.suppressed);
    add(skippedCounts, scan.skippedCounts);
    const { name } = repositoryOf(row);
    for (const one of scan.skipped) skipped.add(one.target === '' ? { ...one, target: name } : one);
    for (const note of scan.notes) notes.add(note);
  }
  return {
    counts,
    suppressed,
    skipped: skipped.all(),
    skippedCounts,
    notes: notes.all(),
    repositories,
    byState,
  };
};

const scanOf = (row: Row): KeptScan | null => {
  const scan = textOrNull(row, 'scan');
  return scan === null ? null : (JSON.parse(scan) as KeptScan);
};

const add = <Key extends string>(to: Record<Key, number>, more: Readonly<Record<Key, number>>): void => {
  for (const key of Object.keys(to) as Key[]) to[key] += more[key];
};

/** Of all that was added, those that sort first. */
const createFirst = <Item>(most: number, compare: (a: Item, b: Item) => number) => {
  let items: Item[] = [];
  const trim = (): void => {
    items = items.sort(compare).filter((item, index, all) => {
      const before = all[index - 1];
      return before === undefined || compare(before, item) !== 0;
    });
    items = items.slice(0, most);
  };
  return {
    add: (item: Item): void => {
      items.push(item);
      if (items.length >= 2 * most + 1000) trim();
    },
    all: (): readonly Item[] => {
      trim();
      return items;
    },
  };
};

const compareSkipped = (a: Skipped, b: Skipped): number =>
  compareText(a.target, b.target) ||
  compareText(a.what ?? '', b.what ?? '') ||
  compareText(a.reason, b.reason) ||
  compareText(a.because, b.because);
