// Saves what came of one repository: in one transaction, and the same again changes nothing. What was read whole replaces what was
// known; what was not read, or not whole, takes nothing away.

import { mayBeAsked } from '../../findings/asked.js';
import type { Collected } from '../../findings/collect.js';
import type { Finding, Occurrence } from '../../findings/model.js';
import type { NotRead, Outcome, Read } from '../types.js';
import { type Clean, cleanOf } from './clean.js';
import { type Database, placeholders, type Statements } from './database.js';
import { keepNames } from './families.js';
import { aboutSecret, type Hand, MAY_BE_ASKED, NO_SECRET, SECRET } from './hand.js';
import { ofRepository, repositoryKey } from './keys.js';
import { dropNames } from './names.js';
import type { Sealer } from './seal.js';
import type { Run, Saved } from './store.js';

/** What `findings.data` is: a credential in one repository, without what follows from it and without what is secret. */
export interface KeptFinding {
  readonly rule: string;
  readonly kind: Finding['kind'];
  readonly confidence: Finding['confidence'];
  readonly accessKeyId: string | null;
  readonly occurrences: readonly Occurrence[];
  readonly leftOut: number;
  readonly inHead: boolean | null;
  readonly unreachable: boolean;
  readonly claimedExpiry: string | null;
  readonly token: boolean;
  readonly allowed: boolean;
}

/** What `credentials.sealed` is: even of a hash whoever guesses a secret learns that it was right. */
export interface KeptCredential {
  readonly accessKeyId: string | null;
  readonly secretSha256: string | null;
  readonly fingerprint: string;
}

/** What `repositories.scan` is. `name`: what it was called then, and what `skipped` calls it by. */
export type KeptScan = Pick<Read, 'suppressed' | 'skipped' | 'skippedCounts' | 'counts' | 'notes' | 'run'> & {
  readonly name: string;
};

export interface SaveMeans {
  readonly database: Database;
  readonly seal: Sealer;
  readonly secrets: 'left-out' | 'sealed';
  readonly hand: Hand;
  /** ISO 8601. */
  readonly now: () => string;
}

const BATCH = 50;

export const aboutCredential = (credential: string): string => `credential ${credential}`;

export const saveOutcome = async (run: Run, outcome: Outcome, attempts: number, means: SaveMeans): Promise<Saved> => {
  if (outcome.run !== run.id) return 'refused';
  const key = repositoryKey(outcome.repository.id);
  const findings = 'findings' in outcome ? prepared(outcome.findings, means) : [];
  const clean = cleanOf(findings.flatMap(({ finding: { secret, token } }) => [secret, token]));
  return means.database.transaction(async (tx) => {
    const row = await tx.get('SELECT state FROM run_repositories WHERE run = ? AND repository = ?', run.id, key);
    if (row === null) return 'refused';
    if (row['state'] !== null && row['state'] !== 'unlisted') return 'known';
    if ('findings' in outcome) await saveRead(tx, key, outcome, findings, clean, means);
    else if (outcome.state === 'empty') await saveEmpty(tx, key, outcome, clean);
    await tx.run(
      `UPDATE run_repositories SET state = ?, reason = ?, attempts = ?,
       findings = (SELECT count(*) FROM findings WHERE repository = ?) WHERE run = ? AND repository = ?`,
      outcome.state,
      outcome.reason === null ? null : clean.json(outcome.reason),
      attempts,
      key,
      run.id,
      key,
    );
    return 'saved';
  });
};

interface Prepared extends Collected {
  readonly credential: string;
}

/** Whether the outcome is new or not: its secrets are at hand from now on. */
const prepared = (findings: readonly Collected[], { seal, hand }: SaveMeans): readonly Prepared[] =>
  findings.map((collected) => {
    const { accessKeyId, secret } = collected.finding;
    const credential = seal.tag(accessKeyId, secret);
    if (secret !== null) hand.saw(credential);
    return { ...collected, credential };
  });

const saveRead = async (
  tx: Statements,
  key: string,
  read: Read,
  findings: readonly Prepared[],
  clean: Clean,
  means: SaveMeans,
): Promise<void> => {
  const family = await keepNames(tx, key, read);
  if (read.state === 'scanned') await tx.run('DELETE FROM findings WHERE repository = ?', key);
  for (let at = 0; at < findings.length; at += BATCH) {
    await saveFindings(tx, key, findings.slice(at, at + BATCH), clean, means);
  }
  const { name } = read.repository;
  const { suppressed, skippedCounts, counts, notes, run } = read;
  const skipped = read.skipped.map((one) => (one.target === name ? { ...one, target: '' } : one));
  const scan: KeptScan = { name, suppressed, skipped, skippedCounts, counts, notes, run };
  await tx.run(
    `UPDATE repositories SET family = ?, look = ?, detection = ?, settings = ?, refs = ?, scan = ?, read_at = ? WHERE id = ?`,
    family,
    lookOf(read, clean),
    read.detection,
    read.settings,
    clean.json(read.refs),
    clean.json(scan),
    means.now(),
    key,
  );
};

/** One that holds a secret, or what no database takes, is not kept: the repository is looked at again. */
const lookOf = ({ look }: Pick<NotRead, 'look'>, clean: Clean): string | null =>
  look !== null && clean.text(look) === look && Buffer.from(look).toString() === look && !look.includes('\0')
    ? look
    : null;

const saveFindings = async (
  tx: Statements,
  key: string,
  batch: readonly Prepared[],
  clean: Clean,
  { seal, secrets }: SaveMeans,
): Promise<void> => {
  await tx.run(
    `INSERT INTO credentials (id, identity, sealed) VALUES ${placeholders(batch.length, 3)} ON CONFLICT (id) DO NOTHING`,
    ...batch.flatMap(({ credential, finding }) => {
      const { accessKeyId, secretSha256, fingerprint } = finding;
      const kept: KeptCredential = { accessKeyId, secretSha256, fingerprint };
      // A fingerprint of an ID is no secret; that of a secret is as good as its hash.
      const identity = accessKeyId === null ? credential : fingerprint;
      return [credential, identity, seal.seal(Buffer.from(JSON.stringify(kept)), aboutCredential(credential))];
    }),
  );
  await tx.run(
    `INSERT INTO findings (credential, repository, data, places, has_secret, secret) VALUES ${placeholders(batch.length, 6)}
     ON CONFLICT (credential, repository) DO UPDATE SET data = excluded.data, places = excluded.places,
     has_secret = excluded.has_secret, secret = excluded.secret`,
    ...batch.flatMap((one) => {
      const { secret, token, occurrences, occurrencesLeftOut = 0 } = one.finding;
      const sealed =
        secrets === 'sealed' && secret !== null
          ? seal.seal(Buffer.from(JSON.stringify({ secret, token })), aboutSecret(one.credential))
          : null;
      const places = occurrences.length + occurrencesLeftOut;
      return [one.credential, key, clean.json(keptOf(one)), places, hasSecret(one.finding), sealed];
    }),
  );
};

const hasSecret = (finding: Finding): number => {
  if (finding.secret === null) return NO_SECRET;
  return mayBeAsked(finding) ? MAY_BE_ASKED : SECRET;
};

const keptOf = ({ finding, allowed }: Collected): KeptFinding => ({
  rule: finding.rule,
  kind: finding.kind,
  confidence: finding.confidence,
  accessKeyId: finding.accessKeyId,
  occurrences: finding.occurrences,
  leftOut: finding.occurrencesLeftOut ?? 0,
  inHead: finding.inHead ?? null,
  unreachable: finding.unreachable === true,
  claimedExpiry: finding.claimedExpiry ?? null,
  token: finding.token !== null,
  allowed,
});

const saveEmpty = async (tx: Statements, key: string, outcome: NotRead, clean: Clean): Promise<void> => {
  await tx.run('DELETE FROM findings WHERE repository = ?', key);
  await dropNames(tx, ofRepository(key));
  await tx.run(
    'UPDATE repositories SET family = NULL, look = ?, detection = NULL, settings = NULL, refs = NULL, scan = NULL WHERE id = ?',
    lookOf(outcome, clean),
    key,
  );
};
