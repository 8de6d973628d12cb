// The name a value has from the lines above it: a heading, a label on a line of its own, the header of a form's part.

import type { Name, Naming } from './names.js';

/** The mark that a comment's or a quotation's line begins with. */
const LINE_MARK = /(?<=\n)[ \t]*(?:\*|#|\/\/|--|>)[ \t]+$/;
/** Markdown's fence around a value that stands alone. */
const FENCE = /(?<=\n)[ \t]*(?:```|~~~)\w{0,12}[ \t]*\r?\n[ \t]*$/;
/** At most one blank line between a label and its value. */
const BLANK_LINE = /\r?\n[ \t*]*\r?(?:\n[ \t]*\r?)?$/;
const FORM_PART = /^content-disposition:[^\n]{0,80}\bname="([^"\n]{1,80})"[^\n]{0,80}$/i;

/** `head` without what only says how the value's line looks. */
export const withoutFence = (head: string): string => head.replace(FENCE, '').replace(LINE_MARK, '');

/** A short line of its own above the value: a heading, a label. */
export const headingName = (head: string, naming: Naming): Name | null => {
  const above = head.replace(BLANK_LINE, '');
  const own = above.slice(above.lastIndexOf('\n') + 1);
  const part = FORM_PART.exec(own)?.[1];
  if (part !== undefined) return naming.named(part);
  const line = own.replace(/^[\s#*>_+-]+|[\s#*_:]+$/g, '');
  if (line === '' || line.length > 40 || !/^[\w ./()-]+$/.test(line)) return null;
  const name = naming.named(line);
  return name.kind === 'id' || name.kind === 'secret' ? name : null;
};
