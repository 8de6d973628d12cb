// What the client libraries of two forges bring along, as the bundler makes it.

import esbuild, { type Metafile } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error a plain script shared with the build
import { alias, forEsbuild } from '../../../scripts/virtual-modules.mjs';

const SOCKETS = /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|dns\/promises|inspector)$|^undici$/;
const PROGRAMS = /^(?:node:)?child_process$/;

let metafile: Metafile;

beforeAll(async () => {
  const result = await esbuild.build({
    entryPoints: ['src/audit/sources/list.ts', 'src/audit/sources/credentials.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    outdir: 'dist',
    write: false,
    metafile: true,
    alias,
    plugins: [forEsbuild()],
  });
  metafile = result.metafile;
});

const importing = (pattern: RegExp): readonly string[] =>
  Object.entries(metafile.inputs)
    .filter(([, { imports }]) => imports.some(({ path }) => pattern.test(path)))
    .map(([file]) => file)
    .sort();

describe('the bundled sources of an audit', () => {
  it('have no way to a socket but our transport, and start no program but git', () => {
    expect(importing(SOCKETS)).toEqual(['src/cloud/transport/http.ts', 'src/cloud/transport/proxy.ts']);
    expect(importing(PROGRAMS)).toEqual([]);
  });

  it('load a client library only when its forge is asked', () => {
    const entries = Object.values(metafile.outputs).filter(({ entryPoint }) =>
      /^src\/audit\/sources\/(?:list|credentials)\.ts$/.test(entryPoint ?? ''),
    );
    const clients = /node_modules\/(?:@octokit|@gitbeaker|rate-limiter-flexible|qs)\//;
    expect(entries).toHaveLength(2);
    const loaded = (output: string, met = new Set<string>()): ReadonlySet<string> => {
      if (met.has(output)) return met;
      met.add(output);
      for (const { path, kind } of metafile.outputs[output]?.imports ?? [])
        if (kind === 'import-statement') loaded(path, met);
      return met;
    };
    const files = Object.entries(metafile.outputs)
      .filter(([, output]) => entries.includes(output))
      .flatMap(([name]) => [...loaded(name)])
      .flatMap((name) => Object.keys(metafile.outputs[name]?.inputs ?? {}));
    expect(files.filter((file) => clients.test(file))).toEqual([]);
    expect(Object.keys(metafile.inputs).some((file) => clients.test(file))).toBe(true);
  });
});
