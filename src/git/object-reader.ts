// Single objects by name, for the few that a finding needs to be explained: a commit's author, the files beside a blob.
// One `git cat-file --batch` and one `--batch-check` answer all questions; neither starts before it is asked.

import { LINE_FEED } from './lines.js';
import { bytesOfPath } from './path-text.js';
import { type GitPlace, type GitProcess, startGit } from './run.js';

interface ObjectInfo {
  readonly oid: string;
  readonly type: string;
  readonly size: number;
}

export interface ObjectReader {
  /** @param name anything git resolves to an object, without line feeds: `<commit>:<path>`; null when there is none. */
  info(name: Buffer | string): Promise<ObjectInfo | null>;
  /** The object's bytes; null when it is missing, unreadable or larger than `limit` bytes. */
  read(name: Buffer | string, limit: number): Promise<(ObjectInfo & { readonly bytes: Buffer }) | null>;
  close(): void;
}

export const createObjectReader = (place: GitPlace, signal: AbortSignal): ObjectReader => {
  const check = createDialogue(() => startGit(place, ['cat-file', '--batch-check'], signal));
  const batch = createDialogue(() => startGit(place, ['cat-file', '--batch'], signal));
  const info = async (name: Buffer | string): Promise<ObjectInfo | null> => {
    if (name.includes('\n')) return null;
    return parseHead(await check.ask(name, () => 0));
  };
  return {
    info,
    read: async (name, limit) => {
      const known = await info(name);
      if (known === null || known.size > limit) return null;
      const answer = await batch.ask(known.oid, (head) => head.size + 1);
      const head = parseHead(answer);
      if (answer === null || head === null) return null;
      const from = answer.indexOf(LINE_FEED) + 1;
      return { ...head, bytes: answer.subarray(from, from + head.size) };
    },
    close: () => {
      check.close();
      batch.close();
    },
  };
};

/** `<oid> SP <type> SP <size>`; null for `<name> missing`, `ambiguous` and the like (git-cat-file, BATCH OUTPUT). */
const parseHead = (answer: Buffer | null): ObjectInfo | null => {
  if (answer === null) return null;
  const line = answer.toString('latin1', 0, answer.indexOf(LINE_FEED));
  const match = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line);
  return match ? { oid: match[1] ?? '', type: match[2] ?? '', size: Number(match[3]) } : null;
};

interface Dialogue {
  /** One line in, one answer out; `extra` says how many bytes follow the answer's first line. Null: git gave up. */
  ask(name: Buffer | string, extra: (head: ObjectInfo) => number): Promise<Buffer | null>;
  close(): void;
}

/** Questions are put one after the other: each needs its answer before the next makes sense. */
const createDialogue = (start: () => GitProcess): Dialogue => {
  let git: GitProcess | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const once = (name: Buffer | string, extra: (head: ObjectInfo) => number): Promise<Buffer | null> => {
    const current = git ?? start();
    git = current;
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let have = 0;
      let need: number | null = null;
      const finish = (answer: Buffer | null): void => {
        current.stdout.removeAllListeners('data');
        resolve(answer);
      };
      current.stdout.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        have += chunk.length;
        if (need === null && chunk.includes(LINE_FEED)) {
          const all = Buffer.concat(chunks);
          const head = parseHead(all);
          need = all.indexOf(LINE_FEED) + 1 + (head === null ? 0 : extra(head));
        }
        if (need !== null && have >= need) finish(Buffer.concat(chunks));
      });
      // A damaged object ends git; the next question starts it anew.
      current.ended.then(
        () => {
          if (git === current) git = null;
          finish(null);
        },
        (error) => {
          git = null;
          reject(error);
        },
      );
      current.stdin.write(Buffer.concat([typeof name === 'string' ? bytesOfPath(name) : name, Buffer.of(LINE_FEED)]));
    });
  };

  return {
    ask: (name, extra) => {
      const answer = turn.then(() => once(name, extra));
      turn = answer.catch(() => {});
      return answer;
    },
    close: () => git?.stdin.end(),
  };
};
