// Which reflog remembers a commit. Each line of `logs/<ref>` is `<old> SP <new> SP <who and when> [TAB <why>]`
// (gitrepository-layout, logs).

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { GitFolders } from './folders.js';

/** Bytes of one log that are read, and logs: what a repository that lies in wait cannot make us go beyond. */
const LARGEST_LOG = 16 << 20;
const MOST_LOGS = 20_000;

/** Names of commits, and the log that remembers each: a stash before branches, a branch before HEAD. */
export const readReflogs = ({ own, common, others }: GitFolders): ReadonlyMap<string, string> => {
  const remembered = new Map<string, string>();
  const heads = [
    { name: 'HEAD', file: path.join(own, 'logs', 'HEAD') },
    ...others.map(({ name, folder }) => ({ name: `${name}/HEAD`, file: path.join(folder, 'logs', 'HEAD') })),
  ];
  const refs = logsBelow(path.join(common, 'logs', 'refs'), 'refs').sort(
    (a, b) => Number(b.name === 'refs/stash') - Number(a.name === 'refs/stash') || (a.name < b.name ? -1 : 1),
  );
  for (const { name, file } of [...refs, ...heads]) {
    for (const oid of commitsIn(file)) if (!remembered.has(oid)) remembered.set(oid, name);
  }
  return remembered;
};

interface Log {
  readonly name: string;
  readonly file: string;
}

const logsBelow = (top: string, name: string): Log[] => {
  const logs: Log[] = [];
  const folders = [{ folder: top, name }];
  for (let at = folders.pop(); at !== undefined && logs.length < MOST_LOGS; at = folders.pop()) {
    try {
      for (const entry of readdirSync(at.folder, { withFileTypes: true })) {
        const inside = { folder: path.join(at.folder, entry.name), name: `${at.name}/${entry.name}` };
        if (entry.isDirectory()) folders.push(inside);
        else if (entry.isFile()) logs.push({ name: inside.name, file: inside.folder });
      }
    } catch {
      // Without logs nothing is remembered here.
    }
  }
  return logs;
};

const commitsIn = (file: string): readonly string[] => {
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || stats.size > LARGEST_LOG) return [];
    return readFileSync(file, 'latin1')
      .split('\n')
      .flatMap((line) => /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) /.exec(line)?.slice(1, 3) ?? []);
  } catch {
    return [];
  }
};
