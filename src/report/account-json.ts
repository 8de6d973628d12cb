// The report of `akscan account` as one JSON object (schema/account.schema.json). No secret is in it to be masked.

import type { AccountsReport } from '../findings/account.js';
import { forJson } from './escape.js';

export const writeAccountsJson = (report: AccountsReport): Iterable<string> => [
  `${forJson(JSON.stringify(report, null, 2))}\n`,
];
