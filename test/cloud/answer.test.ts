import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/cloud/answer.js';

const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
  readAnswer({ status, headers, body: Buffer.from(body) }, 'sts.example');

describe('readAnswer', () => {
  it('reads JSON and XML, and a byte order mark before them', () => {
    expect(answer(200, '{"Arn":"x"}')).toEqual({ kind: 'success', body: { Arn: 'x' } });
    expect(answer(200, '\ufeff {"Arn":"x"}')).toMatchObject({ kind: 'success' });
    const xml =
      "<?xml version='1.0' encoding='UTF-8'?><GetCallerIdentityResponse><Arn>a&amp;b</Arn></GetCallerIdentityResponse>";
    expect(answer(200, xml)).toEqual({ kind: 'success', body: { Arn: 'a&b' } });
  });

  it('reads errors in both, and with small letters', () => {
    const code = 'InvalidAccessKeyId.NotFound';
    for (const body of [
      `{"Code":"${code}","Message":"m"}`,
      `{"code":"${code}","message":"m"}`,
      `<Error><Code>${code}</Code><Message>m</Message></Error>`,
    ]) {
      expect(answer(404, body)).toMatchObject({ kind: 'error', status: 404, code, message: 'm' });
    }
  });

  it('reads what XML writes with attributes, prefixes and CDATA', () => {
    const body =
      '<?xml version="1.0"?><n:Error xmlns:n="urn:x"><n:Code a="b"><![CDATA[NoPermission]]></n:Code><n:Message>m</n:Message>' +
      '<n:AccessDeniedDetail><n:AuthAction>ram:GetUser</n:AuthAction></n:AccessDeniedDetail></n:Error>';
    expect(answer(403, body)).toMatchObject({ code: 'NoPermission', message: 'm', deniedAction: 'ram:GetUser' });
  });

  it.each(['utf-16le', 'utf-16be'] as const)('reads %s by its byte order mark', (charset) => {
    const bytes = Buffer.from('\ufeff{"Code":"NoPermission"}', 'utf16le');
    const body = charset === 'utf-16le' ? bytes : bytes.swap16();
    expect(readAnswer({ status: 403, headers: {}, body }, 'sts.example')).toMatchObject({ code: 'NoPermission' });
  });

  it('reads the charset that the header names, and UTF-8 for one that nobody knows', () => {
    const gbk = Buffer.from([0x7b, 0x22, 0x43, 0x6f, 0x64, 0x65, 0x22, 0x3a, 0x22, 0xd6, 0xd0, 0x22, 0x7d]);
    const read = (body: Buffer, charset: string) =>
      readAnswer({ status: 403, headers: { 'content-type': `text/xml;charset=${charset}` }, body }, 'sts.example');
    expect(read(gbk, 'GBK')).toMatchObject({ code: '中' });
    expect(read(Buffer.from('{"Code":"中"}'), 'utf-9')).toMatchObject({ code: '中' });
    expect(read(Buffer.from('\ufeff{"Code":"中"}'), 'gbk')).toMatchObject({ code: '中' });
  });

  it('does not read the code of something inside the envelope, nor one of two', () => {
    for (const body of [
      '<Error><Data><Code>InvalidAccessKeyId.NotFound</Code></Data></Error>',
      '<Error><Code>NoPermission</Code><Code>InvalidAccessKeyId.NotFound</Code></Error>',
      '{"Code":"NoPermission","code":"InvalidAccessKeyId.NotFound"}',
      '{"Error":{"Code":"InvalidAccessKeyId.NotFound"}}',
    ]) {
      expect(answer(404, body).kind, body).toBe('no-answer');
    }
  });

  it('takes an error inside a 200 for no answer', () => {
    const body = '{"Code":"InvalidAccessKeyId.NotFound","Message":"m","RequestId":"1"}';
    expect(answer(200, body)).toMatchObject({ kind: 'no-answer', why: expect.stringContaining('error inside') });
    expect(answer(200, '{"Code":"OK","Arn":"x"}').kind).toBe('success');
    expect(answer(200, '<Error><Code>x</Code></Error>').kind).toBe('no-answer');
  });

  it('takes the lines that Security Center shows for no error', () => {
    expect(answer(200, '{"AccesskeyId":"x","Code":"ak=1\\nsk=2"}').kind).toBe('success');
    expect(answer(200, '{"AccesskeyId":"x","Code":"NoPermission","Message":"m"}').kind).toBe('no-answer');
  });

  it('reads the permission that was missing', () => {
    const detail = { AccessDeniedDetail: { AuthAction: 'ram:GetUser' } };
    expect(answer(403, JSON.stringify({ Code: 'NoPermission', ...detail }))).toMatchObject({
      deniedAction: 'ram:GetUser',
    });
    const odd = { AccessDeniedDetail: { AuthAction: 'ram:GetUser\u001b[31m' } };
    expect(answer(403, JSON.stringify({ Code: 'NoPermission', ...odd }))).toMatchObject({ deniedAction: null });
  });

  it('reads how long to wait and what time it is there', () => {
    const headers = { 'x-acs-retry-after': '1500', date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
    expect(answer(400, '{"Code":"Throttling"}', headers)).toMatchObject({
      retryAfterMs: 1_500,
      serverTime: Date.UTC(2026, 0, 1),
    });
    const nonsense = { 'x-acs-retry-after': '-1', date: 'soon' };
    expect(answer(400, '{"Code":"Throttling"}', nonsense)).toMatchObject({ retryAfterMs: null, serverTime: null });
  });

  it.each([
    [200, ''],
    [200, 'null'],
    [200, '[]'],
    [200, '"text"'],
    [200, '{"Arn":"x"'],
    [200, '<html></html>'],
    [200, '<Error><Code>x</Code>'],
    [204, '{"Arn":"x"}'],
    [201, '{"Arn":"x"}'],
    [404, '{"Code":404}'],
    [404, '{"error":"not found"}'],
    [404, ''],
    [502, 'Bad Gateway'],
    [429, 'Too many requests'],
  ])('takes %i with %j for no answer', (status, body) => {
    const read = answer(status, body);
    expect(read).toMatchObject({ kind: 'no-answer', passing: status >= 500 || status === 429 });
    expect(read.kind === 'no-answer' && read.why).toContain('sts.example');
  });

  it('takes linear time over hostile XML', () => {
    const hostile = `<Error>${'<a'.repeat(300_000)}${'<b>'.repeat(100_000)}</Error>`;
    expect(answer(400, hostile).kind).toBe('no-answer');
  });
});
