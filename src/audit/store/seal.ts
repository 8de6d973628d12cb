// What lies on a disk or crosses a queue says nothing without the key: values are sealed with AES-256-GCM, and credentials are
// named by a keyed hash. Both keys come from the one by HKDF-SHA256 (RFC 5869), each with a name of its own.

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { AkscanError } from '../../errors.js';

export interface Sealer {
  /** The same for the same credential under the same key: 32 characters of base64url. */
  tag(accessKeyId: string | null, secret: string | null): string;
  /** @param about what it belongs to: it opens nowhere else */
  seal(plain: Uint8Array, about: string): Buffer;
  /** @throws AkscanError when it was sealed with another key or for something else, or was changed */
  open(sealed: Uint8Array, about: string): Buffer;
}

const VERSION = 1;
const NONCE = 12;
const MAC = 16;
/** Of 192 bits no two meet. */
const TAG_BYTES = 24;

/** @param key of at least 32 random bytes, or letters that are as hard to guess */
export const sealer = (key: Uint8Array): Sealer => {
  const derived = (name: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `akscan/1/${name}`, 32));
  const sealing = derived('seal');
  const naming = derived('tag');
  return {
    tag: (accessKeyId, secret) =>
      createHmac('sha256', naming)
        // An ID alone, and one whose secret is empty, are two.
        .update(`${accessKeyId ?? ''}\0${secret === null ? '' : `${secret}\0`}`)
        .digest()
        .subarray(0, TAG_BYTES)
        .toString('base64url'),
    seal: (plain, about) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      cipher.setAAD(Buffer.from(about));
      const body = [cipher.update(plain), cipher.final()];
      return Buffer.concat([Buffer.of(VERSION), nonce, ...body, cipher.getAuthTag()]);
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < 1 + NONCE + MAC || bytes[0] !== VERSION) throw notOurs();
      const cipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(1, 1 + NONCE), { authTagLength: MAC });
      cipher.setAAD(Buffer.from(about));
      cipher.setAuthTag(bytes.subarray(bytes.length - MAC));
      try {
        return Buffer.concat([cipher.update(bytes.subarray(1 + NONCE, bytes.length - MAC)), cipher.final()]);
      } catch {
        throw notOurs();
      }
    },
  };
};

const notOurs = (): AkscanError =>
  new AkscanError(
    'Something sealed does not open: another key sealed it, or it was changed.',
    'Set AKSCAN_STORE_KEY to the key that it was made with.',
  );
