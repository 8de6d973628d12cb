// What a verification would ask, before it asks: made of the table of operations, without a request, a look-up of a name,
// or credentials.

import { mayBeAsked } from '../findings/asked.js';
import type { Finding } from '../findings/model.js';
import type { ResolvedEndpoints } from './endpoints.js';
import { type Mode, type OperationName, operationOf, operations, partsOf } from './operations.js';
import type { VerifyOptions } from './types.js';

type Signer = 'own-credentials' | 'leaked-key';

export interface ExplainedCall {
  readonly operation: OperationName;
  readonly host: string;
  /** The RAM action that it needs; null when it needs none. */
  readonly permission: string | null;
  /** What it is asked for. */
  readonly mode: Mode;
  readonly signedBy: Signer;
  /** For how many keys at most; null where that does not depend on the keys. */
  readonly keys: number | null;
  readonly tells: string;
}

/** The output of `akscan verify --explain --format json`. */
export interface Explanation {
  readonly type: 'explanation';
  readonly schema: 1;
  /** Distinct AccessKey IDs. */
  readonly keys: number;
  /** Distinct pairs that would sign for themselves, if their secrets are still where they were found. */
  readonly probed: number;
  /** Whose credentials look up; empty: the default chain. */
  readonly profiles: readonly string[];
  readonly calls: readonly ExplainedCall[];
}

type Asked = Pick<VerifyOptions, 'inventory' | 'probe' | 'probeId' | 'profiles' | 'activity'>;

export const explain = (findings: readonly Finding[], asked: Asked, endpoints: ResolvedEndpoints): Explanation => {
  const ids = new Set<string>();
  const pairs = new Set<string>();
  for (const finding of findings) {
    const { accessKeyId, secretSha256 } = finding;
    if (accessKeyId === null || !mayBeAsked(finding)) continue;
    ids.add(accessKeyId);
    if (asked.probe && (secretSha256 !== null || asked.probeId === true)) pairs.add(`${accessKeyId} ${secretSha256}`);
  }
  const calls = (mode: Mode, signedBy: Signer, keys: number | null): readonly ExplainedCall[] =>
    namesOf(mode).map((operation) => {
      const { permission, tells } = operationOf(operation);
      const { host } = endpoints[partsOf(operation).service];
      return { operation, host, permission, mode, signedBy, keys, tells };
    });
  const looks = asked.inventory && ids.size > 0;
  return {
    type: 'explanation',
    schema: 1,
    keys: ids.size,
    probed: pairs.size,
    profiles: asked.inventory ? (asked.profiles ?? []) : [],
    calls: [
      ...(looks ? calls('identity', 'own-credentials', null) : []),
      ...(looks ? calls('inventory', 'own-credentials', ids.size) : []),
      ...(looks ? calls('powers', 'own-credentials', ids.size) : []),
      ...(looks && asked.activity === true ? calls('activity', 'own-credentials', ids.size) : []),
      ...(pairs.size > 0 ? calls('probe', 'leaked-key', pairs.size) : []),
    ],
  };
};

const namesOf = (mode: Mode): readonly OperationName[] =>
  (Object.keys(operations) as OperationName[]).filter((name) => operationOf(name).modes.includes(mode));
