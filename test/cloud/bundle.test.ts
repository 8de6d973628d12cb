// What ships, as the bundler makes it: the cloud code and the SDK, with every socket behind our own transport.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import esbuild, { type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a plain script shared with the build
import { alias, forEsbuild } from '../../scripts/virtual-modules.mjs';
import { endpointsOf, simulate } from '../support/verifying.js';
import { newAccount, newKey, newUser, testCloud } from '../support/world.js';

const SOCKETS = /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|dns\/promises|inspector)$|^undici$/;

/** What speaks to a Redis. */
const QUEUE = /(?:^|\/)node_modules\/(?:ioredis|bullmq)\//;

const folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-bundle-'));
let metafile: Metafile;

beforeAll(async () => {
  const result = await esbuild.build({
    stdin: {
      contents: `
        import { verifyCredentials } from './src/cloud/verify.ts';
        const { credential, endpoints } = JSON.parse(process.argv[2]);
        const options = { inventory: true, probe: true, endpoints, signal: new AbortController().signal, progress: { update() {} } };
        const verdicts = await verifyCredentials([credential], options);
        console.log(JSON.stringify([...verdicts.values()][0]));`,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    metafile: true,
    alias,
    plugins: [forEsbuild()],
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
  });
  metafile = result.metafile;
});

afterAll(() => rmSync(folder, { recursive: true }));

const waysToASocket = ({ inputs }: Metafile): readonly string[] =>
  Object.entries(inputs)
    .filter(([file, { imports }]) => {
      const ways = imports.filter((each) => SOCKETS.test(each.path));
      return ways.length > 0 && !(ways.every(isStaticNet) && comparesAddressesOnly(file));
    })
    .map(([file]) => file)
    .sort();

const isStaticNet = ({ path: from, kind }: { readonly path: string; readonly kind: string }): boolean =>
  /^(?:node:)?net$/.test(from) && kind === 'import-statement';

/** `net` also tells what an address is. */
const comparesAddressesOnly = (file: string): boolean => {
  const imports = [...readFileSync(file, 'utf8').matchAll(/^import (.*) from '(?:node:)?(\w+)';$/gm)];
  const sockets = imports.filter(([, , from = '']) => SOCKETS.test(from));
  const isHarmless = ([, names = '', from]: RegExpMatchArray): boolean =>
    from === 'net' && /^\{ (?:(?:isIP|isIPv4|isIPv6|BlockList|type \w+),? )+\}$/.test(names);
  return sockets.length > 0 && sockets.every(isHarmless);
};

/** The files of a package and of its parts, as long as nothing but this one file of ours loads it, and only once it is asked for. */
const loadedBy = (name: string, only: string, { inputs }: Metafile): readonly string[] => {
  const own = Object.keys(inputs).filter((file) => new RegExp(`/?node_modules/${name}(?:-\\w+)*/`).test(file));
  const loaders = Object.entries(inputs).flatMap(([file, { imports }]) =>
    own.includes(file) ? [] : imports.filter((each) => own.includes(each.path)).map(({ kind }) => `${file} ${kind}`),
  );
  return [...new Set(loaders)].join() === `${only} dynamic-import` ? own : [];
};

describe('the bundled cloud code', () => {
  it('has no way to a socket but our transport', () => {
    expect(waysToASocket(metafile)).toEqual(['src/cloud/transport/http.ts', 'src/cloud/transport/proxy.ts']);
  });

  it('shares it with nothing else in the program but the simulated cloud’s server, an audit’s database and its queue', async () => {
    const whole = await esbuild.build({
      entryPoints: ['src/bin.ts', 'src/index.ts', 'src/sources/files/worker.ts'],
      bundle: true,
      format: 'esm',
      platform: 'node',
      outdir: folder,
      write: false,
      metafile: true,
      alias,
      plugins: [forEsbuild()],
    });
    const ways = waysToASocket(whole.metafile).filter((file) => !QUEUE.test(file));
    expect(
      ways.filter((file) => !loadedBy('pg', 'src/audit/store/postgres.ts', whole.metafile).includes(file)),
    ).toEqual(['src/cloud/transport/http.ts', 'src/cloud/transport/proxy.ts', 'src/simulator/server.ts']);
    const inputs = Object.entries(whole.metafile.inputs);
    const callers = inputs
      .filter(([file, { imports }]) => !QUEUE.test(file) && imports.some((each) => QUEUE.test(each.path)))
      .map(([file]) => path.dirname(file));
    expect(new Set(callers)).toEqual(new Set(['src/audit/queue']));
    // Nor does it start programs or threads.
    const starts = /^(?:node:)?(?:child_process|cluster|worker_threads)$/;
    const starters = inputs.filter(
      ([file, { imports }]) => QUEUE.test(file) && imports.some((each) => starts.test(each.path)),
    );
    expect(starters.map(([file]) => file)).toEqual([]);
  });

  it('holds none of the SDK’s own clients', () => {
    const clients = /node_modules\/(?:httpx|ws|socks|socks-proxy-agent|agent-base|https?-proxy-agent)\//;
    expect(Object.keys(metafile.inputs).filter((file) => clients.test(file))).toEqual([]);
    expect(Object.keys(metafile.inputs)).toContain('src/cloud/transport/httpx.ts');
  });

  it('calls no url.parse, of which Node 24 warns on standard error', () => {
    const parsers = Object.entries(metafile.inputs)
      .filter(([, { imports }]) => imports.some((each) => /^(?:node:)?url$/.test(each.path)))
      .map(([file]) => file);
    expect(parsers).toEqual([]);
  });

  it('starts programs in one place only, for profiles that name one', () => {
    const starters = Object.entries(metafile.inputs)
      .filter(([, { imports }]) =>
        imports.some((each) => /^(?:node:)?(?:child_process|cluster|worker_threads)$/.test(each.path)),
      )
      .map(([file]) => file);
    expect(starters).toEqual(['node_modules/@alicloud/credentials/dist/src/providers/external.js']);
  });

  it('keeps the SDK in a chunk of its own', () => {
    const main = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined);
    expect(Object.keys(main?.inputs ?? {}).filter((file) => file.includes('node_modules'))).toEqual([]);
    expect(main?.imports.filter(({ kind }) => kind === 'dynamic-import')).toHaveLength(1);
  });

  it('works, and prints no signature with DEBUG set', async () => {
    const cloud = testCloud();
    const simulator = await simulate(cloud.world);
    const credential = { accessKeyId: cloud.active.id, secret: cloud.active.secret, token: null };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [path.join(folder, 'stdin.mjs'), JSON.stringify({ credential, endpoints: endpointsOf(simulator.url) })],
      {
        env: {
          NODE_OPTIONS: '--throw-deprecation',
          PATH: process.env['PATH'],
          HOME: folder,
          DEBUG: '*',
          NODE_DEBUG: 'http,https,net,tls',
          ALIBABA_CLOUD_ACCESS_KEY_ID: cloud.auditor.id,
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: cloud.auditor.secret,
        },
      },
    );
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { state: 'live', user: 'alice', secretProven: true } });
    expect(stdout + stderr).not.toMatch(/Signature|authorization/i);
    for (const { secret } of [cloud.active, cloud.auditor]) expect(stdout + stderr).not.toContain(secret);
  });

  it('prints neither signature nor token of a role with DEBUG set, nor puts them into a URL', async () => {
    const cloud = testCloud();
    const assumer = newKey();
    const account = newAccount('7777777777777777', {
      users: [newUser('assumer', { keys: [assumer], allow: ['sts:AssumeRole'] })],
      roles: [{ name: 'reader', maxSession: 3600 }],
    });
    const simulator = await simulate({ accounts: [cloud.account, account] });
    const credential = { accessKeyId: cloud.active.id, secret: cloud.active.secret, token: null };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [path.join(folder, 'stdin.mjs'), JSON.stringify({ credential, endpoints: endpointsOf(simulator.url) })],
      {
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          DEBUG: '*',
          NODE_DEBUG: 'http,https,net,tls,stream,url',
          ALIBABA_CLOUD_ACCESS_KEY_ID: assumer.id,
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: assumer.secret,
          ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::7777777777777777:role/reader',
        },
      },
    );
    const { secret, token } = account.sessions[0] ?? {};
    expect(simulator.requests.map(({ action, status }) => `${action} ${status}`)).toContain('AssumeRole 200');
    expect(stdout + stderr).not.toMatch(/Signature|authorization|SecurityToken/i);
    for (const each of [cloud.active.secret, assumer.secret, secret, token]) {
      expect(each).toBeDefined();
      expect(stdout + stderr).not.toContain(each);
    }
  });
});
