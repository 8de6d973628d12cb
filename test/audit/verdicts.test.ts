// Whose the keys of an organisation are: each asked once, whatever repositories hold it; told against the run before; switched off.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { linesOf, type Ran } from '../support/akscan.js';
import { newScene, type Scene, signedBy, statusOf, UID } from '../support/containing.js';
import { commit, repository, temporaryFolder, write } from '../support/repository.js';

interface Pair {
  readonly id: string;
  readonly secret: string;
}

const textOf = ({ id, secret }: Pair): string => `ALIYUN_ACCESS_KEY_ID=${id}\nALIYUN_ACCESS_KEY_SECRET=${secret}\n`;

/** A folder with a repository for each list of keys. */
const organisationOf = (repositories: Readonly<Record<string, readonly Pair[]>>): string => {
  const folder = temporaryFolder();
  for (const [name, pairs] of Object.entries(repositories)) {
    const files = Object.fromEntries(pairs.map((pair, index) => [`service-${index}.env`, textOf(pair)]));
    commit(repository(path.join(folder, name)), { 'README.md': `${name}\n`, ...files });
  }
  return folder;
};

const trio = (scene: Scene): string => {
  const { active, root, inactive } = scene.cloud;
  return organisationOf({ a: [active, root], b: [active], c: [active, inactive], d: [] });
};

const statesIn = ({ stdout }: Ran): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    linesOf(stdout, 'finding').map((finding) => {
      const { state, principal } = finding['verdict'] as { readonly state: string; readonly principal?: string };
      return [finding['accessKeyId'], principal === 'root' ? `${state} root` : state];
    }),
  );

const trendIn = ({ stdout }: Ran): Readonly<Record<string, number>> | undefined =>
  (linesOf(stdout, 'summary')[0] as { audit?: { trend: { counts: Readonly<Record<string, number>> } | null } }).audit
    ?.trend?.counts;

/** What a robot of DingTalk was sent. */
const listening = async (): Promise<{ readonly url: string; readonly bodies: readonly string[] }> => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":0,"errmsg":"ok"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/robot?x=y`, bodies };
};

const probes = ({ simulator }: Scene): readonly string[] =>
  simulator.requests.flatMap(({ action, accessKeyId }) => (action === 'GetCallerIdentity' ? [accessKeyId ?? ''] : []));

describe('the keys of an organisation', () => {
  it('are asked about once each, and say whose they are', async () => {
    const scene = await newScene();
    const { active, root, inactive } = scene.cloud;
    const ran = await scene.run(['audit', `dir:${trio(scene)}`, '--verify', '--probe', '--format', 'jsonl']);
    expect(ran.code).toBe(1);
    expect(statesIn(ran)).toEqual({ [active.id]: 'live', [root.id]: 'live root', [inactive.id]: 'disabled' });
    expect(
      probes(scene)
        .filter((id) => [active.id, root.id, inactive.id].includes(id))
        .sort(),
    ).toEqual([active.id, root.id, inactive.id].sort());
    for (const { secret } of [active, root, inactive]) expect(ran.stdout + ran.stderr).not.toContain(secret);
  });

  it('are asked again next week, also where nothing has changed; what was switched off is fixed', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const folder = trio(scene);
    const args = ['audit', `dir:${folder}`, '--store', path.join(temporaryFolder(), 'a.db'), '--format', 'jsonl'];
    const asking = ['--verify', '--probe', '--no-cache'];
    const first = await scene.run([...args, ...asking]);
    expect(trendIn(first)).toBeUndefined();
    for (const user of scene.account.users) {
      for (const key of user.keys) if (key.id === active.id) Object.assign(key, { status: 'Inactive' });
    }
    expect(statusOf(scene.account, active.id)).toBe('Inactive');
    const before = probes(scene).length;
    const second = await scene.run([...args, ...asking]);
    expect(statesIn(second)[active.id]).toBe('disabled');
    expect(trendIn(second)).toEqual({ new: 0, 'still-there': 2, rotated: 0, fixed: 1, gone: 0 });
    expect(probes(scene).slice(before)).toContain(active.id);
  });

  it('are switched off with --disable --yes, and proven to be', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const folder = organisationOf({ a: [active], b: [active] });
    const plan = await scene.run(['audit', `dir:${folder}`, '--disable']);
    expect(plan).toMatchObject({ code: 1, stdout: expect.stringContaining('WOULD DISABLE') });
    expect(scene.changes()).toEqual([]);
    const done = await scene.run(['audit', `dir:${folder}`, '--disable', '--yes', '--account', UID]);
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/OFF +LTAI[\s\S]*STS refuses it/) });
    expect(statusOf(scene.account, active.id)).toBe('Inactive');
  });

  it('are told of by --notify when they are new and live, and only then', async () => {
    const scene = await newScene();
    const { active, inactive } = scene.cloud;
    const { url, bodies } = await listening();
    const env = { AKSCAN_DINGTALK_WEBHOOK: url };
    const folder = organisationOf({ a: [inactive] });
    const store = path.join(temporaryFolder(), 'a.db');
    const args = ['audit', `dir:${folder}`, '--store', store, '--verify', '--notify', 'dingtalk'];
    expect((await scene.run(args, { env })).code).toBe(1);
    expect(bodies).toEqual([]);
    write(folder, { 'b/.keep': '' });
    commit(repository(path.join(folder, 'b')), { 'service.env': textOf(active) });
    expect((await scene.run(args, { env })).code).toBe(1);
    expect(bodies.length).toBe(1);
    expect(bodies[0]).toContain(active.id.slice(0, 8));
    expect(bodies[0]).not.toContain(active.id);
    expect(bodies[0]).not.toContain(active.secret);
    expect((await scene.run(args, { env })).code).toBe(1);
    expect(bodies.length).toBe(1);
    for (const user of scene.account.users) {
      for (const key of user.keys) if (key.id === inactive.id) Object.assign(key, { status: 'Active' });
    }
    expect((await scene.run(args, { env })).code).toBe(1);
    expect(bodies.length).toBe(2);
    expect(bodies[1]).toContain(inactive.id.slice(0, 8));
    expect(bodies[1]).not.toContain(active.id.slice(0, 8));
  });

  it('nobody could be told of are a fault, and told of next time', async () => {
    const scene = await newScene();
    const { active } = scene.cloud;
    const folder = organisationOf({ a: [active] });
    const store = path.join(temporaryFolder(), 'a.db');
    const run = (where: string): Promise<Ran> =>
      scene.run(['audit', `dir:${folder}`, '--store', store, '--verify', '--notify', 'dingtalk'], {
        env: { AKSCAN_DINGTALK_WEBHOOK: where },
      });
    const failed = await run('http://127.0.0.1:9/robot?x=y');
    expect(failed).toMatchObject({ code: 2, stderr: expect.stringContaining('--notify dingtalk: nobody was told') });
    const { url, bodies } = await listening();
    expect((await run(url)).code).toBe(1);
    expect(bodies.length).toBe(1);
    expect(bodies[0]).toContain(active.id.slice(0, 8));
    expect((await run(url)).code).toBe(1);
    expect(bodies.length).toBe(1);
  });

  it('are reported also when nobody could be asked', async () => {
    const scene = await newScene();
    const folder = organisationOf({ a: [scene.cloud.active] });
    const env = signedBy({ ...scene.operator, secret: scene.cloud.active.secret });
    const ran = await scene.run(['audit', `dir:${folder}`, '--verify', '--format', 'jsonl'], { env });
    expect(ran.code).toBe(2);
    expect(Object.keys(statesIn(ran))).toEqual([scene.cloud.active.id]);
  });
});
