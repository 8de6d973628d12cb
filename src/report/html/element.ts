// A page as data: what the server writes as HTML and what the script in the page builds as DOM are the same elements, so that
// there is one description of a row and one place for each of the two ways out. The types leave hostile text no context but
// two, text and quoted attribute values: there is no tag that runs or loads anything, and no attribute that holds a script,
// a style or an address.

type Tag =
  | 'bdi'
  | 'button'
  | 'code'
  | 'dd'
  | 'details'
  | 'div'
  | 'dl'
  | 'dt'
  | 'form'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'header'
  | 'input'
  | 'label'
  | 'li'
  | 'line'
  | 'main'
  | 'option'
  | 'p'
  | 'rect'
  | 'section'
  | 'select'
  | 'small'
  | 'span'
  | 'strong'
  | 'summary'
  | 'svg'
  | 'table'
  | 'tbody'
  | 'td'
  | 'text'
  | 'th'
  | 'thead'
  | 'time'
  | 'tr'
  | 'ul'
  | 'wbr';

export type AttributeName =
  | 'aria-hidden'
  | 'aria-label'
  | 'aria-labelledby'
  | 'autocomplete'
  | 'class'
  | 'colspan'
  | 'data-label'
  | 'for'
  | 'height'
  | 'name'
  | 'id'
  | 'lang'
  | 'role'
  | 'scope'
  | 'tabindex'
  | 'text-anchor'
  | 'translate'
  | 'type'
  | 'value'
  | 'viewBox'
  | 'width'
  | 'x'
  | 'x1'
  | 'x2'
  | 'y'
  | 'y1'
  | 'y2';

export type Attributes = Readonly<Partial<Record<AttributeName, string | number>>>;

export type Child = string | Element | null;

export interface Element {
  readonly tag: Tag;
  readonly attributes: Attributes;
  readonly children: readonly Child[];
}

export const h = (tag: Tag, attributes: Attributes, ...children: readonly Child[]): Element => ({
  tag,
  attributes,
  children,
});

/** https://html.spec.whatwg.org/#void-elements: those of ours. */
const VOID: ReadonlySet<Tag> = new Set(['input', 'wbr']);

const REPLACED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text between tags and for attribute values in quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => REPLACED[letter] ?? letter);

export const htmlOf = (child: Child): string => {
  if (child === null) return '';
  if (typeof child === 'string') return escapeHtml(child);
  const attributes = Object.entries(child.attributes)
    .map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
    .join('');
  if (VOID.has(child.tag)) return `<${child.tag}${attributes}>`;
  return `<${child.tag}${attributes}>${child.children.map(htmlOf).join('')}</${child.tag}>`;
};
