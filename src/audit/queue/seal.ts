// Everything that crosses the queue and says something of a repository, a job or a finding crosses it sealed: whoever reads
// the Redis learns sizes and times, whoever writes to it can make nothing up. The key is derived of AKSCAN_STORE_KEY, which
// both sides have; what a piece is about is authenticated with it, so that none can stand in for another.

import { createHmac, hkdfSync } from 'node:crypto';
import { AkscanError } from '../../errors.js';
import { keyFromEnvironment } from '../store/key.js';
import { sealer } from '../store/seal.js';

export interface QueueSeal {
  /** Stands for something whose name is nobody's business: 32 hexadecimal digits, the same wherever the key is the same. */
  tag(kind: string, ...names: readonly string[]): string;
  /** @param about what it is and where it belongs: only `open` with the same words gives it back */
  seal(about: readonly string[], bytes: Uint8Array): Buffer;
  /** @throws AkscanError for what was not sealed with this key, for something else, or was changed on its way */
  open(about: readonly string[], sealed: Uint8Array): Buffer;
}

/** @throws AkscanError without AKSCAN_STORE_KEY, or with one that could be guessed */
export const queueSeal = (env: NodeJS.ProcessEnv): QueueSeal => {
  const key = keyFromEnvironment(env);
  if (key === null) {
    throw new AkscanError(
      'A queue needs the key AKSCAN_STORE_KEY, which is not set: what crosses it is sealed.',
      'Make one with `openssl rand -hex 32`, and give it to the audit and to all its workers.',
    );
  }
  const derived = (name: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `akscan/1/queue/${name}`, 32));
  const { seal, open } = sealer(derived('seal'));
  const naming = derived('tag');
  return {
    tag: (kind, ...names) =>
      createHmac('sha256', naming)
        .update(JSON.stringify([kind, ...names]))
        .digest('hex')
        .slice(0, 32),
    seal: (about, bytes) => seal(bytes, JSON.stringify(about)),
    open: (about, sealed) => open(sealed, JSON.stringify(about)),
  };
};
