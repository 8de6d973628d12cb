// What a format that is not the terminal says of a finding in a sentence or two. Only facts and our own sentences: no secret
// is ever among them.

import type { Finding } from '../findings/model.js';
import { cut } from './whereabouts.js';
import { kindInWords, verdictInWords } from './words.js';

/** Names of users, reasons of APIs: long enough to be told, too short to fill a page. */
const LONGEST = 1000;

/** `AccessKey with its secret LTAI...`. */
export const titleOf = (finding: Finding): string =>
  `${kindInWords(finding)}${finding.accessKeyId === null ? '' : ` ${cut(finding.accessKeyId, 80)}`}`;

/** `live, ROOT key of account 1234`. */
export const verdictText = ({ verdict }: Finding): string => cut(verdictInWords(verdict), LONGEST);

/** What it means and what to do. */
export const explanationOf = ({ meaning, next, verdict }: Finding): readonly string[] =>
  [verdict.state === 'unknown' ? verdict.reason : undefined, meaning, next]
    .filter((text) => text !== undefined && text !== '')
    .map((text) => cut(text ?? '', LONGEST));
