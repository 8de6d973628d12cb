// Results of TruffleHog with --json, one a line (pkg/output/json.go). `RawV2` is the secret and the ID without anything
// between them; newer versions name the parts.

import { type ForeignRecord, isObject, member, positive, speaksOfAlibaba, textOf, textsOf } from './record.js';

export const isTrufflehog = (value: unknown): boolean =>
  isObject(value) && 'SourceMetadata' in value && 'DetectorName' in value;

/** The ID is known by its beginning, the secret by its length. */
const GLUED = /^([0-9A-Za-z]{30})(LTAI[0-9A-Za-z]{12,20})$/;

export const trufflehogRecord = (value: unknown): ForeignRecord => {
  // One member, named after the kind of source: `{ "Git": { "commit": ..., "file": ... } }`.
  const data = member(value, 'SourceMetadata', 'Data');
  const [source] = isObject(data) ? Object.values(data) : [];
  const of = (name: string): unknown => member(source, name);
  const parts = member(value, 'SecretParts');
  const raw = textOf(member(value, 'RawV2'));
  const glued = GLUED.exec(raw ?? '');
  const named = isObject(parts) ? textsOf(...Object.values(parts)) : [];
  return {
    scanner: 'trufflehog',
    sets: [named, glued === null ? [] : glued.slice(1)].filter((set) => set.length > 0).slice(0, 1),
    texts: textsOf(raw, member(value, 'Raw'), member(value, 'Redacted')),
    lone: speaksOfAlibaba(textOf(member(value, 'DetectorName'))) ? textOf(member(value, 'Raw')) : null,
    target: textOf(of('repository'), of('repository_local_path'), of('bucket')) ?? '',
    file: textOf(of('file'), of('key'), of('path'), of('link')),
    line: positive(of('line')),
    column: 1,
    commit: textOf(of('commit')),
    author: textOf(of('email')),
    date: textOf(of('timestamp')),
  };
};
