import { describe, expect, it } from 'vitest';
import { judgeWindow, type WindowDetection } from '../../src/detect/window.js';
import { createTools } from '../support/detection.js';
import { createKeys } from '../support/keys.js';

const tools = createTools();
const keys = createKeys(61);
const judge = (text: string | Buffer): readonly WindowDetection[] => judgeWindow(Buffer.from(text), 0, tools);
const allowOf = (text: string): string | null | undefined => judge(text)[0]?.allow;

describe('an inline comment', () => {
  const id = keys.id24();
  it.each([
    ['behind the value', `id: ${id} # akscan:allow a test key`, 'a test key'],
    ['in slashes', `id = "${id}"; // akscan:allow: rotated`, 'rotated'],
    ['that is closed again', `id = "${id}"; /* akscan:allow old key */`, 'old key'],
    ['before a Windows line end', `id: ${id} # akscan:allow windows\r\nx\r\n`, 'windows'],
    ['in markup', `<id>${id}</id> <!-- akscan:allow dead -->`, 'dead'],
    ['without a reason', `id: ${id} # akscan:allow`, ''],
    ['on the line above', `# akscan:allow for the docs\nid: ${id}`, 'for the docs'],
    ['on the line above, indented', `  // akscan:allow x y\r\n  id: ${id}`, 'x y'],
  ])('allows: %s', (_, text, reason) => {
    expect(allowOf(text)).toBe(reason);
  });

  it.each([
    ['two lines above', `# akscan:allow x\n\nid: ${id}`],
    ['on the line below', `id: ${id}\n# akscan:allow x`],
    ['behind the code of the line above', `id: 1 # akscan:allow x\nid: ${id}`],
    ['of another word', `id: ${id} # akscan:allowed x`],
  ])('does not allow: %s', (_, text) => {
    expect(allowOf(text)).toBeNull();
  });

  it('beside the secret allows the pair', () => {
    expect(allowOf(`id: ${id}\nsecret: ${keys.secret30()} # akscan:allow y`)).toBe('y');
  });

  it('counts in UTF-16 and beside base64', () => {
    expect(judge(Buffer.from(`id: ${id} # akscan:allow wide\n`, 'utf16le'))[0]?.allow).toBe('wide');
    const written = Buffer.from(`accessKeyId=${id}`).toString('base64');
    expect(allowOf(`data: ${written} # akscan:allow coded`)).toBe('coded');
  });
});

describe('a window', () => {
  it('reports each credential once, in the order of their places', () => {
    const [a, b] = [keys.id24(), keys.id16()];
    const found = judge(`x: "${a}"\n${'\n'.repeat(5)}y: "${b}"\n`);
    expect(found.map(({ accessKeyId }) => accessKeyId)).toEqual([a, b]);
    expect(found.map(({ offset }) => offset)).toEqual([4, 4 + 24 + 2 + 5 + 4]);
  });

  it('says how each value was written, outermost first', () => {
    const id = keys.id24();
    const inner = Buffer.from(`accessKeyId: ${id}\n`, 'utf16le').toString('base64');
    expect(judge(`x: ${inner}\n`)[0]?.encoding).toEqual(['base64', 'utf-16le']);
    expect(judge(Buffer.from(`accessKeyId: ${id}\n`, 'utf16le'))[0]?.encoding).toEqual(['utf-16le']);
  });

  it('gives a temporary key its token, and each token to one key', () => {
    const [one, two] = [1, 2].map(() => ({ id: keys.stsId(), secret: keys.stsSecret(), token: keys.stsToken() }));
    const text = [one, two]
      .map((key) => `{"AccessKeyId":"${key?.id}","AccessKeySecret":"${key?.secret}","SecurityToken":"${key?.token}"}`)
      .join('\n');
    expect(judge(text).map(({ accessKeyId, secret, token }) => ({ id: accessKeyId, secret, token }))).toEqual([
      one,
      two,
    ]);
  });

  it('gives one token to one key only', () => {
    const text = `{"id":"${keys.stsId()}","token":"${keys.stsToken()}"}\n{"id":"${keys.stsId()}"}\n`;
    expect(judge(text).map(({ token }) => token !== null)).toEqual([true, false]);
  });

  it('names an ID by the blocks it stands in', () => {
    expect(judge(`aliyun:\n  oss:\n    accessKeyId: ${keys.id24()}\n`)[0]?.idName).toBe('aliyun.oss.accessKeyId');
  });

  it('is surer of a plain pair than of an ID alone', () => {
    expect(judge(`accessKeyId: ${keys.id24()}\naccessKeySecret: ${keys.secret30()}\n`)[0]?.confidence).toBe('high');
    expect(judge(`accessKeyId: ${keys.id24()}\n`)[0]?.confidence).toBe('medium');
  });
});

describe('a key that was probably made up', () => {
  // Twelve capitals: one random value in ten thousand is so.
  const id = `${keys.id16().slice(0, 4)}${['QZKWJX', 'VPLMBH'].join('')}`;

  it('counts beside a secret of its own, and not without', () => {
    const secret = keys.secret30();
    expect(judge(`accessKeyId=${id}\naccessKeySecret=${secret}\n`)).toMatchObject([{ accessKeyId: id, secret }]);
    expect(judge(`accessKeyId=${id}\n`)).toEqual([]);
    expect(judge(`accessKeyId=${id}\naccessKeySecret=yourAccessKeySecretGoesInHere1\n`)).toEqual([]);
  });
});
