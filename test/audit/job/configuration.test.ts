import { describe, expect, it } from 'vitest';
import { doJob } from '../../../src/audit/job/do-job.js';
import type { Read } from '../../../src/audit/types.js';
import { jobFor, mirrorsAt, NO_KNOWLEDGE, readOf, repositoryIn } from '../../support/jobs.js';
import { id24, secret30 } from '../../support/keys.js';
import { commit, repository } from '../../support/repository.js';

const pair = (id: string): string => `accessKeyId=${id}\naccessKeySecret=${secret30()}\n`;

const scan = async (folder: string, repositoryConfiguration: 'honour' | 'disregard'): Promise<Read> =>
  readOf(
    await doJob(jobFor(repositoryIn(folder), { repositoryConfiguration }), {
      mirrors: mirrorsAt(folder),
      knowledge: NO_KNOWLEDGE,
      signal: new AbortController().signal,
    }),
  );

const idsOf = ({ findings }: Read): readonly (string | null)[] =>
  findings.map(({ finding }) => finding.accessKeyId).sort();

describe("a repository's own configuration", () => {
  it('counts only where it is trusted, and what it hides is counted', async () => {
    const folder = repository();
    const [shown, ignored, known, excluded] = [id24(), id24(), id24(), id24()];
    commit(folder, {
      'a.env': pair(shown),
      'b.env': pair(ignored),
      'c.env': pair(known),
      'test/d.env': pair(excluded),
    });
    const all = await scan(folder, 'disregard');
    const printOf = (id: string): string =>
      all.findings.find(({ finding }) => finding.accessKeyId === id)?.finding.fingerprint ?? '';
    commit(folder, {
      '.akscanignore': `${printOf(ignored)} an example\n`,
      '.akscan-baseline': `${printOf(known)}\n`,
      'akscan.config.yml': 'exclude: ["test/**"]\n',
    });
    expect(idsOf(await scan(folder, 'disregard'))).toEqual([shown, ignored, known, excluded].sort());
    const trusted = await scan(folder, 'honour');
    expect(trusted.notes).toEqual(['akscan.config.yml in its HEAD decided what was searched and shown.']);
    expect(idsOf(trusted)).toEqual([shown]);
    expect(trusted.suppressed).toEqual({ allow: 0, ignore: 1, baseline: 1, confidence: 0 });
    expect(trusted.look).toBe('look');
  });

  it('hides nothing when it is wrong, and that is told', async () => {
    const folder = repository();
    const id = id24();
    commit(folder, { 'a.env': pair(id), 'akscan.config.yml': 'exclude: 7\n' });
    const outcome = await scan(folder, 'honour');
    expect(idsOf(outcome)).toEqual([id]);
    expect(outcome).toMatchObject({ state: 'broken', look: null });
    expect(outcome.reason).toContain('its own configuration was not used');
  });
});
