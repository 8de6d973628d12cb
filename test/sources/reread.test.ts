import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding, Occurrence } from '../../src/findings/model.js';
import { rereadSecret } from '../../src/sources/reread.js';
import { id24, secret30 } from '../support/keys.js';
import { commit, git, repository, temporaryFolder, write } from '../support/repository.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const finding = (target: string, id: string, secret: string, occurrence: Partial<Occurrence>): Finding => ({
  type: 'finding',
  schema: 1,
  rule: 'alibaba-access-key',
  kind: 'pair',
  target,
  accessKeyId: id,
  secret: '***',
  token: null,
  secretSha256: sha256(secret),
  fingerprint: sha256(id),
  confidence: 'high',
  severity: 'high',
  occurrences: [{ source: 'worktree', path: 'a.txt', line: 1, column: 1, offset: 0, encoding: [], ...occurrence }],
  verdict: { state: 'unchecked', how: null },
  verdicts: [],
  next: '',
});

const text = (id: string, secret: string): string => `accessKeyId=${id}\naccessKeySecret=${secret}\n`;
const reread = async (one: Finding) => (await rereadSecret(one, { detector: {} }))?.secret ?? null;

describe('a secret', () => {
  it('is found again in its file, in a folder or named itself', async () => {
    const folder = temporaryFolder();
    const [id, secret] = [id24(), secret30()];
    write(folder, { 'sub/a.txt': text(id, secret) });
    expect(await reread(finding(folder, id, secret, { path: 'sub/a.txt', source: 'file' }))).toBe(secret);
    expect(await reread(finding(path.join(folder, 'sub/a.txt'), id, secret, { source: 'file' }))).toBe(secret);
  });

  it('is found again in a blob or a message of history', async () => {
    const folder = repository();
    const [id, secret] = [id24(), secret30()];
    const [other, otherSecret] = [id24(), secret30()];
    commit(folder, { 'a.txt': text(id, secret) });
    const blob = git(folder, 'rev-parse', 'HEAD:a.txt');
    rmSync(path.join(folder, 'a.txt'));
    const message = commit(folder, {}, text(other, otherSecret));
    expect(await reread(finding(folder, id, secret, { source: 'history', blob }))).toBe(secret);
    expect(await reread(finding(folder, other, otherSecret, { source: 'message', path: null, blob: message }))).toBe(
      otherSecret,
    );
  });

  it('is not given when the file holds another by now, or is gone', async () => {
    const folder = temporaryFolder();
    const [id, secret] = [id24(), secret30()];
    write(folder, { 'a.txt': text(id, secret30()) });
    expect(await reread(finding(folder, id, secret, {}))).toBeNull();
    expect(await reread(finding(folder, id, secret, { path: 'gone.txt' }))).toBeNull();
    expect(
      await reread(finding('/no/such/target', id, secret, { source: 'history', blob: 'a'.repeat(40) })),
    ).toBeNull();
  });

  it('is looked for at every place of its finding', async () => {
    const folder = temporaryFolder();
    const [id, secret] = [id24(), secret30()];
    write(folder, { 'b.txt': text(id, secret) });
    const one = finding(folder, id, secret, { path: 'a.txt' });
    const [first] = one.occurrences;
    const places = first === undefined ? [] : [first, { ...first, path: 'b.txt' }];
    expect(await reread({ ...one, occurrences: places })).toBe(secret);
  });
});
