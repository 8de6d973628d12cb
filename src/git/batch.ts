// Objects by name through one `git cat-file --batch`: as many questions as one likes are put at once and answered in their
// order. For work that may start few programs, as a commit hook: all it reads comes through here.

import { AkscanError } from '../errors.js';
import { LINE_FEED } from './lines.js';
import { bytesOfPath } from './path-text.js';
import { type GitPlace, type GitProcess, gitReason, startGit } from './run.js';
import { SILENT_WEIGHT, watchOver } from './silence.js';

export type ObjectType = 'blob' | 'commit' | 'tag' | 'tree';

export type Answer =
  /** `bytes` is null when the object is larger than was asked for, or was given piece by piece. */
  | {
      readonly kind: 'object';
      readonly oid: string;
      readonly type: ObjectType;
      readonly size: number;
      readonly bytes: Buffer | null;
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged'; readonly reason: string };

export interface Batch {
  /**
   * @param name anything git resolves to an object: an object name, `HEAD^{tree}`, `<commit>:<path>`, `:2:<path>`
   * @param limit bytes; of a larger object only what it is is told
   */
  read(name: string, limit: number): Promise<Answer>;
  /** Calls `push` with each piece of the object's bytes; they are valid only during the call. */
  stream(name: string, push: (piece: Buffer) => void): Promise<Answer>;
  /** No more is asked. Settles when git has ended; rejects when it cannot be started. */
  close(): Promise<void>;
}

interface Question {
  readonly name: string;
  readonly limit: number;
  readonly push: ((piece: Buffer) => void) | null;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
}

/** Beyond this many damaged objects a repository is ruined, and starting git for each of the rest helps nobody. */
const MOST_DAMAGED = 1_000;

export const createBatch = (place: GitPlace, signal: AbortSignal): Batch => {
  let waiting: Question[] = [];
  let answered = 0;
  let damaged = 0;
  let running: { readonly git: GitProcess; readonly over: Promise<void> } | null = null;
  let unsent: string[] = [];

  const next = (): Question | undefined => waiting[answered];
  const taken = (): void => {
    answered += 1;
    // Dropped in bulk: shift() on each would be slow.
    if (answered === 4_096) waiting = waiting.slice(answered);
    if (answered === 4_096) answered = 0;
  };

  const start = (): { readonly git: GitProcess; readonly over: Promise<void> } => {
    const git = startGit(place, ['cat-file', '--batch'], signal);
    const parse = createParser(next, taken);
    const watch = watchOver(git, () => next() !== undefined);
    git.stdout.on('data', (chunk: Buffer) => {
      watch.heard();
      parse(chunk);
    });
    const over = git.ended.finally(watch.stop).then(({ stderr }) => {
      running = null;
      waiting = waiting.slice(answered);
      answered = 0;
      const culprit = waiting.shift();
      if (culprit === undefined) return;
      // Git dies on a damaged object; those asked after it are asked again.
      damaged += watch.isSilent() ? SILENT_WEIGHT : 1;
      const reason = watch.isSilent() ? 'git did not come back from it' : gitReason(stderr);
      culprit.answer({ kind: 'damaged', reason });
      if (damaged > MOST_DAMAGED)
        throw new AkscanError(`more than ${MOST_DAMAGED} objects are damaged`, 'git fsck says which.');
      if (waiting.length === 0) return;
      unsent = waiting.map(({ name }) => name);
      running = start();
      flush();
      return running.over;
    });
    over.catch((error) => {
      for (const question of waiting.slice(answered)) question.fail(error);
      waiting = [];
      answered = 0;
    });
    return { git, over };
  };

  const flush = (): void => {
    if (unsent.length === 0) return;
    running ??= start();
    const lines = unsent.map((name) => Buffer.concat([bytesOfPath(name), Buffer.of(LINE_FEED)]));
    unsent = [];
    running.git.stdin.write(Buffer.concat(lines));
  };

  const ask = (name: string, limit: number, push: Question['push']): Promise<Answer> => {
    // A name ends at the line: a path with a line feed in it cannot be asked for.
    if (name.includes('\n')) return Promise.resolve({ kind: 'missing' });
    return new Promise((resolve, reject) => {
      waiting.push({ name, limit, push, answer: resolve, fail: reject });
      unsent.push(name);
      // Questions that are put together travel together.
      if (unsent.length === 1) queueMicrotask(flush);
    });
  };

  return {
    read: (name, limit) => ask(name, limit, null),
    stream: (name, push) => ask(name, 0, push),
    close: async () => {
      flush();
      running?.git.stdin.end();
      await running?.over;
    },
  };
};

type Head = Omit<Extract<Answer, { kind: 'object' }>, 'bytes'>;

/** `<oid> SP <type> SP <size> LF <bytes> LF` for each object, or `<name> missing` (git-cat-file, BATCH OUTPUT). */
const createParser = (next: () => Question | undefined, taken: () => void): ((chunk: Buffer) => void) => {
  let line: Buffer | null = null;
  let head: Head | null = null;
  let whole: Buffer | null = null;
  /** Bytes of the current object that are still to come, the line feed after it included. */
  let left = 0;

  const body = (bytes: Buffer): void => {
    if (head === null) return;
    const own = bytes.subarray(0, Math.min(bytes.length, left - 1));
    if (own.length > 0) next()?.push?.(own);
    if (whole !== null) own.copy(whole, head.size + 1 - left);
    left -= bytes.length;
    if (left > 0) return;
    const question = next();
    taken();
    question?.answer({ ...head, bytes: whole });
    head = null;
    whole = null;
  };

  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (head !== null) {
        const part = rest.subarray(0, left);
        rest = rest.subarray(part.length);
        body(part);
        continue;
      }
      const end = rest.indexOf(LINE_FEED);
      const part = rest.subarray(0, end < 0 ? rest.length : end);
      line = line === null ? part : Buffer.concat([line, part]);
      if (end < 0) return;
      rest = rest.subarray(end + 1);
      head = headOf(line.toString('latin1'));
      line = null;
      const question = next();
      if (head === null) {
        taken();
        question?.answer({ kind: 'missing' });
        continue;
      }
      left = head.size + 1;
      const wanted = question !== undefined && question.push === null && head.size <= question.limit;
      whole = wanted ? Buffer.allocUnsafe(head.size) : null;
    }
  };
};

const headOf = (line: string): Head | null => {
  const match = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line);
  if (match === null) return null;
  const [, oid = '', type, size] = match;
  return { kind: 'object', oid, type: type as ObjectType, size: Number(size) };
};
