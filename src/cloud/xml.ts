// The little XML that the APIs write: elements with text or elements in them. Prefixes and attributes are dropped, CDATA is
// text, references to characters are taken back. What is more than that (a DTD, text beside elements, an element that is
// not closed) is no answer of theirs and reads as nothing. Linear in the text, whatever it is.

export type XmlValue = string | XmlRecord | readonly XmlValue[];

export interface XmlRecord {
  readonly [name: string]: XmlValue;
}

interface Open {
  readonly name: string;
  readonly children: Map<string, XmlValue[]>;
  text: string;
}

const DEEPEST = 16;

/** Declaration, comment, CDATA, closing tag or opening tag; nothing else may begin with `<`. */
const MARK =
  /<(?:(\?xml[^<>?]*\?)|(!--)|(!\[CDATA\[)|\/([A-Za-z][\w.:-]{0,100})\s*|([A-Za-z][\w.:-]{0,100})((?:\s+[\w.:-]{1,100}\s?=\s?(?:"[^"<]*"|'[^'<]*'))*)\s*(\/)?)>?/y;

/** @returns the root's name and members, a member that occurs several times as a list; null for anything else */
export const readXml = (text: string): { readonly root: string; readonly members: XmlRecord } | null => {
  const top: Open = { name: '', children: new Map(), text: '' };
  const stack: Open[] = [top];
  for (let at = 0; at < text.length; ) {
    const open = stack.at(-1);
    if (open === undefined) return null;
    const next = text.indexOf('<', at);
    open.text += unescaped(text.slice(at, next < 0 ? text.length : next));
    if (next < 0) break;
    MARK.lastIndex = next;
    const mark = MARK.exec(text);
    if (mark === null) return null;
    const [whole, declaration, comment, cdata, closing, opening, , selfClosing] = mark;
    at = next + whole.length;
    if (comment !== undefined || cdata !== undefined) {
      const from = next + (comment === undefined ? '<![CDATA['.length : '<!--'.length);
      const mark = comment === undefined ? ']]>' : '-->';
      const to = text.indexOf(mark, from);
      if (to < 0) return null;
      if (cdata !== undefined) open.text += text.slice(from, to);
      at = to + mark.length;
      continue;
    }
    if (!whole.endsWith('>')) return null;
    if (declaration !== undefined) {
      if (next !== 0) return null;
    } else if (opening !== undefined) {
      if (stack.length > DEEPEST) return null;
      const element: Open = { name: localName(opening), children: new Map(), text: '' };
      if (selfClosing === undefined) stack.push(element);
      else add(open, element);
    } else {
      if (closing === undefined || stack.length < 2 || open.name !== localName(closing)) return null;
      stack.pop();
      const parent = stack.at(-1);
      if (parent === undefined || !add(parent, open)) return null;
    }
  }
  const [entry, ...others] = top.children;
  if (stack.length !== 1 || top.text.trim() !== '' || entry === undefined || others.length > 0) return null;
  const [root, [value, ...more]] = entry;
  return more.length > 0 || typeof value !== 'object' ? null : { root, members: value as XmlRecord };
};

/** @returns false for text beside elements */
const add = (parent: Open, { name, children, text }: Open): boolean => {
  if (children.size > 0 && text.trim() !== '') return false;
  const value =
    children.size === 0 ? text : Object.fromEntries([...children].map(([key, all]) => [key, oneOrAll(all)]));
  const known = parent.children.get(name);
  if (known === undefined) parent.children.set(name, [value]);
  else known.push(value);
  return true;
};

const oneOrAll = (values: readonly XmlValue[]): XmlValue => (values.length === 1 ? (values[0] ?? '') : values);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const unescaped = (text: string): string =>
  text.replace(/&(?:(lt|gt|quot|apos|amp)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (whole, name, decimal, hex) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
