// Tells whose result a value of JSON is.

import { gitleaksRecord, isGitleaks } from './gitleaks.js';
import { isKingfisher, kingfisherRecord } from './kingfisher.js';
import { type ForeignRecord, isObject } from './record.js';
import { isSarif, sarifRecords } from './sarif.js';
import { isTrufflehog, trufflehogRecord } from './trufflehog.js';

/** Lists within lists are followed so far. */
const DEEPEST = 4;

/** Null for a value that is no result of a scanner known here. An empty list is one without results. */
export const recordsOf = (value: unknown, depth = 0): readonly ForeignRecord[] | null => {
  if (isGitleaks(value)) return [gitleaksRecord(value)];
  if (isTrufflehog(value)) return [trufflehogRecord(value)];
  if (isKingfisher(value)) return [kingfisherRecord(value)];
  if (isSarif(value)) return sarifRecords(value);
  const list = Array.isArray(value) ? value : isObject(value) ? (value['findings'] ?? value['matches']) : null;
  if (!Array.isArray(list) || depth === DEEPEST) return null;
  const known = list.map((each) => recordsOf(each, depth + 1)).filter((each) => each !== null);
  return known.length === 0 && list.length > 0 ? null : known.flat();
};
