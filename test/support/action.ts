// Runs the Action's bundle as the runner of GitHub Actions does: its environment, the file of the event, the files that a step
// writes to, and a stub of the REST API on loopback.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { git, temporaryFolder } from './repository.js';

/** Builds what action.yml names. */
export const buildAction = (folder: string): string => {
  execFileSync(process.execPath, ['scripts/build-action.mjs', folder], { stdio: 'inherit' });
  return path.join(folder, 'index.mjs');
};

export interface Step {
  /** The workspace. */
  readonly cwd: string;
  readonly event: string;
  readonly payload?: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Another Node. */
  readonly node?: string;
}

export interface Stepped {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the log would show: masks and all, without the lines that set them. */
  readonly log: string;
  /** The commands, without masks. */
  readonly commands: readonly string[];
  readonly masks: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly temp: string;
}

export const runStep = async (bundle: string, { cwd, event, payload = {}, inputs = {}, env = {}, node }: Step) => {
  const temp = temporaryFolder();
  const files = {
    event: path.join(temp, 'event.json'),
    output: path.join(temp, 'out'),
    summary: path.join(temp, 'sum'),
  };
  writeFileSync(files.event, JSON.stringify(payload));
  writeFileSync(files.output, '');
  writeFileSync(files.summary, '');
  mkdirSync(path.join(temp, 'runner'));
  const child = spawn(node ?? process.execPath, [bundle], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: cwd,
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: files.event,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_REPOSITORY: 'wei/shop',
      GITHUB_RUN_ID: '1000',
      RUNNER_TEMP: path.join(temp, 'runner'),
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...env,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const lines = stdout.split('\n');
  const masks = lines.filter((line) => line.startsWith('::add-mask::')).map((line) => line.slice(12));
  return {
    code,
    stdout,
    stderr,
    log: lines.filter((line) => !line.startsWith('::add-mask::')).join('\n') + stderr,
    commands: lines.filter((line) => /^\s*(?:::|##\[)/.test(line) && !line.startsWith('::add-mask::')),
    masks,
    outputs: outputsIn(readFileSync(files.output, 'utf8')),
    summary: readFileSync(files.summary, 'utf8'),
    temp,
  } satisfies Stepped;
};

/** As the runner reads them: `name<<delimiter`, lines, the delimiter. */
const outputsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [name, value]),
  );

/** `git clone` as actions/checkout leaves it: one ref, detached, `depth` commits (0: all branches and all of the history). */
export const checkout = (origin: string, ref: string, depth: number): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'akscan-checkout-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  git(folder, 'init', '--quiet');
  git(folder, 'remote', 'add', 'origin', pathToFileURL(origin).href);
  const all = depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*'] : [];
  const limit = depth === 0 ? [] : [`--depth=${depth}`];
  const oid = /^[0-9a-f]{40}$/.test(ref);
  const into = `refs/remotes/${ref.replace(/^refs\/(?:heads\/)?/, ref.startsWith('refs/heads/') ? 'origin/' : '')}`;
  git(folder, 'fetch', '--quiet', '--no-tags', ...limit, 'origin', ...all, oid ? ref : `+${ref}:${into}`);
  git(folder, 'checkout', '--quiet', '--detach', oid ? ref : into);
  return folder;
};

export interface StubComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: string };
}

export interface StubApi {
  readonly url: string;
  readonly comments: StubComment[];
  readonly requests: { readonly method: string; readonly path: string; readonly token: string }[];
  /** Answers instead of the stub where it gives a status. */
  fault: ((request: { readonly method: string; readonly path: string }) => Fault | null) | null;
}

export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The comments of one pull request, in pages as GitHub gives them. */
export const startApi = async (): Promise<StubApi> => {
  let last = 1_000;
  const api: StubApi = { url: '', comments: [], requests: [], fault: null };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
    const method = request.method ?? '';
    api.requests.push({ method, path: request.url ?? '', token: request.headers.authorization ?? '' });
    const body = await bodyOf(request);
    const answer = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(value === null ? '' : JSON.stringify(value));
    };
    const fault = api.fault?.({ method, path: pathname }) ?? null;
    if (fault !== null) {
      response.writeHead(fault.status, fault.headers);
      return response.end(fault.body ?? '{}');
    }
    if (pathname === '/user') return answer(403, { message: 'Resource not accessible by integration' });
    const id = Number(/\/issues\/comments\/(\d+)$/.exec(pathname)?.[1] ?? 0);
    const index = api.comments.findIndex((comment) => comment.id === id);
    if (method === 'GET') {
      const size = Number(searchParams.get('per_page') ?? 30);
      const page = Number(searchParams.get('page') ?? 1);
      const more = page * size < api.comments.length;
      const link = { link: `<${api.url}${pathname}?page=${page + 1}>; rel="next"` };
      return answer(200, api.comments.slice((page - 1) * size, page * size), more ? link : {});
    }
    if (method === 'POST') {
      last += 1;
      const user = { login: 'github-actions[bot]', type: 'Bot' };
      const made = { id: last, body: JSON.parse(body).body as string, user };
      api.comments.push(made);
      return answer(201, made);
    }
    const comment = api.comments[index];
    if (comment === undefined) return answer(404, { message: 'Not Found' });
    if (method === 'PATCH') comment.body = JSON.parse(body).body as string;
    else api.comments.splice(index, 1);
    return method === 'PATCH' ? answer(200, comment) : answer(204, null);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  Object.assign(api, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return api;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};
