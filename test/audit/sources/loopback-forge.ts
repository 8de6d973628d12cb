// A forge on loopback: answers by path and query, remembers who asked what, and how to ask it.

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { listRepositories } from '../../../src/audit/sources/list.js';
import { parseSpec } from '../../../src/audit/sources/spec.js';
import type { Listed, ListOptions } from '../../../src/audit/sources/types.js';
import { send } from '../../../src/cloud/transport/http.js';

export interface Asked {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text as it is. */
  readonly body?: unknown;
  /** Cuts the connection instead. */
  readonly cut?: boolean;
}

export interface LoopbackForge {
  readonly url: string;
  readonly host: string;
  readonly asked: readonly Asked[];
}

export type Answer = (
  request: Asked & { readonly path: string; readonly query: URLSearchParams; readonly base: string },
) => Reply | null;

export const startForge = async (answer: Answer): Promise<LoopbackForge> => {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body };
      asked.push(one);
      const { pathname, searchParams } = new URL(one.url, 'http://localhost');
      const reply = answer({ ...one, path: pathname, query: searchParams, base: `http://${request.headers.host}` });
      const {
        status = 200,
        headers = {},
        body: content,
        cut = false,
      } = reply ?? { status: 404, body: { message: 'Not Found' } };
      if (cut) return void request.socket.destroy();
      const text = typeof content === 'string' ? content : JSON.stringify(content ?? null);
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, asked };
};

export interface Listing {
  readonly listed: readonly Listed[];
  /** What was waited for, in milliseconds. */
  readonly waits: readonly number[];
  /** What was shown meanwhile. */
  readonly shown: readonly string[];
}

export const settings = (given: Partial<ListOptions> = {}): ListOptions => ({
  include: [],
  exclude: [],
  visibility: 'any',
  archived: 'include',
  forks: 'include',
  since: null,
  maxRepoSizeBytes: null,
  wiki: false,
  snippets: false,
  pullRequests: false,
  env: {},
  signal: new AbortController().signal,
  progress: { update: () => {} },
  http: send,
  ...given,
});

/** Lists sources to their end; nothing is waited for. */
export const list = async (specs: readonly string[], given: Partial<ListOptions> = {}): Promise<Listing> => {
  const waits: number[] = [];
  const shown: string[] = [];
  const options = settings({
    progress: { update: (text) => void shown.push(text) },
    wait: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
    },
    ...given,
  });
  const listed: Listed[] = [];
  for await (const each of listRepositories(specs.map(parseSpec), options)) listed.push(each);
  return { listed, waits, shown };
};

export const repositoriesIn = ({ listed }: Listing) =>
  listed.flatMap((each) => (each.kind === 'repository' ? [each.repository] : []));

export const unlistedIn = ({ listed }: Listing) => listed.flatMap((each) => (each.kind === 'unlisted' ? [each] : []));

/** Some of a list, as pages are. */
export const slice = <T>(all: readonly T[], page: number, size: number): readonly T[] =>
  all.slice((page - 1) * size, page * size);
