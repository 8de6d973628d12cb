// Tells a value that goes on in a mask or an ellipsis (`LTAI5tab****`, `LTAI…`) from one that text around it merely touches. A
// mask is one mark over and over, in whatever way it is written; a mark that also opened before the value is emphasis.

/** A mark written as an escape, an entity, bytes of UTF-8 or itself, one after the other. */
const UNIT =
  /\\{0,8}([*#?_~.-])|\\{1,8}u\{?([0-9A-Fa-f]{4})\}?|\\{1,8}x([0-9A-Fa-f]{2})|\\{1,8}([0-7]{3})|&#[xX]([0-9A-Fa-f]{1,5});|&#(\d{1,6});|&([a-z]{3,10});|((?:%[0-9A-Fa-f]{2}){1,3}?(?!%[89ABab]))|((?:=[0-9A-F]{2}){1,3}?(?!=[89AB]))|([\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2})|([\u2000-\uffff])/y;

const ENTITIES: Readonly<Record<string, string>> = {
  ast: '*',
  lowast: '\u2217',
  bull: '\u2022',
  middot: '\u00b7',
  times: '\u00d7',
  hellip: '\u2026',
  mldr: '\u2026',
  sdot: '\u22c5',
  star: '\u2606',
  starf: '\u2605',
  bigstar: '\u2605',
  block: '\u2588',
};

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
const fromHex = (written: string): string => utf8(Buffer.from(written.replace(/[%=]/g, ''), 'hex').toString('latin1'));
const point = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** The mark that a unit stands for; '' for none. */
const markOf = ([, plain, u, x, octal, hex, decimal, name, percent, equals, bytes, wide]: RegExpExecArray): string => {
  if (plain !== undefined) return plain;
  const code = u ?? x ?? hex;
  if (code !== undefined) return point(Number.parseInt(code, 16));
  if (octal !== undefined) return point(Number.parseInt(octal, 8));
  if (decimal !== undefined) return point(Number(decimal));
  if (name !== undefined) return ENTITIES[name] ?? '';
  const escaped = percent ?? equals;
  if (escaped !== undefined) return fromHex(escaped);
  return bytes === undefined ? (wide ?? '') : utf8(bytes);
};

const MOST = 40;

interface Marks {
  readonly mark: string;
  readonly count: number;
  /** Where they end in the text. */
  readonly end: number;
}

/** The first mark at `at` and how often it stands there in a row. */
const marksAt = (text: string, at: number): Marks => {
  let mark = '';
  let count = 0;
  let end = at;
  // Marks as they stand, as most are.
  for (const plain = text[at] ?? ''; '*#?_~.-'.includes(plain) && count < MOST && text[end] === plain; end++) {
    mark = plain;
    count++;
  }
  if (count > 0) return { mark, count, end };
  for (UNIT.lastIndex = at; count < MOST; count++) {
    const match = UNIT.exec(text);
    const next = match === null ? '' : markOf(match);
    if (next === '' || (count > 0 && next !== mark)) break;
    mark = next;
    end = UNIT.lastIndex;
  }
  return { mark, count, end };
};

/** Signs beyond ASCII that serve as masks: bullets, stars, shapes, blocks, crosses; no dashes, quotes, arrows or frames. */
const SIGN =
  /^[\u00b7\u00d7\u2020-\u2027\u2042-\u2055\u2200-\u22ff\u2580-\u27bf\u2b00-\u2bff\u3002-\u3007\uff0a\uff0e\uff38\uff58]$/;

/** How often a mark stands at least where it is a mask. */
const leastOf = (mark: string): number => {
  if (mark === '\u2026' || mark === '\u22ef') return 1;
  if (mark === '*' || SIGN.test(mark)) return 2;
  return mark !== '' && '#?_~.-'.includes(mark) ? 3 : Number.POSITIVE_INFINITY;
};

const LOOK_BACK = 200;
const LONGEST_EMPHASIS = 3;

/** Whether the line holds, before `from`, a run of just so many marks that was not closed: Markdown's emphasis. */
const opensBefore = (text: string, from: number, { mark, count }: Marks): boolean => {
  const before = text.slice(Math.max(0, from - LOOK_BACK), from);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  let open = false;
  for (let at = 0; at < line.length; at++) {
    let end = at;
    while (line[end] === mark) end++;
    if (end - at === count) open = !open;
    at = Math.max(at, end);
  }
  return open;
};

/** What cannot begin a mask is most of what stands behind a value. */
const BEGINS = /[\\*#?_~.\-&%=\u00b7-\uffff[({<]/;
const SAID =
  /^[[({<](?:\.\.\.|\u2026|\u00e2\u0080\u00a6|mask|redact|hidden|hide|trunc|omit|remov|snip|censor|secret[\])}>](?![0-9A-Za-z]))/i;

/** Whether the value from `from` up to `to` goes on in a mask: documentation, cut short on purpose. */
export const isCutShort = (text: string, from: number, to: number): boolean => {
  if (to >= text.length || !BEGINS.test(text[to] ?? '')) return false;
  if (SAID.test(text.slice(to, to + 12))) return true;
  const marks = marksAt(text, to);
  if (marks.count === 0 || marks.count < leastOf(marks.mark)) return false;
  // `*/` ends a comment.
  if (marks.mark === '*' && marks.count <= 2 && text[to + marks.count] === '/') return false;
  // Dashes and the like stand between a key and its secret, too.
  if ('#?_~-'.includes(marks.mark) && /[0-9A-Za-z]/.test(text[marks.end] ?? ' ')) return false;
  if (marks.count <= LONGEST_EMPHASIS) return !opensBefore(text, from, marks);
  // `-----...-----`: what stands on both sides is a frame.
  return !text.endsWith(text.slice(to, marks.end), from);
};

/** Markup that goes over from one stretch to the next, the end of a literal and the next one, a colour. */
const SEAM =
  /^(?:(?:<\/?(?:span|em|i|b|strong|font|code|u|s|small|mark|sub|sup|a|kbd|tt)\b[^<>\n]{0,80}>){1,3}|["'`]\s{0,20}(?:\+|\.{1,2}|&|\|\||~|<>)?\s{0,20}["'`]|(?:(?:\x1b|\\{1,4}(?:e|033|x1[bB]|u001[bB]))?\[[0-9;]{0,8}m){1,4})/i;

/** Whether a mask stands behind the value in markup or in a literal of its own: the value itself may be all that is shown. */
export const isMaskedBeyond = (text: string, to: number): boolean => {
  const seam = SEAM.exec(text.slice(to, to + 260))?.[0];
  if (seam === undefined) return false;
  const { mark, count } = marksAt(text, to + seam.length);
  return count >= Math.max(3, leastOf(mark)) && mark !== '.' && mark !== '-' && mark !== '_';
};
