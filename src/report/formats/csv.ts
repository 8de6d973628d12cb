// CSV (RFC 4180) for spreadsheets: one row for each finding, worst first, at its first place. It begins with a byte order
// mark, without which a spreadsheet takes Chinese for something else.

import type { Finding } from '../../findings/model.js';
import { worstFirst } from '../../findings/order.js';
import { forTerminal } from '../escape.js';
import { distinctPlaces } from '../places.js';
import type { WriteReport } from '../types.js';
import { cut, whereaboutsOf } from '../whereabouts.js';

const COLUMNS = {
  severity: ({ severity }) => severity,
  state: ({ verdict }) => verdict.state,
  principal: ({ verdict }) => verdict.principal,
  account: ({ verdict }) => verdict.account,
  user: ({ verdict }) => verdict.user,
  access_key_id: ({ accessKeyId }) => accessKeyId,
  kind: ({ kind }) => kind,
  confidence: ({ confidence }) => confidence,
  file: (finding) => {
    const [first] = finding.occurrences;
    return first === undefined ? '' : whereaboutsOf(finding, first, 'path').name;
  },
  line: ({ occurrences }) => occurrences[0]?.line,
  column: ({ occurrences }) => occurrences[0]?.column,
  source: ({ occurrences }) => occurrences[0]?.source,
  places: (finding) => distinctPlaces(finding).length + (finding.occurrencesLeftOut ?? 0),
  in_head: ({ inHead }) => inHead,
  commit: ({ occurrences }) => occurrences[0]?.commit,
  author: ({ occurrences }) => occurrences[0]?.author,
  date: ({ occurrences }) => occurrences[0]?.date,
  powers: ({ verdict }) => verdict.powers?.join(' '),
  last_used: ({ verdict }) => verdict.lastUsed ?? (verdict.neverUsed === true ? 'never' : undefined),
  how: ({ verdict }) => verdict.how,
  checked_at: ({ verdict }) => verdict.checkedAt,
  reason: ({ verdict }) => verdict.reason,
  meaning: ({ meaning }) => meaning,
  next: ({ next }) => next,
  rule: ({ rule }) => rule,
  // Of the place that is named: which repository its path is in.
  target: ({ target, occurrences }) => occurrences[0]?.target ?? target,
  fingerprint: ({ fingerprint }) => fingerprint,
} satisfies Readonly<Record<string, (finding: Finding) => string | number | boolean | null | undefined>>;

export const writeCsv: WriteReport = function* ({ findings }) {
  yield `\uFEFF${Object.keys(COLUMNS).map(cell).join(',')}\r\n`;
  for (const finding of worstFirst(findings)) {
    yield `${Object.values(COLUMNS)
      .map((of) => cell(of(finding) ?? ''))
      .join(',')}\r\n`;
  }
};

/** A cell of Excel holds 32,767 characters. */
const LONGEST = 4096;

/** What a spreadsheet would calculate, or read as a number and round: UIDs have 16 digits, and it keeps 15. */
const CALCULATED = /^(?:[\s'"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[0-9][0-9.,]{14,}$|[0-9]+[eE][0-9]+$)/;

/** Where a list is separated by semicolons, a spreadsheet begins a cell behind each, whatever quotes stand around it. */
const BEHIND = /;(?=[\s'"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

const cell = (value: string | number | boolean): string => {
  // Written out, so that no line break, tab or mark that turns text around is left.
  const text = forTerminal(cut(String(value), LONGEST)).replace(BEHIND, ";'");
  return `"${CALCULATED.test(text) ? "'" : ''}${text.replaceAll('"', '""')}"`;
};
