// Makes findings of other scanners' results, so that what they found can be asked about here. Only what has the shape of an
// AccessKey ID counts; its secret is what the result itself puts beside it, or the one such value in the same file.

import { hasIdShape } from '../../findings/asked.js';
import { fingerprintOf, sha256 } from '../../findings/fingerprint.js';
import type { Finding, Occurrence } from '../../findings/model.js';
import { nextStepOf } from '../../findings/next-step.js';
import { severityOf } from '../../findings/severity.js';
import type { ForeignRecord } from './record.js';

interface Credential {
  readonly accessKeyId: string;
  readonly secret: string | null;
  readonly token: string | null;
}

/** As in rules/*.yml: a secret of 30, a temporary key's of 40 to 46 characters. */
const isSecretFor = (accessKeyId: string, value: string): boolean =>
  (accessKeyId.startsWith('STS.') ? /^[0-9A-Za-z]{40,46}$/ : /^[0-9A-Za-z]{30}$/).test(value);

const TOKEN = /^(?:CAIS|CAES)[\w+/=-]{56,4092}$/;

/** One finding for each credential of each result; the same ones are not joined yet. */
export const findingsFrom = (records: readonly ForeignRecord[]): readonly Finding[] => {
  const known = records.map((record) => ({ record, credentials: credentialsOf(record) }));
  const partners = partnersOf(known);
  return known.flatMap(({ record, credentials }) =>
    credentials.map((credential) => {
      const secret = credential.secret ?? partners.get(placeOf(record))?.get(credential.accessKeyId) ?? null;
      return findingOf({ ...credential, secret }, record);
    }),
  );
};

const credentialsOf = (record: ForeignRecord): readonly Credential[] => {
  const sets = record.sets.flatMap(fromSet);
  return sets.length > 0 ? sets : fromTexts(record.texts);
};

/** Values that were said to belong together. */
const fromSet = (values: readonly string[]): readonly Credential[] => {
  const accessKeyId = values.find(hasIdShape);
  if (accessKeyId === undefined) return [];
  const secret = values.find((value) => isSecretFor(accessKeyId, value)) ?? null;
  return [{ accessKeyId, secret, token: values.find((value) => TOKEN.test(value)) ?? null }];
};

/** Long excerpts, of minified files say, are read so far. */
const LONGEST = 64 << 10;

const RUNS = /(?:STS\.)?[0-9A-Za-z]{16,}/g;

/** IDs that stand in the text as words of their own. One ID and one secret, and nothing else like them, are a pair. */
const fromTexts = (texts: readonly string[]): readonly Credential[] => {
  const words = new Set(texts.flatMap((text) => text.slice(0, LONGEST).match(RUNS) ?? []));
  const ids = [...words].filter(hasIdShape);
  const [id] = ids;
  const secrets = id === undefined || ids.length > 1 ? [] : [...words].filter((word) => isSecretFor(id, word));
  const secret = secrets.length === 1 ? (secrets[0] ?? null) : null;
  return ids.map((accessKeyId) => ({ accessKeyId, secret, token: null }));
};

const placeOf = ({ target, commit, file }: ForeignRecord): string => JSON.stringify([target, commit, file]);

interface Known {
  readonly record: ForeignRecord;
  readonly credentials: readonly Credential[];
}

/**
 * Scanners with one rule for the ID and one for the secret report two results. In a file with one ID and one such secret they
 * are taken for a pair, by place and ID.
 */
const partnersOf = (known: readonly Known[]): ReadonlyMap<string, ReadonlyMap<string, string>> => {
  const places = new Map<string, { readonly ids: Set<string>; readonly secrets: Set<string> }>();
  for (const { record, credentials } of known) {
    if (record.file === null) continue;
    const key = placeOf(record);
    const place = places.get(key) ?? { ids: new Set(), secrets: new Set() };
    places.set(key, place);
    for (const { accessKeyId } of credentials) place.ids.add(accessKeyId);
    if (record.lone !== null) place.secrets.add(record.lone);
  }
  const partners = new Map<string, ReadonlyMap<string, string>>();
  for (const [key, { ids, secrets }] of places) {
    const [id] = ids;
    if (id === undefined || ids.size !== 1) continue;
    const fit = [...secrets].filter((value) => isSecretFor(id, value));
    const [only] = fit;
    if (only !== undefined && fit.length === 1) partners.set(key, new Map([[id, only]]));
  }
  return partners;
};

const findingOf = ({ accessKeyId, secret, token }: Credential, record: ForeignRecord): Finding => {
  const kind = secret === null ? 'id-only' : accessKeyId.startsWith('STS.') ? 'sts' : 'pair';
  const verdict = { state: 'unchecked', how: null } as const;
  const judged = { kind, confidence: 'medium', verdict } as const;
  return {
    type: 'finding',
    schema: 1,
    rule: `imported-${record.scanner}`,
    kind,
    target: withoutPassword(record.target),
    accessKeyId,
    secret,
    token,
    secretSha256: secret === null ? null : sha256(secret),
    fingerprint: fingerprintOf(accessKeyId, secret),
    confidence: 'medium',
    severity: severityOf(judged),
    occurrences: record.file === null ? [] : [occurrenceOf(record, record.file)],
    verdict,
    verdicts: [],
    next: nextStepOf(judged),
  };
};

/** No scanner says which byte: the offset is 0. */
const occurrenceOf = (record: ForeignRecord, file: string): Occurrence => {
  const { line, column, commit, author, date } = record;
  const time = Date.parse(date ?? '');
  return {
    source: commit === null ? 'file' : 'history',
    path: file.replaceAll('\\', '/'),
    line,
    column,
    offset: 0,
    encoding: [],
    ...(commit === null ? {} : { commit }),
    ...(author === null ? {} : { author }),
    ...(Number.isNaN(time) ? {} : { date: `${new Date(time).toISOString().slice(0, 19)}Z` }),
  };
};

/** `https://user:token@host/...` is how some repositories were cloned. */
const withoutPassword = (target: string): string => target.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
