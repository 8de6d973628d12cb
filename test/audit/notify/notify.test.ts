// Told over real HTTP on loopback, by servers that answer as the real ones do.

import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { News } from '../../../src/audit/notify/news.js';
import { notify } from '../../../src/audit/notify/notify.js';
import { type NotifyKind, notifyVariables, parseNotify } from '../../../src/audit/notify/target.js';
import { pair, ROOT, withVerdict } from '../../support/report-samples.js';

const TOKEN = 'token0123456789abcdef';
const SECRET = 'secret-of-the-robot';

const NEWS: News = {
  sources: ['github:acme'],
  newLive: [withVerdict(pair(), ROOT)],
  counts: { repositories: 3, findings: 1, live: 1, root: 1 },
  reportUrl: null,
};

interface Told {
  readonly url: URL;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

type Answering = (told: Told, turn: number, response: http.ServerResponse) => void;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server, and what it was told. */
const serving = async (answer: Answering): Promise<{ readonly told: Told[]; readonly url: string }> => {
  const told: Told[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const each = { url, headers: request.headers, body: Buffer.concat(chunks).toString() };
      told.push(each);
      answer(each, told.length, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { told, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/${TOKEN}?key=${TOKEN}` };
};

const targetOf = (kind: NotifyKind, url: string) => {
  const { address, secret } = notifyVariables(kind, null);
  return parseNotify(kind, { [address]: url, ...(secret === null ? {} : { [secret]: SECRET }) });
};

const waits: number[] = [];
const DEPS = {
  signal: new AbortController().signal,
  sleep: async (milliseconds: number) => void waits.push(milliseconds),
};

const tell = async (kind: NotifyKind, answer: Answering) => {
  waits.length = 0;
  const { told, url } = await serving(answer);
  const [result] = await notify([targetOf(kind, url)], NEWS, DEPS);
  return { told, result };
};

const json =
  (value: unknown, status = 200, headers: http.OutgoingHttpHeaders = {}): Answering =>
  (_, __, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

const ACCEPTING: readonly (readonly [NotifyKind, Answering])[] = [
  ['dingtalk', json({ errcode: 0, errmsg: 'ok' })],
  ['feishu', json({ StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' })],
  ['lark', json({ code: 0, msg: 'success' })],
  ['wecom', json({ errcode: 0, errmsg: 'ok' })],
  ['slack', (_, __, response) => response.end('ok')],
  ['webhook', (_, __, response) => response.writeHead(204).end()],
];

describe('notify', () => {
  it.each(ACCEPTING)('tells %s once', async (kind, answer) => {
    const { told, result } = await tell(kind, answer);
    expect(result).toEqual({ target: kind, ok: true, reason: null });
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toContain('live');
  });

  it('tells nobody when there is no new live key', async () => {
    const { told, url } = await serving(json({ errcode: 0 }));
    expect(await notify([targetOf('dingtalk', url)], { ...NEWS, newLive: [] }, DEPS)).toEqual([]);
    expect(told).toEqual([]);
  });

  it('tells a place once, however often it is named', async () => {
    const { told, url } = await serving(json({ errcode: 0 }));
    const target = targetOf('wecom', url);
    expect(await notify([target, target], NEWS, DEPS)).toHaveLength(1);
    expect(told).toHaveLength(1);
  });

  it('tells the others when one cannot be told', async () => {
    const good = await serving(json({ errcode: 0 }));
    const bad = await serving(json({ errcode: 310_000, errmsg: 'sign not match' }));
    const results = await notify([targetOf('dingtalk', bad.url), targetOf('wecom', good.url)], NEWS, DEPS);
    expect(results.map(({ target, ok }) => [target, ok])).toEqual([
      ['dingtalk', false],
      ['wecom', true],
    ]);
  });

  it.each<readonly [NotifyKind, Answering, RegExp]>([
    ['dingtalk', json({ errcode: 310_000, errmsg: 'sign not match' }), /310000: sign not match\.$/],
    ['feishu', json({ code: 19_021, msg: 'sign match fail', data: {} }), /19021: sign match fail\.$/],
    ['wecom', json({ errcode: 93_000, errmsg: 'invalid webhook url' }), /93000: invalid webhook url\.$/],
    ['slack', (_, __, response) => response.end('<html>Sign in</html>'), /something else than "ok"/],
    ['dingtalk', (_, __, response) => response.end('<html>Sign in</html>'), /something else/],
    ['dingtalk', json(null), /something else/],
    ['slack', (_, __, response) => response.writeHead(404).end('no_service'), /answered 404: no_service\.$/],
    ['webhook', (_, __, response) => response.writeHead(403).end('<html>'), /answered 403\.$/],
  ])('takes no refusal for success, and does not insist: %s', async (kind, answer, reason) => {
    const { told, result } = await tell(kind, answer);
    expect(result?.ok).toBe(false);
    expect(result?.reason).toMatch(reason);
    expect(told).toHaveLength(1);
  });

  it('tries again when the server says that it took nothing, with a new signature and the same name', async () => {
    const { told, result } = await tell('webhook', (_, turn, response) => {
      const [status, headers] = turn === 1 ? [429, { 'retry-after': '7' }] : turn === 2 ? [503, {}] : [200, {}];
      response.writeHead(status, headers as http.OutgoingHttpHeaders).end();
    });
    expect([result?.ok, told.length, waits]).toEqual([true, 3, [7_000, 4_000]]);
    expect(new Set(told.map(({ headers }) => headers['x-akscan-delivery'])).size).toBe(1);
    for (const { headers, body } of told) {
      const signed = createHmac('sha256', SECRET).update(`${headers['x-akscan-timestamp']}.${body}`).digest('hex');
      expect(headers['x-akscan-signature']).toBe(`v1=${signed}`);
    }
  });

  it('gives up after three attempts, and does not wait for an hour', async () => {
    const failing = await tell('slack', (_, __, response) => response.writeHead(500).end());
    expect([failing.told.length, failing.result?.reason]).toEqual([3, expect.stringMatching(/answered 500\.$/)]);
    const limited = await tell('slack', (_, __, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    expect([limited.told.length, waits]).toEqual([1, []]);
  });

  it('tries again when Feishu is busy', async () => {
    const { told, result } = await tell('feishu', (each, turn, response) =>
      json(turn === 1 ? { code: 11_232, msg: 'frequency limited' } : { code: 0 })(each, turn, response),
    );
    expect([result?.ok, told.length]).toEqual([true, 2]);
  });

  it('does not tell twice what may have arrived', async () => {
    const { told, result } = await tell('slack', (_, __, response) => response.destroy());
    expect(told).toHaveLength(1);
    expect(result?.reason).toMatch(/closed the connection.*it may have arrived\.$/);
  });

  it('follows no redirect', async () => {
    const elsewhere = await serving((_, __, response) => response.end('ok'));
    const { result } = await tell('slack', (_, __, response) =>
      response.writeHead(307, { location: elsewhere.url }).end(),
    );
    expect(result?.reason).toMatch(/redirect/);
    expect(elsewhere.told).toEqual([]);
  });

  it('reads no answer without end', async () => {
    const { told, result } = await tell('dingtalk', (_, __, response) =>
      response.end(Buffer.alloc((1 << 20) + 1, 'x')),
    );
    expect([told.length, result?.reason]).toEqual([
      1,
      expect.stringMatching(/sent more than 1 MiB; it may have arrived/),
    ]);
  });

  it('says that nobody is there', async () => {
    const [result] = await notify([targetOf('slack', 'http://127.0.0.1:1/x')], NEWS, DEPS);
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(/cannot be reached/) });
  });

  it('shows neither token nor secret of what it could not tell', async () => {
    const answers: readonly Answering[] = [
      (told, _, response) => response.end(JSON.stringify({ errcode: 1, errmsg: `no ${told.url.href} ${SECRET}` })),
      (told, _, response) => response.writeHead(404).end(`no hook at ${told.url.href}`),
      (_, __, response) => response.destroy(),
      (told, _, response) => response.writeHead(302, { location: told.url.href }).end(),
    ];
    for (const answer of answers) {
      const { result } = await tell('dingtalk', answer);
      expect(result?.ok).toBe(false);
      expect(result?.reason).not.toMatch(new RegExp(`${TOKEN.slice(0, 8)}|${SECRET.slice(0, 10)}`));
    }
  });

  it('writes out what would move the cursor', async () => {
    const { result } = await tell('wecom', json({ errcode: 1, errmsg: '\u001B[2Jhello' }));
    expect(result?.reason).toContain('\\u{1b}[2Jhello');
  });

  it('ends at once when the run is stopped', async () => {
    const stop = new AbortController();
    const { told, url } = await serving((_, __, response) => {
      response.writeHead(503).end();
      setImmediate(() => stop.abort());
    });
    const [result] = await notify([targetOf('slack', url)], NEWS, { signal: stop.signal });
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(/stopped/) });
    expect(told).toHaveLength(1);
  });
});
