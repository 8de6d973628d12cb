// The outline of a Markdown page, as far as this project's pages use Markdown: what two pages in two languages have in common.

/** A block below a heading. Code is compared to the letter; the rest by its kind and its size. */
export type Block =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: number }
  | { readonly kind: 'paragraph' };

/** A heading and what stands below it, up to the next heading of any level. */
export interface Section {
  readonly level: number;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** What stands in `backticks`, once each, in order. */
  readonly codes: readonly string[];
  /** Targets of links as they are written. */
  readonly links: readonly string[];
  /** The numbers written in digits, once each; "1.2 million" is 1200000, in either language. */
  readonly numbers: readonly number[];
}

/** Lines up to a blank one, or a fence with its content; `text` without the last line break. */
const piecesOf = (page: string): readonly string[] =>
  [...page.matchAll(/^```[^\n]*\n[\s\S]*?^```$|^#{1,6} .*$|^[^\n]+(?:\n(?!```|#{1,6} )[^\n]+)*/gm)].map(
    ([text]) => text,
  );

const blockOf = (text: string): Block => {
  if (/^(?:```| {4})/.test(text)) return { kind: 'code', text };
  const lines = text.split('\n');
  if (text.startsWith('|')) return { kind: 'table', columns: cellsOf(lines[0] ?? ''), rows: lines.length };
  const items = lines.filter((line) => /^(?:- |\d+\. )/.test(line)).length;
  return items > 0 ? { kind: 'list', ordered: !text.startsWith('-'), items } : { kind: 'paragraph' };
};

const cellsOf = (row: string): number => row.split('|').length - 2;

const MILLIONS = { million: 1_000_000, 万: 10_000 } as const;

const numbersOf = (prose: string): readonly number[] =>
  [...prose.replace(/^\d+\. /gm, '').matchAll(/(\d[\d,]*(?:\.\d+)?)(?: (million|万))?/g)].map(
    ([, digits = '', unit]) =>
      Math.round(
        Number(digits.replaceAll(',', '')) * (unit === undefined ? 1 : MILLIONS[unit as 'million' | '万']) * 1000,
      ) / 1000,
  );

const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)].sort();

const sectionOf = ([heading = '', ...pieces]: readonly string[]): Section => {
  const blocks = pieces.map(blockOf);
  const written = [heading, ...pieces.filter((_, index) => blocks[index]?.kind !== 'code')].join('\n\n');
  const prose = written.replace(/`[^`]*`/g, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)|<(https?:[^>]+)>/g)].map(
    ([, target, plain]) => target ?? plain ?? '',
  );
  return {
    level: heading.indexOf(' '),
    title: heading.slice(heading.indexOf(' ') + 1),
    blocks,
    codes: unique([...written.matchAll(/`([^`]*)`/g)].map(([, code = '']) => code.replace(/\s+/g, ' '))),
    links,
    numbers: unique(numbersOf(prose.replace(/\]\([^)]*\)|<https?:[^>]*>/g, ']'))),
  };
};

/** A page's sections in their order. What stands above the first heading is an error of the page. */
export const sectionsOf = (page: string): readonly Section[] => {
  const sections: string[][] = [];
  for (const piece of piecesOf(page)) {
    if (/^#{1,6} /.test(piece)) sections.push([piece]);
    else if (sections.length === 0) throw new Error(`text above the first heading: ${piece}`);
    else sections.at(-1)?.push(piece);
  }
  return sections.map(sectionOf);
};

/** The name by which a link reaches a heading, as GitHub makes it. */
export const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
