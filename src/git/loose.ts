// Loose objects, read without git: what was staged a moment ago lies in files of its own, and to start git for ten of them
// takes a commit hook longer than to judge them. Whatever is not plain is left to git.

import { closeSync, existsSync, fstatSync, readSync } from 'node:fs';
import path from 'node:path';
import type { Answer, Batch } from './batch.js';
import type { ObjectType } from './batch-format.js';
import { OID } from './hash.js';
import { commonFolder, type Here, textOf } from './here.js';
import { openFile } from './open-file.js';

/** Bytes of a file, and of what is packed in it, above which git reads it. */
const LARGEST_FILE = 1 << 20;
const LARGEST = 4 << 20;
/** Objects; git reads many of them sooner. */
const MOST = 64;

/** The same answers, those from loose objects without asking git. */
export const withLooseObjects = (batch: Batch, here: Here): Batch => {
  const folder = objectsFolder(here);
  let left = folder === null ? 0 : MOST;
  return {
    ...batch,
    read: (name, limit) => {
      if (!OID.test(name) || left === 0) return batch.read(name, limit);
      left -= 1;
      const answer = readLooseObject(folder ?? '', name, limit);
      return answer === null ? batch.read(name, limit) : Promise.resolve(answer);
    },
  };
};

/** What HEAD's branch names, if it has a name that git takes and the object seems to be loose. */
export const looseHead = (here: Here): string | null => {
  const folder = objectsFolder(here);
  const head = textOf(path.join(here.gitFolder, 'HEAD')).trim();
  const branch = BRANCH.exec(head)?.[1];
  if (folder === null || branch === undefined || /\.lock(?:\/|$)/.test(branch)) return null;
  const oid = textOf(path.join(commonFolder(here), branch)).trim();
  return OID.test(oid) && existsSync(fileOf(folder, oid)) ? oid : null;
};

/** Whether an object is certain to be a commit. */
export const isLooseCommit = (here: Here, oid: string): boolean => {
  const folder = objectsFolder(here);
  return folder !== null && readLooseObject(folder, oid, 0)?.type === 'commit';
};

/** Plain names only (git-check-ref-format): no part begins or ends with a dot, or is empty. */
const BRANCH = /^ref: (refs\/heads(?:\/[\w-]+(?:\.[\w-]+)*)+)$/;

/** Null where the environment puts objects somewhere else. */
const objectsFolder = (here: Here): string | null => {
  const { GIT_OBJECT_DIRECTORY: elsewhere, GIT_COMMON_DIR: common } = process.env;
  return elsewhere === undefined && common === undefined ? path.join(commonFolder(here), 'objects') : null;
};

const fileOf = (folder: string, oid: string): string => path.join(folder, oid.slice(0, 2), oid.slice(2));

type Read = Extract<Answer, { kind: 'object' }>;

/** `<type> SP <size> NUL <bytes>`, deflated (gitformat-loose). */
const readLooseObject = (folder: string, oid: string, limit: number): Read | null => {
  try {
    const { inflateSync } = process.getBuiltinModule('node:zlib');
    const packed = bytesOf(fileOf(folder, oid));
    if (packed === null) return null;
    // With `info` it says how much it took in, which @types/node does not know.
    const { buffer, engine } = inflateSync(packed, { maxOutputLength: LARGEST, info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    const [head, type, digits] =
      /^(blob|commit|tag|tree) (0|[1-9]\d{0,8})\0/.exec(buffer.toString('latin1', 0, 32)) ?? [];
    const size = Number(digits);
    const isWhole = head !== undefined && head.length + size === buffer.length && engine.bytesWritten === packed.length;
    if (!isWhole) return null;
    const bytes = size > limit ? null : buffer.subarray(head.length);
    return { kind: 'object', oid, type: type as ObjectType, size, bytes };
  } catch {
    return null;
  }
};

const bytesOf = (file: string): Buffer | null => {
  const fd = openFile(file);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > LARGEST_FILE) return null;
    const bytes = Buffer.allocUnsafe(stats.size);
    return readSync(fd, bytes) === stats.size ? bytes : null;
  } finally {
    closeSync(fd);
  }
};
