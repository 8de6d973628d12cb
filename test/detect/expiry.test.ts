import { describe, expect, it } from 'vitest';
import { judgeWindow } from '../../src/detect/window.js';
import { createTools } from '../support/detection.js';
import { createKeys } from '../support/keys.js';

const tools = createTools();
const keys = createKeys(62);
const made = () => ({ id: keys.stsId(), secret: keys.stsSecret(), token: keys.stsToken() });
const claims = (text: string): readonly (string | undefined)[] =>
  judgeWindow(Buffer.from(text), 0, tools).map(({ claimedExpiry }) => claimedExpiry);

const AT = '2026-01-02T03:04:05Z';
const SECONDS = Date.parse(AT) / 1000;

describe('the expiry beside a temporary key', () => {
  const { id, secret, token } = made();
  const json = (expiration: string): string =>
    JSON.stringify({
      Credentials: { SecurityToken: token, AccessKeyId: id, AccessKeySecret: secret, Expiration: expiration },
    });

  it.each([
    ['of an AssumeRole answer', json(AT)],
    ['written over lines', JSON.stringify(JSON.parse(json(AT)), null, 2)],
    ['inside a string', JSON.stringify({ answer: json(AT) })],
    ['in base64', Buffer.from(json(AT)).toString('base64')],
    [
      'in XML',
      `<Credentials><AccessKeyId>${id}</AccessKeyId><AccessKeySecret>${secret}</AccessKeySecret><Expiration>${AT}</Expiration></Credentials>`,
    ],
    ['before the key', `expiration = ${AT}\naccess_key_id = ${id}\naccess_key_secret = ${secret}\n`],
    ['of the command line tool', `access_key_id: ${id}\naccess_key_secret: ${secret}\nsts_expiration: ${SECONDS}\n`],
    ['in milliseconds', `accessKeyId: "${id}", accessKeySecret: "${secret}", expireTime: ${SECONDS}000`],
    ['with a zone', json('2026-01-02T11:04:05+08:00')],
    ['with a short zone and parts of a second', json('2026-01-02 11:04:05.123+0800')],
    ['beside an ID alone', `{"AccessKeyId":"${id}","Expiration":"${AT}"}`],
  ])('is read %s', (_, text) => {
    expect(claims(text)).toEqual([AT]);
  });

  it.each([
    ['without a zone', json('2026-01-02 03:04:05')],
    ['of a duration', `{"AccessKeyId":"${id}","AccessKeySecret":"${secret}","ExpiresIn":3600}`],
    ['of another century', json('1926-01-02T03:04:05Z')],
    ['that is no day', json('2026-13-42T03:04:05Z')],
    ['of a longer number', `id: ${id}\nsecret: ${secret}\nexpires: ${SECONDS}00001\n`],
    ['far away', `id: ${id}\nsecret: ${secret}\n${'x y\n'.repeat(5_000)}expiration: ${AT}\n`],
  ])('is none %s', (_, text) => {
    expect(claims(text).slice(0, 1)).toEqual([undefined]);
  });

  it('belongs to one of two keys, in the order of the text', () => {
    const [one, two] = [made(), made()];
    const entry = ({ id, secret, token }: ReturnType<typeof made>, at: string): string =>
      `id: ${id}\nsecret: ${secret}\ntoken: ${token}\n${at === '' ? '' : `expiration: ${at}\n`}`;
    const later = '2026-02-02T03:04:05Z';
    expect(claims(entry(one, AT) + entry(two, later))).toEqual([AT, later]);
    expect(claims(entry(one, '') + entry(two, later))).toEqual([undefined, later]);
    expect(claims(entry(one, AT) + entry(two, ''))).toEqual([AT, undefined]);
  });

  it('is not read beside a key that lasts', () => {
    expect(
      claims(`{"AccessKeyId":"${keys.id24()}","AccessKeySecret":"${keys.secret30()}","Expiration":"${AT}"}`),
    ).toEqual([undefined]);
  });

  it('takes linear time over many keys on one line', () => {
    const text = Array.from({ length: 2_000 }, () => `{"id":"${keys.stsId()}","Expiration":"${AT}"}`).join(',');
    expect(new Set(claims(text))).toEqual(new Set([AT]));
  });
});
