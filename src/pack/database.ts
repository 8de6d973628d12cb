// Where the objects of a repository lie: its own folder of objects and those it borrows from (gitrepository-layout,
// objects/info/alternates), each with packs and loose objects.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface PackFile {
  /** `.pack` and `.idx`, absolute. */
  readonly pack: string;
  readonly index: string;
}

/** How deep folders may borrow from one another, as in git. */
const DEEPEST = 5;

/**
 * The folder itself and all that it borrows from, each once.
 * @param objects the repository's own, absolute
 */
export const objectFolders = (
  objects: string,
): { readonly folders: readonly string[]; readonly missing: readonly string[] } => {
  const folders = new Set<string>();
  const missing: string[] = [];
  const visit = (folder: string, depth: number): void => {
    if (folders.has(folder) || depth > DEEPEST) return;
    if (depth > 0 && statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      missing.push(folder);
      return;
    }
    folders.add(folder);
    for (const alternate of alternatesOf(folder)) visit(path.resolve(folder, alternate), depth + 1);
  };
  visit(objects, 0);
  return { folders: [...folders], missing };
};

const alternatesOf = (folder: string): readonly string[] => {
  const text = textOf(path.join(folder, 'info', 'alternates'));
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(unquoted);
};

/** Paths with odd characters stand in double quotes, as in C. */
const unquoted = (line: string): string => {
  if (!/^".*"$/.test(line)) return line;
  const bytes = line
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
      code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

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
  const packs = names.filter((name) => /^pack-.*\.pack$/.test(name)).map((name) => name.slice(0, -5));
  const fileOf = (name: string): string => path.join(packFolder, name);
  return {
    packs: packs
      .filter((name) => all.has(`${name}.idx`))
      .map((name) => ({ pack: fileOf(`${name}.pack`), index: fileOf(`${name}.idx`) })),
    unindexed: packs.filter((name) => !all.has(`${name}.idx`)).map((name) => fileOf(`${name}.pack`)),
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

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
