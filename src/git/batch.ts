// Objects by name through one `git cat-file`: as many questions as one likes are put at once and answered in their order. For
// work that may start few programs, as a commit hook: all it reads comes through here.

import { AkscanError } from '../errors.js';
import { headOf, LONGEST_LINE, type ObjectHead, OutOfStep, WRONG_SIZE } from './batch-format.js';
import { OID } from './hash.js';
import { LINE_FEED } from './lines.js';
import { bytesOfPath } from './path-text.js';
import { type GitPlace, type GitProcess, gitReason, startGit } from './run.js';
import { SILENT_WEIGHT, watchOver } from './silence.js';

export type Answer =
  /** `bytes` is null when the object is larger than was asked for, was given piece by piece, or only its header was asked for. */
  | ({ readonly kind: 'object'; readonly bytes: Buffer | null } & ObjectHead)
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

/** @param give whether git gives the objects' bytes, or only says what they are: then no object is read for it */
export const createBatch = (place: GitPlace, signal: AbortSignal, give: 'bytes' | 'headers' = 'bytes'): Batch => {
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

  const failAll = (error: unknown): void => {
    for (const question of waiting.slice(answered)) question.fail(error);
    waiting = [];
    answered = 0;
    unsent = [];
  };

  const start = (): { readonly git: GitProcess; readonly over: Promise<void> } => {
    const git = startGit(place, ['cat-file', give === 'bytes' ? '--batch' : '--batch-check'], signal);
    const parse = createParser(next, taken, give);
    let outOfStep: OutOfStep | null = null;
    const watch = watchOver(git, () => next() !== undefined);
    git.stdout.on('data', (chunk: Buffer) => {
      watch.heard();
      if (outOfStep !== null) return;
      try {
        parse(chunk);
      } catch (error) {
        if (!(error instanceof OutOfStep)) throw error;
        outOfStep = error;
        git.kill();
      }
    });
    const over = git.ended.finally(watch.stop).then(({ stderr }) => {
      running = null;
      waiting = waiting.slice(answered);
      answered = 0;
      // Git dies on a damaged object; those asked after it are asked again.
      damaged += watch.isSilent() ? SILENT_WEIGHT : 1;
      if (outOfStep?.wrong !== 'before') {
        const culprit = waiting.shift();
        if (culprit === undefined) return;
        const reason = outOfStep === null ? gitReason(stderr) : WRONG_SIZE;
        culprit.answer({ kind: 'damaged', reason: watch.isSilent() ? 'git did not come back from it' : reason });
      }
      if (damaged > MOST_DAMAGED)
        throw new AkscanError(`more than ${MOST_DAMAGED} objects are damaged`, 'git fsck says which.');
      if (waiting.length === 0) return;
      unsent = waiting.map(({ name }) => name);
      running = start();
      flush();
      return running.over;
    });
    over.catch(failAll);
    return { git, over };
  };

  const flush = (): void => {
    if (unsent.length === 0) return;
    running ??= start();
    const lines = unsent.map(lineOf);
    unsent = [];
    running.git.stdin.write(Buffer.concat(lines));
  };

  const tryFlush = (): void => {
    try {
      flush();
    } catch (error) {
      failAll(error);
    }
  };

  const ask = (name: string, limit: number, push: Question['push']): Promise<Answer> => {
    // A name ends at the line: a path with a line feed in it cannot be asked for.
    if (name.includes('\n')) return Promise.resolve({ kind: 'missing' });
    return new Promise((resolve, reject) => {
      waiting.push({ name, limit, push, answer: resolve, fail: reject });
      unsent.push(name);
      // Questions that are put together travel together.
      if (unsent.length === 1) queueMicrotask(tryFlush);
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

/** Git takes one carriage return off the end of a line: a name that ends in one, as a folder's may, is given another. */
const lineOf = (name: string): Buffer => bytesOfPath(name.endsWith('\r') ? `${name}\r\n` : `${name}\n`);

/** @returns what takes the answers in. @throws OutOfStep */
const createParser = (
  next: () => Question | undefined,
  taken: () => void,
  give: 'bytes' | 'headers',
): ((chunk: Buffer) => void) => {
  let line: Buffer | null = null;
  let head: ObjectHead | null = null;
  let whole: Buffer | null = null;
  /** Bytes of the current object that are still to come, the line feed after it included. */
  let left = 0;
  let previous = false;

  const settle = (answer: Answer): void => {
    const question = next();
    taken();
    previous = true;
    question?.answer(answer);
  };

  const body = (current: ObjectHead, bytes: Buffer): void => {
    const own = bytes.subarray(0, Math.min(bytes.length, left - 1));
    if (own.length > 0) next()?.push?.(own);
    if (whole !== null) own.copy(whole, current.size + 1 - left);
    left -= bytes.length;
    if (left > 0) return;
    if (bytes.at(-1) !== LINE_FEED) throw new OutOfStep('this');
    head = null;
    settle({ kind: 'object', ...current, bytes: whole });
    whole = null;
  };

  const outOfStep = (): OutOfStep => new OutOfStep(previous ? 'before' : 'this');

  const begin = (text: string): void => {
    const question = next();
    const found = headOf(text);
    if (question === undefined || !isAnswer(text, found, question.name)) throw outOfStep();
    if (found === null) settle({ kind: 'missing' });
    else if (give === 'headers') settle({ kind: 'object', ...found, bytes: null });
    else {
      head = found;
      left = found.size + 1;
      whole = question.push === null && found.size <= question.limit ? Buffer.allocUnsafe(found.size) : null;
    }
  };

  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (head !== null) {
        const part = rest.subarray(0, left);
        rest = rest.subarray(part.length);
        body(head, part);
        continue;
      }
      const end = rest.indexOf(LINE_FEED);
      const part = rest.subarray(0, end < 0 ? rest.length : end);
      line = line === null ? part : Buffer.concat([line, part]);
      if (line.length > LONGEST_LINE + 4 * (next()?.name.length ?? 0)) throw outOfStep();
      if (end < 0) return;
      rest = rest.subarray(end + 1);
      const text = line.toString('latin1');
      line = null;
      begin(text);
    }
  };
};

/** Git repeats the name it was given, followed by what is wrong with it: `missing`, `ambiguous`. */
const isAnswer = (line: string, head: ObjectHead | null, name: string): boolean => {
  if (head !== null) return head.oid === name || !OID.test(name);
  return line.startsWith(`${bytesOfPath(name).toString('latin1')} `);
};
