// What a repository in a folder looks like from outside: whatever changes when an object arrives or a ref moves, told from the
// file system alone, without starting git. The same look twice means that nothing has changed between; a doubt
// (a file written at this very moment, one that cannot be read) gives a look that is like no other.

import { createHash, type Hash, randomUUID } from 'node:crypto';
import { type BigIntStats, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { AkscanError } from '../../errors.js';
import { looksLike } from '../../git/discover.js';
import { objectFolders } from '../../pack/database.js';

/**
 * @param folder the top of a work tree, or a bare repository
 * @throws AkscanError where something stands in a file's place that git would wait for without end, such as a named pipe
 */
export const folderLook = (folder: string): string => {
  const look = new Look();
  try {
    addRepository(look, gitFolderOf(folder));
  } catch (error) {
    if (error instanceof AkscanError) throw error;
    return doubt();
  }
  return look.isSettled() ? `folder ${look.digest()}` : doubt();
};

const doubt = (): string => `doubt ${randomUUID()}`;

/** A linked work tree or a submodule has a file there that says where (gitrepository-layout). */
const gitFolderOf = (folder: string): string => {
  const inside = path.join(folder, '.git');
  if (looksLike(folder) !== 'work-tree') return folder;
  if (statSync(inside).isDirectory()) return inside;
  const said = /^gitdir: (.*)$/m.exec(readFileSync(inside, 'utf8'))?.[1];
  if (said === undefined) throw new Error('leads nowhere');
  return path.resolve(folder, said);
};

const addRepository = (look: Look, own: string): void => {
  const common = path.resolve(own, textOf(path.join(own, 'commondir'))?.trim() ?? '.');
  look.content('own HEAD', path.join(own, 'HEAD'));
  // What is staged and in no commit: a finding there says so.
  look.file('own index', path.join(own, 'index'));
  look.file('index', path.join(common, 'index'));
  for (const name of ['HEAD', 'config', 'config.worktree', 'shallow', 'objects/info/alternates']) {
    look.content(name, path.join(common, name));
  }
  look.file('packed-refs', path.join(common, 'packed-refs'));
  look.contents('refs', path.join(common, 'refs'));
  look.sizes('reftable', path.join(common, 'reftable'));
  look.sizes('logs', path.join(common, 'logs'));
  // Each has a HEAD of its own, and refs and logs that others do not see.
  for (const name of namesIn(path.join(common, 'worktrees'))) {
    const folder = path.join(common, 'worktrees', name);
    look.content(`worktree ${name}`, path.join(folder, 'HEAD'));
    look.file(`index of ${name}`, path.join(folder, 'index'));
    look.contents(`refs of ${name}`, path.join(folder, 'refs'));
    look.sizes(`logs of ${name}`, path.join(folder, 'logs'));
  }
  const info = path.join(common, 'objects', 'info');
  for (const name of namesIn(info)) checkKind(path.join(info, name), statSync(path.join(info, name)));
  addObjects(look, path.join(common, 'objects'));
};

const addObjects = (look: Look, objects: string): void => {
  const { folders, missing } = objectFolders(objects);
  if (folders.length === 0 || missing.length > 0) throw new Error('objects are elsewhere');
  for (const folder of folders) {
    const pack = path.join(folder, 'pack');
    for (const name of namesIn(pack)) {
      // Named after what they hold; what git is still writing is none yet.
      if (name.startsWith('pack-')) look.size(`${folder} ${name}`, path.join(pack, name));
      else if (!name.startsWith('tmp_')) look.file(`${folder} ${name}`, path.join(pack, name));
    }
    for (const name of namesIn(folder)) {
      // An object that arrives changes the time of the folder it comes to.
      if (/^[0-9a-f]{2}$/.test(name)) look.file(`${folder} ${name}`, path.join(folder, name));
    }
  }
};

class Look {
  private readonly hash: Hash = createHash('sha256').update('1\0');
  private readonly began = Date.now();
  private latest = 0n;
  private isCoarse = false;

  content(what: string, file: string): void {
    this.add(what, textOf(file) ?? 'none');
  }

  size(what: string, file: string): void {
    const stats = statSync(file);
    checkKind(file, stats);
    this.add(what, `${stats.size}`);
  }

  /** Size and times of what changes them together with its content. */
  file(what: string, file: string): void {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (stats !== undefined) checkKind(file, stats);
    if (stats === undefined) this.add(what, 'none');
    else this.add(what, `${stats.size} ${this.timesOf(stats)} ${stats.ino}`);
  }

  contents(what: string, top: string): void {
    for (const name of filesBelow(top)) this.content(`${what} ${name}`, path.join(top, name));
  }

  sizes(what: string, top: string): void {
    for (const name of filesBelow(top)) this.file(`${what} ${name}`, path.join(top, name));
  }

  digest(): string {
    return this.hash.digest('hex');
  }

  /**
   * Whether what happens from now on shows. A file that is changed twice within a tick of the clock its file system goes
   * by, once before this look and once after, has the same time and maybe the same size.
   */
  isSettled(): boolean {
    const tick = this.isCoarse ? 2_000_000_000n : 50_000_000n;
    return BigInt(this.began) * 1_000_000n - this.latest > tick;
  }

  private timesOf({ mtimeNs, ctimeNs }: BigIntStats): string {
    for (const time of [mtimeNs, ctimeNs]) if (time > this.latest) this.latest = time;
    // Whole seconds alone: a file system that knows no more.
    if (mtimeNs % 1_000_000_000n === 0n && ctimeNs % 1_000_000_000n === 0n) this.isCoarse = true;
    return `${mtimeNs} ${ctimeNs}`;
  }

  private add(what: string, value: string): void {
    this.hash.update(`${what}\0${value.length}\0${value}\0`);
  }
}

/** A byte a character; null when there is no such file. */
const textOf = (file: string): string | null => {
  try {
    checkKind(file, statSync(file));
    return readFileSync(file, 'latin1');
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
};

/** Relative, in order. */
const filesBelow = (top: string): readonly string[] => {
  const files: string[] = [];
  const folders = [''];
  for (let inside = folders.pop(); inside !== undefined; inside = folders.pop()) {
    for (const entry of entriesIn(path.join(top, inside))) {
      const name = path.join(inside, entry.name);
      if (entry.isDirectory()) folders.push(name);
      else if (entry.isFile()) files.push(name);
      else if (!entry.isSymbolicLink()) throw noFile(path.join(top, name));
      // A link may lead to what changes without a trace here.
      else throw new Error(`${name} is no file`);
    }
  }
  return files.sort();
};

const entriesIn = (folder: string) => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
};

const checkKind = (file: string, stats: Stats | BigIntStats): void => {
  if (!stats.isFile() && !stats.isDirectory()) throw noFile(file);
};

const noFile = (file: string): AkscanError => new AkscanError(`${file} is neither a file nor a folder.`);

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
