// docs/verdicts.md says what the code does: its tables are made from the code's, its policy is what the tests grant.
// `npx vitest run test/cloud/verdicts-page.test.ts --update` writes the tables anew.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Meaning, type Row, table } from '../../src/cloud/states.js';
import { faults } from '../../src/simulator/faults.js';
import { IMPOSSIBLE, rows } from '../support/verdict-matrix.js';
import { endpointsOf, isolate, pairOf, simulate, verifyOne } from '../support/verifying.js';
import { testCloud } from '../support/world.js';

isolate();

const PAGE = path.resolve(import.meta.dirname, '../../docs/verdicts.md');
const page = readFileSync(PAGE, 'utf8');

/** What a probe makes of each; the first word is the state. */
const READ_AS: Readonly<Record<Meaning, string>> = {
  'not-permitted': 'live',
  restricted: 'restricted',
  disabled: 'disabled',
  'not-found': 'not-found',
  signature: 'wrong-secret if the server says that it signed our text; else unknown',
  expired: 'expired, of a temporary key; else unknown',
  token: 'unknown',
  clock: "unknown, if the server's own time does not help",
  nonce: 'unknown, after asking again',
  throttled: 'unknown, after waiting as long as told',
  server: 'unknown, after asking again',
  blocked: 'unknown',
  endpoint: 'unknown',
  'no-entity': 'unknown (to inventory: there is none)',
  request: 'unknown',
  conflict: 'unknown',
  other: 'unknown',
};

const rowOf = ({ statuses, code, open, saying, meaning, source }: Row): string => {
  const name = code === '' ? 'any other' : `\`${code}${open === true ? '*' : ''}\``;
  const said = saying === undefined ? '' : ` saying "${saying}"`;
  return `| ${statuses.join(', ')} | ${name}${said} | ${READ_AS[meaning]} | ${source} |`;
};

const made = ['| status | code | the probe says | source |', '|---|---|---|---|', ...table.map(rowOf)].join('\n');

const WHO = { 'ram-user': 'RAM user', root: 'root', 'assumed-role': 'role (temporary)' } as const;

const matrix = [
  '| of | the key | pair: `--verify` | `--probe` | both | ID alone: `--verify` | `--probe-id` | both |',
  '|---|---|---|---|---|---|---|---|',
  ...rows.map(({ principal, key, whole, idAlone }) => `| ${[WHO[principal], key, ...whole, ...idAlone].join(' | ')} |`),
  '',
  'What no row shows, cannot be:',
  '',
  ...IMPOSSIBLE.map(({ why }) => `- ${why}`),
].join('\n');

const noise = `${faults
  .filter(({ group, name }) => group === 'noise' && name !== 'gzip')
  .map(({ name }) => `\`${name}\``)
  .join(', ')}.`;

describe('docs/verdicts.md', () => {
  it('shows the tables of the code', async () => {
    const expected = Object.entries({ table: made, matrix, faults: noise }).reduce((text, [name, content]) => {
      const [before, after] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
      expect(text.split(before).length + text.split(after).length, `the marks around the ${name}`).toBe(4);
      return `${text.slice(0, text.indexOf(before))}${before}\n\n${content}\n\n${text.slice(text.indexOf(after))}`;
    }, page);
    await expect(expected).toMatchFileSnapshot(PAGE);
  });

  it.each(table.map((row) => [`${row.statuses[0]} ${row.code}${row.saying ?? ''}`, row] as const))(
    'tells the truth of %s',
    async (_, { statuses, code, open, saying, meaning }) => {
      const cloud = testCloud();
      const status = statuses[0] === '5xx' ? 502 : (statuses[0] ?? 0);
      const full = open === true ? `${code}Some` : code;
      cloud.world.fault = () => ({ kind: 'error', status, code: full, message: `It has ${saying ?? 'no'} reason.` });
      const simulator = await simulate(cloud.world);
      const options = { inventory: false, probe: true, endpoints: endpointsOf(simulator.url) };
      const { id, secret, token } = cloud.session;
      const credential = meaning === 'expired' ? { accessKeyId: id, secret, token } : pairOf(cloud.active);
      const { verdict } = await verifyOne(credential, options, { attempts: 2, patienceMs: 20 });
      // Without the text that the server signed, nothing is known of the secret.
      const expected = meaning === 'signature' ? 'unknown' : READ_AS[meaning].split(/[ ,]/, 1)[0];
      expect(verdict.state).toBe(expected);
    },
  );
});
