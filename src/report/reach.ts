// How far an audit got: what says that nothing was found must not speak of what was not read.

import type { Summary } from '../findings/model.js';

/** A scan of one target says itself what it could not read. */
export type Reach = 'whole' | 'part' | 'nothing';

export const reachOf = ({ audit, interrupted }: Pick<Summary, 'audit' | 'interrupted'>): Reach => {
  if (audit === undefined) return 'whole';
  const { scanned, unchanged, empty, broken } = audit.repositories.byState;
  if (scanned + unchanged + empty + broken === 0) return 'nothing';
  return audit.notRead.length > 0 || interrupted === true ? 'part' : 'whole';
};
