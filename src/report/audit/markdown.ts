// The organisation at a glance for a job's summary or a comment: a few sentences, and the worst repositories.

import type { Report } from '../../findings/model.js';
import { code, prose } from '../markdown-text.js';
import type { WriteOptions } from '../types.js';
import { cut } from '../whereabouts.js';
import { number } from '../words.js';
import { shortName } from './table.js';
import type { Tally } from './tally.js';
import { auditViews } from './views.js';
import { glanceInWords } from './words.js';

const LISTED = 10;

/** Empty for what is no audit's report; a few thousand characters at most. */
export const organisationInMarkdown = (report: Report, { now, lastRun }: WriteOptions): string => {
  const { audit } = report.summary;
  if (audit === undefined) return '';
  const views = auditViews(report, audit, now ?? new Date());
  const { repositories } = views;
  const more = repositories.length - LISTED;
  const lines = [
    '',
    ...glanceInWords(views, lastRun ?? null).map((sentence) => `- ${prose(sentence)}`),
    ...(repositories.length === 0
      ? []
      : ['', '| repository | live | root | critical | high | medium | low |', `|${' --- |'.repeat(7)}`]),
    ...repositories
      .slice(0, LISTED)
      .map((row) => `| ${[code(cut(shortName(row.name), 200)), ...counts(row)].join(' | ')} |`),
    ...(more > 0 ? ['', `and ${number(more)} more`] : []),
    '',
  ];
  return lines.join('\n');
};

const counts = ({ live, root, bySeverity: { critical, high, medium, low } }: Tally): readonly string[] =>
  [live, root, critical, high, medium, low].map(number);
