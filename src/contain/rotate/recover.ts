// What a run that was killed while it made a key has left: a key whose secret reached nobody, as far as the log knows. It is
// looked for and told; whether somebody else made it meanwhile, nobody here can know, so it is left alone.

import type { Log } from '../log.js';
import type { User, UserKeys } from './keys.js';
import { newIn } from './make.js';

interface Left {
  readonly replaces: string;
  readonly owner: User;
  readonly before: readonly string[];
  /** The ID of the new key, where the answer was recorded. */
  readonly made: string | null;
  readonly isHandedOver: boolean;
}

/** Creations without their state, or without a word on their secret. */
export const unfinishedCreations = ({ earlier }: Pick<Log, 'earlier'>): readonly Left[] => {
  const left = new Map<string, Left>();
  for (const line of earlier) {
    switch (line.type) {
      case 'create-intent':
        if (line.owner.kind === 'user') {
          const { replaces, owner, before } = line;
          left.set(replaces, { replaces, owner, before, made: null, isHandedOver: false });
        }
        break;
      case 'create-answer': {
        const open = left.get(line.replaces);
        if (open !== undefined) left.set(line.replaces, { ...open, made: line.made });
        break;
      }
      case 'handed-over':
        for (const [replaces, open] of left) {
          if (open.made === line.made) left.set(replaces, { ...open, isHandedOver: true });
        }
        break;
      case 'create-state':
        left.delete(line.replaces);
        break;
    }
  }
  return [...left.values()];
};

/**
 * Finishes the record, with what the account shows now.
 * @returns one note for each key that nobody may have the secret of
 */
export const finishCreations = async (
  log: Log,
  keysOf: (account: string) => UserKeys | null,
): Promise<readonly string[]> => {
  const notes: string[] = [];
  for (const { replaces, owner, before, made, isHandedOver } of unfinishedCreations(log)) {
    const keys = keysOf(owner.account);
    if (keys === null) continue;
    const read = await keys.list(owner);
    const appeared = newIn(read, before);
    if (made !== null && !isHandedOver) {
      const why = 'the run ended before it was recorded';
      log.append({ type: 'handed-over', made, to: null, ok: false, why, recovered: true });
    }
    log.append({
      type: 'create-state',
      replaces,
      after: read.kind === 'read' ? read.keys.map(({ id }) => id) : null,
      appeared,
      ...(read.kind === 'read' ? {} : { why: read.why }),
      recovered: true,
    });
    if (isHandedOver || (read.kind === 'read' && appeared.length === 0)) continue;
    const which = appeared.length === 0 ? 'a key' : appeared.join(', ');
    notes.push(
      `An earlier run was stopped while it made a key for RAM user ${owner.user}; since then ${which} may be there whose secret nobody has, unless it is where it was to go. If nobody uses it, delete it.`,
    );
  }
  return notes;
};
