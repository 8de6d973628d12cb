// Single objects by name, for the few that a finding needs to be explained: a commit's author, the files beside a blob.
// One git gives objects, another says what they are; neither starts before it is asked.

import { type Answer, type Batch, createBatch } from './batch.js';
import type { ObjectHead } from './batch-format.js';
import type { GitPlace } from './run.js';

export interface ObjectReader {
  /** @param name anything git resolves to an object, without line feeds: `<commit>:<path>`; null when there is none. */
  info(name: string): Promise<ObjectHead | null>;
  /** The object's bytes; null when it is missing, unreadable or larger than `limit` bytes. */
  read(name: string, limit: number): Promise<(ObjectHead & { readonly bytes: Buffer }) | null>;
  close(): void;
}

export const createObjectReader = (place: GitPlace, signal: AbortSignal): ObjectReader => {
  const headers = createBatch(place, signal, 'headers');
  const objects = createBatch(place, signal);
  const info = async (name: string): Promise<ObjectHead | null> => headIn(await headers.read(name, 0));
  return {
    info,
    read: async (name, limit) => {
      // Asked first: of one that is too large git would give every byte.
      const known = await info(name);
      if (known === null || known.size > limit) return null;
      const answer = await objects.read(known.oid, limit);
      const head = headIn(answer);
      const bytes = answer.kind === 'object' ? answer.bytes : null;
      return head === null || bytes === null ? null : { ...head, bytes };
    },
    close: () => {
      close(headers);
      close(objects);
    },
  };
};

const headIn = (answer: Answer): ObjectHead | null =>
  answer.kind === 'object' ? { oid: answer.oid, type: answer.type, size: answer.size } : null;

/** Whoever asked was told of git that could not be started. */
const close = (batch: Batch): void => void batch.close().catch(() => {});
