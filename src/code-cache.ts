// Loads the program with the code that V8 made of it last time: that halves what the start costs beyond Node's own. Newer
// versions of Node can do this themselves, but a start takes 4 ms longer with it: they do it for the libraries in chunks, and
// where nothing says whose a file is. Whoever can write the kept code can run anything, so it lies in the user's own cache
// folder and is believed only when nobody else can have written it.

import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { makeFolder } from './make-folder.js';
import { cacheFolder } from './state-folder.js';

/**
 * Milliseconds after which what is kept is made anew, first when it was made once, at last when it was made often: what was
 * called meanwhile is then in it, too. The first run may have had little to do, and the next ones would compile the rest each.
 */
const RENEWED = [0, 0, 60_000, 600_000, 7_200_000, 86_400_000];
/** Files that are kept, half a megabyte each at most: those made last, of whatever versions. One build has eleven programs. */
const MOST = 36;

/**
 * Before the code: its length and a sum over every so many of its bytes, since V8 does not look at what it is given and ends
 * the program with it when a page of it was lost; whether the run had FOUND something; and how often it was made anew. A sum over
 * all would take longer than most of what is spared, and a file gets its name only when all of it is on the disk.
 */
const HEAD = 10;
const STRIDE = 512;
/** The exit code of a run that found keys: most of the program was called. */
const FOUND = 1;

/**
 * Where V8 stamps code with the flags it was made under, to refuse it under others. A long run changes some that are about
 * compiling (src/v8-flags.ts): what is kept gets the stamp of the start.
 */
const STAMP = 12;
const STAMP_END = 16;

const loaded = new Map<string, unknown>();

/**
 * What `require(file)` gives, sooner.
 *
 * @param file absolute, a CommonJS module
 */
export const loadProgram = (file: string): unknown => {
  if (!loaded.has(file)) {
    const folder = process.geteuid === undefined ? null : folderFor('code');
    loaded.set(file, folder === null ? requireOf(file) : run(file, folder));
  }
  return loaded.get(file);
};

const requireOf = (file: string): unknown => {
  letNodeKeep();
  return process.getBuiltinModule('node:module').createRequire(file)(file);
};

/** Has Node keep the code of what it loads from now on, where it can: 22.1 and later. */
const letNodeKeep = (): void => {
  // Loading that module for nothing takes Node 20 half a millisecond.
  if (isAsked || Number.parseInt(process.versions.node, 10) < 22) return;
  isAsked = true;
  const folder = folderFor('modules');
  if (folder === null) return;
  const module = process.getBuiltinModule('node:module') as { enableCompileCache?: (folder: string) => unknown };
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Left to itself Node takes a folder for all users, and believes whatever lies there.
    if (process.geteuid === undefined || isOnlyOurs(fs.lstatSync(folder))) module.enableCompileCache?.(folder);
  } catch {
    // A folder that cannot be written is no reason to stop.
  }
};
let isAsked = false;

/** Null where nobody wants code kept, or nowhere is a home. */
const folderFor = (what: 'code' | 'modules'): string | null => {
  const { env } = process;
  if (env['NODE_DISABLE_COMPILE_CACHE'] === '1' || env['NODE_V8_COVERAGE'] !== undefined) return null;
  const folder = cacheFolder(env);
  return folder === null ? null : path.join(folder, what);
};

const run = (file: string, folder: string): unknown => {
  const source = wrappedSource(file);
  // V8 compares no more of the source than its length; how it begins tells one build from another (scripts/build.mjs).
  const build = source.slice(WRAP.length, WRAP.length + ID).replace(/\W+/g, '');
  const version = [process.version, process.arch, source.length, build].join('-');
  const kept = path.join(folder, `${path.basename(file, '.cjs')}-${version}`);
  const read = readKept(kept);
  const script = new vm.Script(source, {
    filename: file,
    ...(read === null ? {} : { cachedData: read.code }),
  });
  // Code that V8 made under other flags, or on another processor, is of no use to it.
  const useful = script.cachedDataRejected === true ? null : read;
  const stamp = (useful?.code ?? new vm.Script('0').createCachedData()).subarray(STAMP, STAMP_END);
  process.once('exit', (code) => {
    const times = useful === null ? 0 : Math.min(useful.times + 1, RENEWED.length - 1);
    const isRicher = code === FOUND && useful?.run !== FOUND;
    if (useful === null || isRicher || isDue(useful)) keep(script, stamp, kept, { run: code, times });
  });
  const made = { exports: {} };
  script.runInThisContext()(made.exports, builtIn, made, file, path.dirname(file), {
    // Beside this code, as it is built, lie the programs and all that they load.
    import: (name: string): Promise<unknown> => {
      letNodeKeep();
      return import(name);
    },
    load: (name: string): unknown => loadProgram(path.join(path.dirname(file), name)),
  });
  return made.exports;
};

const isDue = ({ made, times }: Kept): boolean => Date.now() - made >= (RENEWED[times] ?? 0);

/** All that programs require, beside what they load as below. */
const builtIn = (id: string): unknown => process.getBuiltinModule(id);

/** As Node wraps what it requires; `__akscan` is what scripts/build.mjs has programs ask for. */
const WRAP = '(function (exports, require, module, __filename, __dirname, __akscan) { ';
const WRAP_END = '\n})';
/** Characters that name a build, at the beginning of a program. */
const ID = 20;

/** Programs are ASCII, so that one copy of the bytes makes the text. */
const wrappedSource = (file: string): string => {
  const fd = fs.openSync(file, fs.constants.O_RDONLY);
  try {
    const { size } = fs.fstatSync(fd);
    const bytes = Buffer.allocUnsafe(WRAP.length + size + WRAP_END.length);
    bytes.write(WRAP, 'latin1');
    const read = WRAP.length + fs.readSync(fd, bytes, WRAP.length, size, 0);
    return bytes.toString('latin1', 0, read + bytes.write(WRAP_END, read, 'latin1'));
  } finally {
    fs.closeSync(fd);
  }
};

interface Kept {
  readonly code: Buffer;
  /** The exit code of the run. */
  readonly run: number;
  /** How often it was made anew, as far as that is counted. */
  readonly times: number;
  /** Milliseconds since 1970. */
  readonly made: number;
}

/** Null when there is none, or it is damaged, or somebody else may have written it. */
const readKept = (file: string): Kept | null => {
  let fd = -1;
  try {
    if (!isOnlyOurs(fs.lstatSync(path.dirname(file)))) return null;
    fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
    const stats = fs.fstatSync(fd);
    if (!stats.isFile() || !isOnlyOurs(stats)) return null;
    const bytes = Buffer.allocUnsafe(stats.size);
    if (stats.size <= HEAD || fs.readSync(fd, bytes) !== stats.size) return null;
    const code = bytes.subarray(HEAD);
    const isWhole = bytes.readUInt32LE() === code.length && bytes.readInt32LE(4) === sumOf(code);
    return isWhole ? { code, run: bytes.readUInt8(8), times: bytes.readUInt8(9), made: stats.mtimeMs } : null;
  } catch {
    return null;
  } finally {
    if (fd >= 0) fs.closeSync(fd);
  }
};

const sumOf = (code: Buffer): number => {
  let sum = code.readInt32LE(code.length - 4);
  for (let at = 0; at + 4 <= code.length; at += STRIDE) sum = (Math.imul(sum, 31) + code.readInt32LE(at)) | 0;
  return sum;
};

const WRITABLE_BY_OTHERS = 0o022;

const isOnlyOurs = ({ uid, mode }: fs.Stats): boolean =>
  uid === process.geteuid?.() && (mode & WRITABLE_BY_OTHERS) === 0;

/** Appears at once and whole, or not at all: two that start together keep the same. */
const keep = (
  script: vm.Script,
  stamp: Uint8Array,
  file: string,
  { run, times }: Pick<Kept, 'run' | 'times'>,
): void => {
  // Threads of one process that run the same program end at the same time.
  const { threadId } = process.getBuiltinModule('node:worker_threads');
  const fresh = `${file}.${process.pid}.${threadId}`;
  try {
    const folder = path.dirname(file);
    makeFolder(folder, 0o700);
    if (!isOnlyOurs(fs.lstatSync(folder))) return;
    forget(folder);
    const code = script.createCachedData();
    code.set(stamp, STAMP);
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(code.length);
    head.writeInt32LE(sumOf(code), 4);
    head.writeUInt8(run & 255, 8);
    head.writeUInt8(times, 9);
    fs.writeFileSync(fresh, Buffer.concat([head, code]), { flag: 'wx', mode: 0o600, flush: true });
    fs.renameSync(fresh, file);
  } catch {
    // A full disk, a read-only home: the next start takes as long as this one.
    discard(fresh);
  }
};

const discard = (file: string): void => {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // It was not there, and its folder cannot be written.
  }
};

const forget = (folder: string): void => {
  const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
  if (files.length < MOST) return;
  const made = (file: string): number => fs.lstatSync(file).mtimeMs;
  const byAge = files.map((file) => ({ file, made: made(file) })).sort((a, b) => b.made - a.made);
  for (const { file } of byAge.slice(MOST - 1)) fs.rmSync(file, { force: true });
};
