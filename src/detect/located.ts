// A value in its surroundings: what pairing judges by.

import type { Name } from './names.js';
import type { Layout } from './structure.js';
import type { Value } from './values.js';

/** A value with what surrounds it. */
export interface Located extends Value {
  readonly name: Name | null;
  /** Line in the text they are all judged in; escaped line breaks count. */
  readonly line: number;
  readonly layout: Layout;
}
