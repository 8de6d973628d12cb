// What is put on the wire for each place: its form, its signature, its limits.

import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../src/audit/notify/message.js';
import { keyNews } from '../../../src/audit/notify/news.js';
import type { Address, Outgoing, Surface, ToTell } from '../../../src/audit/notify/surface.js';
import { dingtalk } from '../../../src/audit/notify/surfaces/dingtalk.js';
import { feishu } from '../../../src/audit/notify/surfaces/feishu.js';
import { slack } from '../../../src/audit/notify/surfaces/slack.js';
import { webhook } from '../../../src/audit/notify/surfaces/webhook.js';
import { wecom } from '../../../src/audit/notify/surfaces/wecom.js';
import type { Finding } from '../../../src/findings/model.js';
import { HOSTILE, pair, place, ROOT, withVerdict } from '../../support/report-samples.js';

const AT = new Date(1_700_000_000_123);
const SECRET = 'SEC-for-a-test';
const TO: Address = { url: new URL('https://chat.example/send?key=token'), secret: SECRET };
const SURFACES: readonly (readonly [string, Surface])[] = [
  ['dingtalk', dingtalk],
  ['feishu', feishu],
  ['wecom', wecom],
  ['slack', slack],
  ['webhook', webhook],
];

const toldOf = (findings: readonly Finding[], source = 'github:acme'): ToTell => {
  const news = {
    sources: [source],
    counts: { repositories: 3, findings: 3, live: 2, root: 1 },
    reportUrl: 'https://ci.example/report?a=1&b=2',
  };
  const keys = keyNews(findings);
  return { news, keys, message: messageOf(news, keys), id: 'one' };
};

const hostile = (text: string): Finding =>
  withVerdict(
    pair({
      target: text,
      occurrences: [place({ author: text, date: text }), place({ author: `2${text}`, target: `2${text}` })],
    }),
    { ...ROOT, user: text, account: text },
  );

const jsonIn = ({ body }: Outgoing) => JSON.parse(body.toString());

/** Every string of a message, at any depth. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe('signatures', () => {
  // The expected values come from Python's hmac.
  it('signs for DingTalk in the address, and keeps the token there', () => {
    const { url } = dingtalk.write(toldOf([pair()]), TO, AT);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      key: 'token',
      timestamp: '1700000000123',
      sign: 'MQOszgO0d8Vl22hfpJiIwnqERVB/w6N2MxB8ge6eBq4=',
    });
    expect(url.href).toContain('sign=MQOszgO0d8Vl22hfpJiIwnqERVB%2Fw6N2MxB8ge6eBq4%3D');
    expect(TO.url.href).toBe('https://chat.example/send?key=token');
  });

  it('signs for Feishu in the body', () => {
    expect(jsonIn(feishu.write(toldOf([pair()]), TO, AT))).toMatchObject({
      timestamp: '1700000000',
      sign: 'QDK9xcoQ89+5QOhtv9EqbZXPgdTHoO2qGt5paLCt4Jo=',
    });
  });

  it.each([dingtalk, feishu])('sends without a signature where there is no secret', (surface) => {
    const written = surface.write(toldOf([pair()]), { ...TO, secret: null }, AT);
    expect(`${written.url.href}${written.body}`).not.toMatch(/sign|timestamp/);
  });
});

describe.each(SURFACES)('a message for %s', (name, surface) => {
  it('never holds the address it goes to, or the secret', () => {
    const { headers, body } = surface.write(toldOf([pair()]), TO, AT);
    expect(`${JSON.stringify(headers)}${body}`).not.toMatch(/token|SEC-for-a-test/);
  });

  it('links to the report', () => {
    expect(surface.write(toldOf([pair()]), TO, AT).body.toString()).toMatch(
      /https:\/\/ci\.example\/report\?a=1(&|&amp;)b=2/,
    );
  });

  it.each(HOSTILE)('stays within its limits, whatever people are called: %s', (_, text) => {
    const findings = Array.from({ length: 60 }, () => hostile(text));
    const { body } = surface.write(toldOf(findings, text), TO, AT);
    const written = JSON.parse(body.toString());
    const most = {
      dingtalk: 20_000,
      feishu: 20_000,
      wecom: Number.POSITIVE_INFINITY,
      slack: 60_000,
      webhook: 256 << 10,
    };
    expect(body.length).toBeLessThanOrEqual(most[name as keyof typeof most]);
    if (name === 'wecom') expect(Buffer.byteLength(written.markdown.content)).toBeLessThanOrEqual(4_096);
    if (name !== 'webhook') expect(body.toString()).toMatch(/And \d+ more/);
  });
});

describe('what strangers write', () => {
  it.each(HOSTILE)('is no markup in the chats: %s', (_, text) => {
    for (const [name, surface] of SURFACES) {
      if (name === 'webhook') continue;
      const quiet = textsIn(jsonIn(surface.write(toldOf([hostile('x')]), TO, AT))).join('\n');
      const loud = textsIn(jsonIn(surface.write(toldOf([hostile(text)], text), TO, AT))).join('\n');
      // Our own markup is there as often as when nobody is hostile.
      for (const mark of ['<', '[', '](', '@', '`', '**', '###', '://', '|', '\n']) {
        expect([name, mark, loud.split(mark).length]).toEqual([name, mark, quiet.split(mark).length]);
      }
    }
  });
});

describe('a message for Slack', () => {
  it('keeps to 50 blocks, 150 characters a header and 3,000 a section', () => {
    const findings = Array.from({ length: 300 }, () => hostile('y'.repeat(500)));
    const { blocks } = jsonIn(slack.write(toldOf(findings), TO, AT));
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const { type, text } of blocks) {
      expect(text.text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3_000);
    }
  });
});

describe('a message for WeCom', () => {
  it('keeps to 4,096 bytes, at the worst without its link', () => {
    const told = toldOf([hostile('😀'.repeat(500))], '😀'.repeat(500));
    const long = { ...told, message: { ...told.message, reportUrl: `https://ci.example/${'r'.repeat(1_900)}` } };
    const { content } = jsonIn(wecom.write(long, TO, AT)).markdown;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4_096);
    expect(content).toContain('akscan: 1 new live AccessKey');
  });
});

describe.each(SURFACES)('the sources in a message for %s', (_, surface) => {
  it('are without the token of an address, and few', () => {
    const told = toldOf([pair()], 'https://me:source-token@git.example/x.git');
    const sources = Array.from({ length: 5_000 }, () => told.news.sources[0] ?? '');
    const many = { ...told, news: { ...told.news, sources } };
    const { body } = surface.write(many, TO, AT);
    expect(body.toString()).not.toContain('source-token');
    expect(body.length).toBeLessThan(20_000);
  });
});

describe('a message for DingTalk', () => {
  it('calls nobody', () => {
    expect(jsonIn(dingtalk.write(toldOf([pair()]), TO, AT)).at).toEqual({
      atMobiles: [],
      atUserIds: [],
      isAtAll: false,
    });
  });
});

describe('a message for a webhook of one’s own', () => {
  it('is signed over the time and the body', () => {
    const { headers, body } = webhook.write(toldOf([pair()]), TO, AT);
    const expected = createHmac('sha256', SECRET)
      .update(Buffer.concat([Buffer.from('1700000000.'), body]))
      .digest('hex');
    expect(headers).toMatchObject({
      'x-akscan-timestamp': '1700000000',
      'x-akscan-signature': `v1=${expected}`,
      'x-akscan-delivery': 'one',
    });
  });

  it('holds the facts', () => {
    const root = withVerdict(pair({ target: 'https://github.com/acme/pay' }), ROOT);
    expect(jsonIn(webhook.write(toldOf([root, pair()]), TO, AT))).toMatchObject({
      type: 'new-live-keys',
      schema: 1,
      sources: ['github:acme'],
      counts: { newLive: 2, newRoot: 1, repositories: 3, live: 2 },
      keys: [
        { root: true, state: 'live', account: '1234567890123456', repositories: ['https://github.com/acme/pay'] },
        {},
      ],
      leftOut: 0,
    });
  });
});
