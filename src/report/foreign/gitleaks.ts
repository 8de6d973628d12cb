// Results of gitleaks (report/finding.go, as JSON or CSV) and of betterleaks, whose form is the same with more in it: what
// belongs together stands in `RequiredSets`.

import { type ForeignRecord, isObject, listOf, member, positive, speaksOfAlibaba, textOf, textsOf } from './record.js';

export const isGitleaks = (value: unknown): boolean => isObject(value) && 'RuleID' in value && 'Secret' in value;

export const gitleaksRecord = (value: unknown): ForeignRecord => {
  const of = (name: string): unknown => member(value, name);
  const secret = textOf(of('Secret'));
  const attribute = (name: string): unknown => member(value, 'Attributes', name);
  const sets = listOf(of('RequiredSets')).map((set) => [
    ...textsOf(secret),
    ...listOf(member(set, 'components')).flatMap((part) => textsOf(member(part, 'Secret'))),
  ]);
  const name = textOf(of('Author'), attribute('git.author_name'));
  const email = textOf(of('Email'), attribute('git.author_email'));
  return {
    scanner: isObject(value) && ('Attributes' in value || 'RequiredSets' in value) ? 'betterleaks' : 'gitleaks',
    sets,
    texts: textsOf(of('Match'), secret, of('MatchContext'), of('Line')),
    lone: speaksOfAlibaba(textOf(of('RuleID'))) ? secret : null,
    target: '',
    file: textOf(of('File'), attribute('path')),
    line: positive(of('StartLine')),
    column: positive(of('StartColumn')),
    commit: textOf(of('Commit'), attribute('git.sha')),
    author: name === null && email === null ? null : `${name ?? ''} <${email ?? ''}>`.trim(),
    date: textOf(of('Date'), attribute('git.date')),
  };
};
