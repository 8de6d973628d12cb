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
});
