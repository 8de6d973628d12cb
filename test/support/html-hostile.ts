// A report in which every text that a stranger could have written is written by an attacker.

import type { Finding, Report } from '../../src/findings/model.js';
import { sampleReport } from './html-sample.js';

export const ATTACKS: readonly string[] = [
  '</script><script>alert(1)</script>',
  '"><img src="http://127.0.0.1:9/x.png" onerror="alert(1)">',
  "' onmouseover='alert(1)' style='position:fixed",
  '<!--<script>',
  '--><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '<base href="http://127.0.0.1:9/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
  '</style><style>*{display:none!important}@import "http://127.0.0.1:9/x.css";</style>',
  '</td></tr></tbody></table><iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<details open ontoggle=alert(1)><input autofocus onfocus=alert(1)>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  `]]>{{7*7}}${'$'}{7*7}\\u003cscript\\u003e`,
  'a\u202Etxt.exe\u0000\u001B[2J\u2028\u2029\uFEFF\u200B\uD800z',
  '<textarea><title><noscript><plaintext>',
  '__proto__',
  `${'long/'.repeat(20_000)}<script>alert(1)</script>`,
];

/** Words that the program itself chooses: the schema allows no others. */
const OWN = new Set([
  'type',
  'schema',
  'kind',
  'severity',
  'confidence',
  'state',
  'how',
  'principal',
  'source',
  'by',
  'through',
  'powers',
  'conditional',
  'secretSha256',
  'secret',
  'token',
  'because',
  'encoding',
  'date',
]);

export const hostileReport = (count: number): Report => {
  const report = sampleReport(count);
  let next = 0;
  const attacked = (value: unknown, name: string): unknown => {
    if (OWN.has(name)) return value;
    if (typeof value === 'string') {
      next += 1;
      return ATTACKS[next % ATTACKS.length];
    }
    if (Array.isArray(value)) return value.map((each) => attacked(each, name === 'created' ? 'created' : ''));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, attacked(each, key)]));
  };
  return {
    findings: report.findings.map((finding) => attacked(finding, '') as Finding),
    skipped: report.skipped.map((each) => ({
      ...each,
      target: ATTACKS[1] ?? '',
      what: ATTACKS[12] ?? '',
      reason: ATTACKS[0] ?? '',
    })),
    summary: { ...report.summary, notes: ATTACKS },
  };
};
