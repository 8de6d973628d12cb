// The name a value leans on where its own says nothing: `value`, `default`, `S`. It stands beside it, in an element around it, or
// is what the braces around it are called.

import type { Name, Naming } from './names.js';

const LOOK_AHEAD = 160;
const LONGEST_ITEM = 200;

export const NAME_ATTRIBUTE =
  /\b(?:name|key|id|property|label|title)(?:\\?["'])?\s{0,4}[=:]\s{0,4}\\?["']([^"'\\]{1,80})\\?["']/i;
const NAMED_SIBLING =
  /(?:^|[^\w])["']?(?:name|key|variable|env|label|title|field|id)["']?\s{0,4}[:=]\s{0,4}\\?["']?([\w.$-]{2,80})\\?["']?[,;]?\s{0,80}["'{]?$/i;
const NAMED_BLOCK =
  /\b(?:variable|resource|data|field|property)\s{1,4}"([^"\n]{1,80})"(?:\s{1,4}"[^"\n]{1,80}")?\s{0,4}\{[^{}]{0,240}$/;
/** `ParameterKey` before `ParameterValue`. */
const KEYED_SIBLING =
  /(?:^|[^\w])(\w{2,30}?)_?(?:key|name)["']?\s{0,4}[:=]\s{0,4}["']?([\w.$-]{2,80})["']?[,;]?\s{0,80}["'{]?$/i;

/** `- **Name**: \`x\`` above `- **Value**:`, in a list of Markdown. */
const NAMED_ITEM =
  /^[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+[*_`]{0,3}(?:name|key|variable)[*_`]{0,3}[ \t]*:[ \t]*[*_`"']{0,3}([\w.$-]{2,80})[*_`"']{0,3}[ \t]*\r?\n[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+[*_`]{0,3}$/im;

/** A value, not a name. */
const LONG_WORD = /(?=[A-Za-z]*\d)[0-9A-Za-z]{24}/;
const LONG_RUN = /[0-9A-Za-z]{16}/;
const LABEL = /([A-Za-z_$][\w.$-]{0,80})["'`]?\s{0,4}(?::|=|=>)\s{0,4}$/;

/** What generators give things to be told apart by: numbers, UUIDs, hashes. */
const NUMBERED = /^(?:\d+|[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{16,})$/i;

/** Names that a generic one (`value`, `default`) leans on: `name: x` above it, `variable "x" {` around it, an attribute. */
export const nameBeside = (outside: string, text: string, end: number): string | undefined =>
  unlessNumbered(NAMED_SIBLING.exec(oneBreak(outside))?.[1]) ??
  NAMED_BLOCK.exec(outside)?.[1] ??
  NAMED_ITEM.exec(outside.slice(-LONGEST_ITEM))?.[1] ??
  NAME_ATTRIBUTE.exec(/<[^<>]*$/.exec(outside)?.[0] ?? '')?.[1] ??
  [NAME_ATTRIBUTE.exec(aheadOf(text, end))?.[1], nextLine(outside, text, end)].find(
    (name) => name !== undefined && !LONG_WORD.test(name),
  );

const unlessNumbered = (name: string | undefined): string | undefined =>
  name === undefined || NUMBERED.test(name) ? undefined : name;

/** The name beside `XValue`, where `XKey` or `XName` gives it. */
export const nameOfValue = (raw: string, outside: string): string | undefined => {
  const of = /^(\w{2,30}?)_?val(?:ue)?$/i.exec(raw)?.[1];
  if (of === undefined) return undefined;
  const sibling = KEYED_SIBLING.exec(oneBreak(outside));
  return sibling?.[1]?.toLowerCase() === of.toLowerCase() ? sibling[2] : undefined;
};

const oneBreak = (outside: string): string =>
  outside.replace(/["'\s]+$/, (blank) => (blank.includes('\n') ? '\n' : ' '));

/** What the braces around a value that stands alone in them are called: `"accessKeyId": {"type": "string", "S": "..."}`. */
export const wrapperName = (outside: string, behind: string, naming: Naming): Name | null => {
  const brace = openBrace(outside);
  const label = brace < 0 ? undefined : LABEL.exec(outside.slice(Math.max(0, brace - 100), brace))?.[1];
  if (label === undefined) return null;
  const name = naming.named(label);
  if (name.kind === 'id' || name.kind === 'secret' || name.kind === 'key') return name;
  // What holds more than one value is not what each of them is called.
  const others = outside.slice(brace) + (behind.split('}', 1)[0] ?? '');
  return LONG_RUN.test(others) ? null : name;
};

/** The brace that is open at the end of a text, or -1. */
const openBrace = (text: string): number => {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === '}') depth++;
    else if (text[at] === '{' && --depth < 0) return at;
  }
  return -1;
};

/** `- value: ...` above `name: x`: the entry of a list whose name comes second. */
const nextLine = (outside: string, text: string, end: number): string | undefined =>
  /\n[ \t]*- +$/.test(outside)
    ? /^["']?[ \t]*\r?\n[ \t]+(?:name|key)[ \t]*:[ \t]*["']?([\w.$-]{2,80})/.exec(
        text.slice(end, end + LOOK_AHEAD),
      )?.[1]
    : undefined;

/** `<value>...</value><name>x</name>`, where nothing stands before the value in the element around them. */
export const elementBehind = (outside: string, text: string, end: number): string | undefined =>
  /<[\w.-]{1,40}>\s{0,80}$/.test(outside)
    ? /^\s{0,80}<\/[\w.-]{1,40}>\s{0,80}<(?:name|key)>\s{0,80}([\w.$-]{2,80})/i.exec(
        text.slice(end, end + LOOK_AHEAD),
      )?.[1]
    : undefined;

/** What follows a value in its own braces or element: on its line, or in a list of fields on the next ones, too. */
const aheadOf = (text: string, end: number): string => {
  const ahead = text.slice(end, end + LOOK_AHEAD);
  const stop = ahead.search(/^["'],/.test(ahead) ? /[<>{}]/ : /[<>{}\n]/);
  return stop < 0 ? ahead : ahead.slice(0, stop);
};
