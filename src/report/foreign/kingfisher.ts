// Results of Kingfisher, as json or jsonl (src/reporter/json_format.rs): matches of a rule and what they matched, in a list,
// in a list of lists, or one a line, by version.

import { type ForeignRecord, isObject, member, positive, speaksOfAlibaba, textOf, textsOf } from './record.js';

export const isKingfisher = (value: unknown): boolean =>
  isObject(value) && isObject(value['rule']) && isObject(value['finding']) && 'snippet' in value['finding'];

export const kingfisherRecord = (value: unknown): ForeignRecord => {
  const of = (...names: readonly string[]): unknown => member(value, 'finding', ...names);
  const snippet = textOf(of('snippet'));
  const rule = `${textOf(member(value, 'rule', 'name')) ?? ''} ${textOf(member(value, 'rule', 'id')) ?? ''}`;
  return {
    scanner: 'kingfisher',
    sets: [],
    texts: textsOf(snippet),
    lone: speaksOfAlibaba(rule) ? snippet : null,
    target: textOf(of('git_metadata', 'repository_url')) ?? '',
    file: textOf(of('git_metadata', 'file', 'path'), of('path')),
    line: positive(of('line')),
    column: positive(of('column_start')),
    commit: textOf(of('git_metadata', 'commit', 'id')),
    author: textOf(of('git_metadata', 'commit', 'committer', 'name')),
    date: textOf(of('git_metadata', 'commit', 'date')),
  };
};
