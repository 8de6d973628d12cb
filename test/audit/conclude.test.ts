// What an audit came to, of what its store knows.

import { describe, expect, it } from 'vitest';
import { type ConcludeOptions, concludeAudit } from '../../src/audit/conclude.js';
import type { AuditPlan } from '../../src/audit/plan.js';
import { createSecrets } from '../../src/audit/secrets.js';
import { jobSettings } from '../support/jobs.js';
import { createKeys } from '../support/keys.js';
import { NONE_LOADED } from '../support/loaded.js';
import { inHistory } from '../support/sightings.js';
import { begun, collect, inMemory, read, repository } from './store/made.js';

const keys = createKeys(77);
const a = repository('a');
const pair = () => inHistory(keys.id24(), keys.secret30(), 1);

const PLAN: AuditPlan = {
  sources: ['github:acme'],
  listing: {
    include: [],
    exclude: [],
    visibility: 'any',
    archived: 'include',
    forks: 'include',
    wiki: false,
    snippets: false,
    pullRequests: false,
    since: null,
  },
  settings: jobSettings,
};

/** With the secrets of a process that has read nothing. */
const options = (asking: Partial<ConcludeOptions['asking']>): ConcludeOptions => ({
  plan: PLAN,
  loaded: NONE_LOADED,
  maxFindings: 100,
  // Nobody listens there.
  asking: { inventory: false, probe: false, endpoints: { sts: 'http://127.0.0.1:9' }, ...asking },
  secrets: createSecrets(100),
  signal: new AbortController().signal,
  progress: { update: () => {} },
});

describe('an audit that goes on', () => {
  it('reports what keys were told to be before it was interrupted, and says which were not probed', async () => {
    const store = await inMemory();
    const run = await begun(store, [a]);
    const [probed, left] = [pair(), pair()];
    await store.save(run, read(run, a, [probed, left]));
    const verdict = { state: 'live', how: 'probe', secretProven: true, principal: 'root' } as const;
    const said = (await collect(store.credentials(run))).flatMap(({ credential, accessKeyId }) =>
      accessKeyId === probed.detection.accessKeyId ? [{ credential, verdict, verdicts: [verdict] }] : [],
    );
    await store.saveVerdicts(run, said);
    const { report, newLive } = await concludeAudit(run, options({ probe: true }), store);
    const states = Object.fromEntries(report.findings.map((one) => [one.accessKeyId, one.verdict.state]));
    expect(states).toEqual({
      [String(probed.detection.accessKeyId)]: 'live',
      [String(left.detection.accessKeyId)]: 'unchecked',
    });
    expect(report.findings.find(({ verdict: { state } }) => state === 'live')).toMatchObject({ severity: 'critical' });
    expect([...newLive.values()].map(({ accessKeyId }) => accessKeyId)).toEqual([probed.detection.accessKeyId]);
    expect(report.summary.notes.filter((note) => note.includes('not probed'))).toEqual([
      expect.stringMatching(/^1 key was not probed/),
    ]);
    await store.close();
  });
});
