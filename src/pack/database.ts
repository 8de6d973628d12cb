// Where the objects of a repository lie: its own folder of objects and those it borrows from (gitrepository-layout,
// objects/info/alternates), each with packs and loose objects.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface PackFile {
  /** `.pack` and `.idx`, absolute. */
  readonly pack: string;
  readonly index: string;
}

/** How many folders may borrow from one another in a row, as in git. */
const DEEPEST = 6;

/**
 * The folder itself and all that it borrows from, each once; and what is not there: folders, or lists of folders that cannot be
 * read. No folder at all means that the repository's own is elsewhere, where only git finds it.
 * @param objects the repository's own, absolute
 */
export const objectFolders = (
  objects: string,
): { readonly folders: readonly string[]; readonly missing: readonly string[] } => {
  const folders = new Set<string>();
  const missing: string[] = [];
  const visit = (folder: string, depth: number): void => {
    if (folders.has(folder) || depth > DEEPEST) return;
    if (!isFolder(folder)) {
      missing.push(folder);
      return;
    }
    folders.add(folder);
    const list = path.join(folder, 'info', 'alternates');
    const alternates = alternatesOf(list);
    if (alternates === null) missing.push(list);
    for (const alternate of alternates ?? []) visit(path.resolve(folder, alternate), depth + 1);
  };
  visit(objects, 0);
  return { folders: [...folders], missing };
};

const isFolder = (folder: string): boolean => {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
};

/** Null when there is a list that cannot be read. */
const alternatesOf = (list: string): readonly string[] | null =>
  textOf(list)
    ?.split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Buffer.from(unquoted(line), 'latin1').toString('utf8')) ?? null;

/** Paths with odd characters stand in double quotes, as in C. */
const unquoted = (line: string): string =>
  /^".*"$/.test(line)
    ? line
        .slice(1, -1)
        .replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
          code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
        )
    : line;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

export interface FolderContent {
  readonly packs: readonly PackFile[];
  /** Packs without an index: git itself cannot read them, or only through a multi-pack-index. */
  readonly unindexed: readonly string[];
  /** Indexes without their packs. */
  readonly packless: readonly string[];
  /** Names of the folders of loose objects: two hexadecimal digits. */
  readonly loose: readonly string[];
}

/** @throws Error when the folder cannot be listed */
export const contentOf = (folder: string): FolderContent => {
  const packFolder = path.join(folder, 'pack');
  const names = namesIn(packFolder);
  const all = new Set(names);
  // Whatever they are called: git asks for no `pack-`. Without an index they may be on their way to a name.
  const packs = names.filter((name) => name.endsWith('.pack')).map((name) => name.slice(0, -5));
  const fileOf = (name: string): string => path.join(packFolder, name);
  return {
    packs: packs
      .filter((name) => all.has(`${name}.idx`))
      .map((name) => ({ pack: fileOf(`${name}.pack`), index: fileOf(`${name}.idx`) })),
    unindexed: packs
      .filter((name) => name.startsWith('pack-') && !all.has(`${name}.idx`))
      .map((name) => fileOf(`${name}.pack`)),
    packless: names.filter((name) => /^pack-.*\.idx$/.test(name) && !all.has(`${name.slice(0, -4)}.pack`)).map(fileOf),
    loose: namesIn(folder).filter((name) => /^[0-9a-f]{2}$/.test(name)),
  };
};

/** In order; none when there is no such folder. */
export const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** A byte a character; null when the file cannot be read. */
const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : null;
  }
};
