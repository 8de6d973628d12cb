// What HEAD of a work tree leads to, told from files: a commit hook has no time for one more git.

import { existsSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { OID } from './hash.js';
import { commonFolder, type Here, textOf } from './here.js';

/** Bytes. */
const LONGEST_LIST = 1 << 20;

/** Plain names only (git-check-ref-format): no part begins or ends with a dot, or is empty. */
const BRANCH = /^ref: (refs\/heads(?:\/[\w-]+(?:\.[\w-]+)*)+)$/;

/** What HEAD or its branch names, as the files have it; null where only git can tell. */
export const commitOfHead = ({ gitFolder }: Pick<Here, 'gitFolder'>): string | null => {
  const head = textOf(path.join(gitFolder, 'HEAD')).trim();
  if (OID.test(head)) return head;
  const branch = BRANCH.exec(head)?.[1];
  if (branch === undefined || /\.lock(?:\/|$)/.test(branch)) return null;
  const common = commonFolder({ gitFolder });
  // A file that is empty, or a link to nowhere, is a broken branch; a folder is one of branches that begin so.
  if (lstatSync(path.join(common, branch), { throwIfNoEntry: false })?.isDirectory() === false) {
    const loose = textOf(path.join(common, branch)).trim();
    return OID.test(loose) ? loose : null;
  }
  const list = path.join(common, 'packed-refs');
  // In a long one git finds it sooner.
  if ((statSync(list, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_LIST) return null;
  const packed = textOf(list);
  const end = packed.indexOf(` ${branch}\n`);
  const oid = packed.slice(packed.lastIndexOf('\n', end) + 1, end);
  return end >= 0 && OID.test(oid) ? oid : null;
};

/**
 * The ref that HEAD names although it leads to no commit, or null when HEAD is only unborn: there is no such ref yet.
 */
export const brokenHead = ({ gitFolder }: Here): string | null => {
  const head = textOf(path.join(gitFolder, 'HEAD')).trim();
  const ref = /^ref: (refs\/.+)$/.exec(head)?.[1];
  if (ref === undefined) return 'HEAD';
  const common = commonFolder({ gitFolder });
  const packed = textOf(path.join(common, 'packed-refs'));
  return existsSync(path.join(common, ref)) || packed.includes(` ${ref}\n`) ? ref : null;
};
