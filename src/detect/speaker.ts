// Whose line of a log or a chat a value stands on: two threads or two people who write in turn are told apart by it.

const TIME = /^\s*\[?(?:\d{4}[-/.\d]{2,8}[ T]?)?\s?\d{1,2}:\d\d(?::\d\d)?[\d.,Z+:]{0,12}(?: ?[AP]M)?\]?/;
const TAG = /[[<(]([A-Za-z\u0080-\uffff][^[\]<>()\n]{0,30})[\])>]/g;
const LEVEL = /^(?:info|warn|warning|error|err|debug|trace|notice|fatal|critical|severe|fine)$/i;
/** A chat's line of its own above what was said: a name and a time; a colon makes the name a field's (`Created: 10:00`). */
const SAID =
  /^(?!.{0,38}[:=][ \t])(\S.{0,38}?)[ \t]+(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}[ ,T]{1,2})?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\s*$/;
/** Lines that one message may have before the value. */
const MESSAGE = 4;

/** @param lineAt the first 200 characters of a line, with its end */
export const speakerOf = (lineAt: (index: number) => string, index: number, column: number): string | null => {
  const head = lineAt(index).slice(0, column);
  const time = TIME.exec(head)?.[0];
  if (time !== undefined) {
    const tags = [...head.slice(time.length, time.length + 80).matchAll(TAG)].map(([, tag]) => tag ?? '');
    return tags.find((tag) => !LEVEL.test(tag)) ?? null;
  }
  for (let above = index - 1; above >= Math.max(0, index - MESSAGE); above--) {
    const line = lineAt(above);
    if (/^\s*$/.test(line)) return null;
    const name = SAID.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return null;
};
