// SARIF 2.1.0 of any scanner: an ID may stand in the message or in the excerpt of the place. Many write neither, and then there
// is nothing to ask about.

import { type ForeignRecord, isObject, listOf, member, positive, speaksOfAlibaba, textOf, textsOf } from './record.js';

export const isSarif = (value: unknown): boolean => isObject(value) && Array.isArray(value['runs']);

export const sarifRecords = (value: unknown): readonly ForeignRecord[] =>
  listOf(member(value, 'runs'))
    .flatMap((run) => listOf(member(run, 'results')))
    .flatMap((result) => {
      const places = listOf(member(result, 'locations'));
      return (places.length === 0 ? [undefined] : places).map((place) => recordOf(result, place));
    });

const recordOf = (result: unknown, location: unknown): ForeignRecord => {
  const of = (...names: readonly string[]): unknown => member(location, 'physicalLocation', ...names);
  const fingerprint = (name: string): unknown => member(result, 'partialFingerprints', name);
  const snippet = textOf(of('region', 'snippet', 'text'));
  const rule = `${textOf(member(result, 'ruleId'), member(result, 'rule', 'id')) ?? ''}`;
  return {
    scanner: 'sarif',
    sets: [],
    texts: textsOf(
      snippet,
      of('contextRegion', 'snippet', 'text'),
      member(result, 'message', 'text'),
      member(result, 'message', 'markdown'),
    ),
    lone: speaksOfAlibaba(rule) ? snippet : null,
    target: '',
    file: fileOf(textOf(of('artifactLocation', 'uri'))),
    line: positive(of('region', 'startLine')),
    column: positive(of('region', 'startColumn')),
    // As gitleaks writes them.
    commit: textOf(fingerprint('commitSha')),
    author: textOf(fingerprint('author')),
    date: textOf(fingerprint('date')),
  };
};

const fileOf = (uri: string | null): string | null => {
  if (uri === null) return null;
  const plain = uri.replace(/^file:\/\/(?=\/)/, '');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
};
