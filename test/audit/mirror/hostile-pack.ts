// A server that begins to send a pack and does not come to an end.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export const isPost = ({ method }: IncomingMessage): boolean => method === 'POST';

/** Says of each request whether it asks for the pack: before it, refs are asked for twice, by `ls-remote` and by `fetch`. */
export const packRequests = (): ((request: IncomingMessage) => boolean) => {
  let posts = 0;
  return (request) => isPost(request) && ++posts === 3;
};

/** Bytes after which it gives up. */
export const ENOUGH = 1 << 30;

export interface EndlessPack {
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  sent(): number;
  /** Settles when whoever asked has gone. */
  readonly left: Promise<void>;
}

/** @param every milliseconds between two objects */
export const endlessPack = (every = 0): EndlessPack => {
  let sent = 0;
  let leave = (): void => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const isForPack = packRequests();
  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (!isForPack(request)) return false;
    response.on('error', () => {});
    response.once('close', leave);
    response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result' });
    response.write('000dpackfile\n');
    response.write(packet(Buffer.concat([Buffer.from('PACK'), Buffer.from([0, 0, 0, 2, 0, 1, 0, 0])])));
    const blob = packet(storedBlob(randomBytes(60_000)));
    while (!response.destroyed && sent < ENOUGH) {
      sent += blob.length;
      response.write(blob);
      if (every > 0) await sleep(every);
      while (response.writableNeedDrain && !response.destroyed) await sleep(1);
    }
    return true;
  };
  return { onRequest, sent: () => sent, left };
};

/** gitprotocol-pack: four digits of length, and on the first side band. */
const packet = (data: Buffer): Buffer =>
  Buffer.concat([Buffer.from((data.length + 5).toString(16).padStart(4, '0')), Buffer.from([1]), data]);

/** gitformat-pack: type and size, then zlib; here stored as it is (RFC 1950, RFC 1951). */
const storedBlob = (data: Buffer): Buffer => {
  const size: number[] = [];
  let rest = data.length >> 4;
  size.push((3 << 4) | (data.length & 15) | 0x80);
  for (; rest > 127; rest >>= 7) size.push((rest & 127) | 0x80);
  size.push(rest);
  const length = Buffer.alloc(4);
  length.writeUInt16LE(data.length, 0);
  length.writeUInt16LE(~data.length & 0xffff, 2);
  let [a, b] = [1, 0];
  for (const byte of data) [a, b] = [(a + byte) % 65_521, (b + a + byte) % 65_521];
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(((b << 16) | a) >>> 0);
  return Buffer.concat([Buffer.from(size), Buffer.from([0x78, 0x01, 0x01]), length, data, sum]);
};
