import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../src/simulator/server.js';
import { buildAction, checkout, runStep } from '../support/action.js';
import { createLeakFinder } from '../support/leaks.js';
import { commit, git, repository, sharedFolder } from '../support/repository.js';
import { testCloud } from '../support/world.js';

const folder = sharedFolder();
let bundle = '';

beforeAll(() => {
  bundle = buildAction(`${folder}/action`);
});

describe('verdicts in the Action', () => {
  it('tells live and root keys, by inventory and by probe, and fails for what was asked', async () => {
    const { world, root, auditor, active: user } = testCloud();
    const cloud = await startSimulator(world);
    onTestFinished(() => cloud.close());
    const origin = repository();
    const base = commit(origin, { 'a.txt': 'a\n' });
    const yaml = ({ id, secret }: typeof root) => `accessKeyId: ${id}\naccessKeySecret: ${secret}\n`;
    commit(origin, { 'app.yml': yaml(user) });
    const head = commit(origin, { 'root.yml': yaml(root) });
    git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const endpoints = Object.fromEntries(
      ['RAM', 'IMS', 'STS', 'ACTIONTRAIL', 'SAS'].map((service) => [`AKSCAN_ENDPOINT_${service}`, cloud.url]),
    );
    const env = {
      ...endpoints,
      ALIBABA_CLOUD_ACCESS_KEY_ID: auditor.id,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: auditor.secret,
    };
    const leaks = createLeakFinder([root, user, auditor].map(({ secret }) => ({ name: 'a secret', value: secret })));
    for (const how of ['verify', 'probe']) {
      const step = (to: string, failOn: string) =>
        runStep(bundle, {
          cwd: checkout(origin, to, 1),
          event: 'push',
          payload: { ref: 'refs/heads/main', before: base, after: to, commits: [] },
          inputs: { [how]: 'true', 'fail-on': failOn },
          env,
        });
      // Whether a root key is on, only the root itself can read.
      const both = await step(head, 'root');
      expect([both.code, both.outputs], both.log).toMatchObject([
        1,
        { findings: '2', live: how === 'probe' ? '2' : '1', root: '1' },
      ]);
      expect(both.summary).toContain('ROOT key');
      expect(leaks(both.log + both.summary)).toEqual([]);
      const one = await step(git(origin, 'rev-parse', `${head}~1`), 'root');
      expect([one.code, one.outputs], one.log).toMatchObject([0, { findings: '1', live: '1', root: '0' }]);
    }
  });
});
