// Loose objects, read without git: what was staged a moment ago lies in files of its own, and to start git for ten of them
// takes a commit hook longer than to judge them. Whatever is not plain is left to git.

import { closeSync, fstatSync, readSync } from 'node:fs';
import path from 'node:path';
import { inflateSmall, LARGEST_STREAM } from '../inflate/inflate.js';
import type { Answer, Batch } from './batch.js';
import type { ObjectType } from './batch-format.js';
import { OID } from './hash.js';
import { commonFolder, type Here } from './here.js';
import { openFile } from './open-file.js';

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

/** Whether an object is a loose one, and certain to be a commit. */
export const isLooseCommit = (here: Here, oid: string): boolean => {
  const folder = objectsFolder(here);
  return folder !== null && readLooseObject(folder, oid, 0)?.type === 'commit';
};

/** Null where the environment puts objects somewhere else. */
export const objectsFolder = (here: Here): string | null => {
  const { GIT_OBJECT_DIRECTORY: elsewhere, GIT_COMMON_DIR: common } = process.env;
  return elsewhere === undefined && common === undefined ? path.join(commonFolder(here), 'objects') : null;
};

const fileOf = (folder: string, oid: string): string => path.join(folder, oid.slice(0, 2), oid.slice(2));

type Read = Extract<Answer, { kind: 'object' }>;

/** `<type> SP <size> NUL <bytes>`, deflated (gitformat-loose). */
const readLooseObject = (folder: string, oid: string, limit: number): Read | null => {
  try {
    const packed = bytesOf(fileOf(folder, oid));
    const whole = packed === null ? null : inflateSmall(packed);
    if (whole === null) return null;
    const [head, type, digits] =
      /^(blob|commit|tag|tree) (0|[1-9]\d{0,8})\0/.exec(whole.toString('latin1', 0, 32)) ?? [];
    const size = Number(digits);
    if (head === undefined || head.length + size !== whole.length) return null;
    const bytes = size > limit ? null : whole.subarray(head.length);
    return { kind: 'object', oid, type: type as ObjectType, size, bytes };
  } catch {
    return null;
  }
};

const bytesOf = (file: string): Buffer | null => {
  const fd = openFile(file);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > LARGEST_STREAM) return null;
    const bytes = Buffer.allocUnsafe(stats.size);
    return readSync(fd, bytes) === stats.size ? bytes : null;
  } finally {
    closeSync(fd);
  }
};
