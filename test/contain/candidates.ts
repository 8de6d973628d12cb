// Made-up candidates: a key of a RAM user, live, proven, found with its secret, not in use. A test changes what it is about.

import type { Candidate, KeyState, ProvenOwner } from '../../src/contain/types.js';
import type { Finding, Verdict } from '../../src/findings/model.js';
import { findingFor } from '../../src/verify.js';
import { id24, secret30 } from '../support/keys.js';

export const ACCOUNT = '1234567890123456';

export const alice: ProvenOwner = {
  kind: 'user',
  account: ACCOUNT,
  user: 'alice',
  userId: '290000000000000001',
  principalName: 'alice@company.onaliyun.com',
};

export const ACTIVE: KeyState = { status: 'Active', policy: null };
export const INACTIVE: KeyState = { status: 'Inactive', policy: null };

export const live: Verdict = {
  state: 'live',
  how: 'inventory',
  account: ACCOUNT,
  principal: 'ram-user',
  user: 'alice',
};

export const findingOf = (accessKeyId: string, verdict: Verdict, over: Partial<Finding> = {}): Finding => ({
  ...findingFor({ accessKeyId, secret: secret30(), token: null }),
  verdict,
  verdicts: [verdict],
  ...over,
});

export const candidate = (over: Partial<Candidate> = {}): Candidate => {
  const accessKeyId = over.accessKeyId ?? id24();
  const verdict = over.verdict ?? live;
  return {
    accessKeyId,
    findings: [findingOf(accessKeyId, verdict)],
    verdict,
    owner: alice,
    own: 'no',
    actsWith: 'the environment',
    use: null,
    ...over,
  };
};
