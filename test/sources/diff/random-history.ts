// Made-up histories with planted keys, and an oracle that knows only what was planted: it reads no repository and imports
// nothing of the scanner.

import { execFileSync } from 'node:child_process';
import { createKeys, type Keys } from '../../support/keys.js';
import { git, repository } from '../../support/repository.js';

/** `ID secret` */
export type Credential = string;

interface File {
  readonly text: string;
  readonly credentials: readonly Credential[];
}

export interface Planted {
  readonly mark: number;
  readonly parents: readonly number[];
  readonly files: ReadonlyMap<string, File>;
  readonly message: File;
}

export interface History {
  readonly folder: string;
  readonly commits: readonly Planted[];
  /** Names of commits, by mark. */
  readonly names: ReadonlyMap<number, string>;
  readonly keys: Keys;
}

const FOLDERS = ['', 'src/', 'src/main/', 'config/'] as const;

const fileOf = (keys: Keys, credentials: readonly Credential[]): File => {
  const filler = (): string => `# note ${keys.text('base58', 6)}\n`.repeat(keys.below(4));
  const blocks = credentials.map((credential) => {
    const [id, secret] = credential.split(' ');
    return `accessKeyId: ${id}\naccessKeySecret: ${secret}\n\n`;
  });
  return { text: `${filler()}\n${blocks.map((block) => `${block}${filler()}\n`).join('')}end\n`, credentials };
};

const changed = (before: ReadonlyMap<string, File>, known: Credential[], keys: Keys): ReadonlyMap<string, File> => {
  const files = new Map(before);
  const fresh = (): Credential => {
    const credential = `${keys.id24()} ${keys.secret30()}`;
    known.push(credential);
    return credential;
  };
  const pick = <One>(all: readonly One[]): One | undefined => all[keys.below(all.length)];
  const anyPath = (): string => `${pick(FOLDERS) ?? ''}file${keys.below(5)}.yml`;
  const [path, file] = pick([...files]) ?? [anyPath(), fileOf(keys, [])];
  const some = pick(file.credentials);
  switch (keys.below(8)) {
    case 0:
    case 1:
      files.set(anyPath(), fileOf(keys, [fresh()]));
      break;
    case 2:
      files.set(path, fileOf(keys, [...file.credentials, fresh()]));
      break;
    case 3:
      files.delete(path);
      break;
    case 4:
      files.delete(path);
      files.set(anyPath(), file);
      break;
    case 5:
      files.set(path, fileOf(keys, file.credentials));
      break;
    case 6:
      // A secret that changed beside its ID.
      if (some !== undefined) {
        const turned = `${some.split(' ')[0]} ${keys.secret30()}`;
        known.push(turned);
        files.set(path, fileOf(keys, [...file.credentials.filter((each) => each !== some), turned]));
      }
      break;
    default: {
      // What somebody else leaked already.
      const old = pick(known);
      if (old !== undefined) files.set(anyPath(), fileOf(keys, [old]));
    }
  }
  return files;
};

const plant = (keys: Keys, size: number): readonly Planted[] => {
  const known: Credential[] = [];
  const commits: Planted[] = [];
  for (let mark = 1; mark <= size; mark += 1) {
    const before = commits.length === 0 ? [] : [1 + keys.below(commits.length)];
    if (commits.length > 2 && keys.below(4) === 0) before.push(1 + keys.below(commits.length));
    const parents = [...new Set(before)];
    const trees = parents.map((parent) => commits[parent - 1]?.files ?? new Map<string, File>());
    const merged = new Map(trees.reverse().flatMap((files) => [...files]));
    let files: ReadonlyMap<string, File> = merged;
    for (let edits = keys.below(parents.length === 2 ? 2 : 4); edits > 0; edits -= 1)
      files = changed(files, known, keys);
    const told = keys.below(8) === 0 ? [`${keys.id24()} ${keys.secret30()}`] : [];
    known.push(...told);
    commits.push({ mark, parents, files, message: fileOf(keys, told) });
  }
  return commits;
};

/** Writes a history of `size` commits; every commit has a branch `c<mark>`, so that all of them are reachable. */
export const randomHistory = (seed: number, size: number): History => {
  const keys = createKeys(seed);
  const folder = repository();
  const commits = plant(keys, size);
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const stream = commits.map(({ mark, parents, files, message }) =>
    [
      `commit refs/heads/c${mark}\nmark :${mark}\n`,
      // Dates go wherever they like.
      `committer Wei <wei@example.com> ${1_600_000_000 + keys.below(100_000)} +0000\n`,
      data(message.text),
      ...parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} :${parent}\n`),
      'deleteall\n',
      ...[...files].map(([path, { text }]) => `M 100644 inline ${path}\n${data(text)}`),
    ].join(''),
  );
  execFileSync('git', ['fast-import', '--quiet'], { cwd: folder, input: stream.join(''), stdio: 'pipe' });
  const names = new Map(commits.map(({ mark }) => [mark, git(folder, 'rev-parse', `c${mark}`)]));
  return { folder, commits, names, keys };
};

export const ancestors = ({ commits }: History, mark: number): ReadonlySet<number> => {
  const reached = new Set<number>();
  const visit = (one: number): void => {
    if (reached.has(one)) return;
    reached.add(one);
    commits[one - 1]?.parents.forEach(visit);
  };
  visit(mark);
  return reached;
};

export const inFiles = ({ commits }: History, mark: number): ReadonlySet<Credential> =>
  new Set([...(commits[mark - 1]?.files.values() ?? [])].flatMap(({ credentials }) => credentials));

export const inMessage = ({ commits }: History, mark: number): readonly Credential[] =>
  commits[mark - 1]?.message.credentials ?? [];
