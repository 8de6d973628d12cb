import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { withVerdicts } from '../src/verdicts.js';
import { findingFor } from '../src/verify.js';
import { createKeys } from './support/keys.js';

const keys = createKeys(77);

describe('asking about findings', () => {
  it("passes over what a user's own rule found: Alibaba Cloud is not asked about other makers' keys", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization ?? '');
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ Code: 'InvalidAccessKeyId.NotFound', Message: 'Specified access key is not found.' }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const ours = findingFor({ accessKeyId: keys.id24(), secret: keys.secret30(), token: null });
      const theirs = {
        ...findingFor({ accessKeyId: 'AKME0001', secret: keys.secret30(), token: null }),
        rule: 'acme-key',
      };
      const [first, second] = await withVerdicts([ours, theirs], {
        asking: {
          inventory: false,
          probe: true,
          endpoints: { sts: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
        },
        signal: new AbortController().signal,
        progress: { update: () => {} },
      });
      expect(first?.verdict.state).toBe('not-found');
      expect(second).toEqual(theirs);
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.join()).not.toContain('AKME0001');
    } finally {
      server.close();
    }
  });

  it('knows since when a temporary key is out from the earliest of its commits', async () => {
    const finding = findingFor({ accessKeyId: keys.stsId(), secret: keys.stsSecret(), token: null });
    const at = (date: string | undefined, line: number) => ({
      source: 'history' as const,
      path: 'a',
      line,
      column: 1,
      offset: 0,
      encoding: [],
      ...(date === undefined ? {} : { date }),
    });
    const dates = ['2024-05-06T01:00:00+08:00', undefined, '2024-05-06T00:30:00+00:00', 'no date'];
    const [asked] = await withVerdicts([{ ...finding, occurrences: dates.map(at) }], {
      asking: { inventory: false, probe: true, endpoints: {} },
      signal: new AbortController().signal,
      progress: { update: () => {} },
    });
    // 01:00 in China is the day before in UTC.
    expect(asked?.verdict).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('committed on 2024-05-05'),
    });
    expect(asked?.verdict).not.toHaveProperty('checkedAt');
  });

  it('knows since when a key is out from all that holds its ID, whatever secret stands beside it', async () => {
    const accessKeyId = keys.stsId();
    const found = (date: string) => ({
      ...findingFor({ accessKeyId, secret: keys.stsSecret(), token: null }),
      occurrences: [{ source: 'history' as const, path: 'a', line: 1, column: 1, offset: 0, encoding: [], date }],
    });
    const asked = await withVerdicts([found('2025-01-02T00:00:00Z'), found('2024-05-06T00:00:00Z')], {
      asking: { inventory: false, probe: true, endpoints: {} },
      signal: new AbortController().signal,
      progress: { update: () => {} },
    });
    for (const { verdict } of asked) expect(verdict.reason).toContain('committed on 2024-05-06');
  });
});
