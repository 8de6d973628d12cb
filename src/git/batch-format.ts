// What `git cat-file --batch` answers with (git-cat-file, BATCH OUTPUT): `<oid> SP <type> SP <size> LF <bytes> LF` for each
// object, `<name> SP missing LF` where there is none. An object whose bytes are fewer or more than its header says puts
// everything behind it out of step: whoever reads compares names and looks for the line feed after each object.

export type ObjectType = 'blob' | 'commit' | 'tag' | 'tree';

export interface ObjectHead {
  readonly oid: string;
  readonly type: ObjectType;
  /** Bytes. */
  readonly size: number;
}

/** What came is no such answer, or not the one that was due. */
export class OutOfStep extends Error {
  /** @param wrong whose size is not what git said: the object's that is being read, or that was told before */
  constructor(readonly wrong: 'this' | 'before') {
    super('git cat-file answered with something that was not asked for');
  }
}

/** Of an object that is longer or shorter than its header says. */
export const WRONG_SIZE = 'its size is not what its header says';

/** @param line without its line feed, in latin1; null when no object follows it */
export const headOf = (line: string): ObjectHead | null => {
  const match = HEAD.exec(line);
  if (match === null) return null;
  const [, oid = '', type, size] = match;
  return { oid, type: type as ObjectType, size: Number(size) };
};

const HEAD = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/;

/** The name of which a line says that there is no such object; null when it says something else. */
export const missingName = (line: string): string | null =>
  line.endsWith(MISSING) ? line.slice(0, -MISSING.length) : null;

const MISSING = ' missing';

/** Bytes of a line beyond the name in it: an object name of SHA-256, a type and a size are fewer. */
export const LONGEST_LINE = 128;
