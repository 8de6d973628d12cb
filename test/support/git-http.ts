// A server on loopback that gives repositories out as a forge does: git's own `http-backend` (git-http-backend, a CGI program)
// behind Node's HTTP server.

import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GitServer {
  /** `http://127.0.0.1:PORT`; `${url}/team/app.git` is the repository in `root/team/app.git`. */
  readonly url: string;
  /** `GET /team/app.git/info/refs?service=git-upload-pack`, in the order they came. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface GitServerOptions {
  /** The folder whose repositories are given out, bare or not. */
  readonly root: string;
  /** Who may read; everybody when absent. Others are told 401. */
  readonly auth?: { readonly username: string; readonly password: string };
  /** Answers in git's place when it gives true: an error, a redirect, nothing at all for a while. */
  readonly onRequest?: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;
}

export const startGitServer = async ({ root, auth, onRequest }: GitServerOptions): Promise<GitServer> => {
  const requests: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(`${request.method} ${request.url}`);
    if ((await onRequest?.(request, response)) === true) return;
    if (auth !== undefined && !isAllowed(request, auth)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
    } else serve(root, request, response);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const isAllowed = (request: IncomingMessage, { username, password }: NonNullable<GitServerOptions['auth']>): boolean =>
  request.headers.authorization?.replace(/^basic /i, '') === Buffer.from(`${username}:${password}`).toString('base64');

/** One request, one process; it prints headers, an empty line and the body (RFC 3875). */
const serve = (root: string, request: IncomingMessage, response: ServerResponse): void => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { 'content-encoding': encoding, 'content-length': length, 'content-type': type } = request.headers;
  const protocol = request.headers['git-protocol'];
  const backend = spawn('git', ['-c', 'safe.directory=*', '-c', 'uploadpack.allowFilter=true', 'http-backend'], {
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      REMOTE_ADDR: '127.0.0.1',
      ...(type === undefined ? {} : { CONTENT_TYPE: type }),
      ...(length === undefined ? {} : { CONTENT_LENGTH: length }),
      ...(encoding === undefined ? {} : { HTTP_CONTENT_ENCODING: encoding }),
      ...(typeof protocol === 'string' ? { HTTP_GIT_PROTOCOL: protocol } : {}),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(backend.stdin);
  backend.stdin.on('error', () => {});
  backend.on('error', () => response.destroy());
  response.on('close', () => backend.kill());
  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    backend.stdout.off('data', readHead);
    const headers = head
      .toString('latin1', 0, end)
      .split('\r\n')
      .map((line) => line.split(/:\s*/, 2) as [string, string]);
    const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200';
    for (const [name, value] of headers) if (name.toLowerCase() !== 'status') response.setHeader(name, value);
    response.writeHead(Number.parseInt(status, 10));
    response.write(head.subarray(end + 4));
    backend.stdout.pipe(response);
  };
  backend.stdout.on('data', readHead);
  backend.stdout.on('end', () => response.end());
};
