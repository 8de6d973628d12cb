// What stands in the files of a made-up history, and how one version becomes the next. Keys are whole or cut: a cut one lacks
// the letters it begins with, or has a stranger among them, so that the edit that mends it makes the beginning of a key
// arise from a few bytes of an insert, or from nothing but the seam between two copied ranges.

import type { Dice, Plant } from './dice.js';

/** Each kind has a folder of its own, so that nothing beside an ID alone could complete it. */
export type Kind = 'pairs' | 'ids' | 'wide' | 'wide-be' | 'base64' | 'large' | 'soup' | 'plain';

interface Line {
  readonly text: string;
  readonly key: Plant | null;
  /** How the first letters of the key are damaged; null when it is whole. */
  readonly cut: string | null;
}

export interface Content {
  readonly kind: Kind;
  readonly ending: '\n' | '\r\n' | '';
  readonly lines: readonly Line[];
}

const CUTS = ['', 'L', 'LT', 'LTA', 'TAI', 'AI', 'I', 'L#TAI', 'LT#AI', 'LTA#I', 'LTAI#', 'LLTA', 'ltai'];
const WORDS = 'account bucket cache client config domain engine handler image loader module order parser queue'.split(
  ' ',
);
const SOUP = ['L', 'T', 'A', 'I', 'L', 'T', 'A', 'I', '.', '-', ' ', '/'];

const prose = (text: string): Line => ({ text, key: null, cut: null });

const filler = (dice: Dice): Line => {
  const [a, b, c] = [dice.pick(WORDS), dice.pick(WORDS), dice.pick(WORDS)];
  const forms = [
    `    ${a}.${b}("${c}", ${dice.below(9_999)});`,
    `${a}.${b}=${c}-${dice.below(99)}`,
    `// the ${a} of the ${b}: ${c}`,
    '',
    `  "${a}": { "${b}": ${dice.below(999_999)} },`,
    'LT is not AI, and TA is not LI',
  ];
  return prose(dice.pick(forms));
};

const keyLine = (kind: Kind, dice: Dice): Line => {
  const name = `${dice.pick(WORDS)}${dice.below(999)}`;
  const plant = kind === 'ids' ? dice.lone() : dice.pair();
  const { id, secret } = plant;
  const text = (): string => {
    if (secret === null)
      return `https://b.oss-cn-hangzhou.aliyuncs.com/${name}?Expires=17${dice.below(1e8)}&OSSAccessKeyId=${id}&Signature=a%3D`;
    if (kind === 'base64') {
      const inside = `${' '.repeat(dice.below(3))}accessKeyId=${id};accessKeySecret=${secret};`;
      return `${name}: "${Buffer.from(inside).toString('base64')}"`;
    }
    const forms = [
      `  {"name": "${name}", "accessKeyId": "${id}", "accessKeySecret": "${secret}"},`,
      `\n[${name}]\naccessKeyId = ${id}\naccessKeySecret = ${secret}\n`,
    ];
    return dice.pick(forms);
  };
  return { text: text(), key: plant, cut: kind === 'base64' || dice.chance(0.5) ? null : dice.pick(CUTS) };
};

const soup = (dice: Dice, length: number): string => Array.from({ length }, () => dice.pick(SOUP)).join('');

const SIZES: Readonly<Record<Kind, readonly [number, number]>> = {
  pairs: [0, 60],
  ids: [2, 20],
  wide: [2, 30],
  'wide-be': [2, 30],
  base64: [2, 40],
  large: [2_500, 7_000],
  soup: [1, 40],
  plain: [0, 80],
};

export const newContent = (kind: Kind, dice: Dice): Content => {
  const [from, to] = SIZES[kind];
  const length = dice.between(from, to);
  const lines = Array.from({ length }, () =>
    kind === 'soup' ? prose(soup(dice, dice.between(0, 120))) : filler(dice),
  );
  const content: Content = { kind, ending: kind === 'soup' ? '' : dice.chance(0.15) ? '\r\n' : '\n', lines };
  return dice.chance(0.5) ? edited(content, dice) : content;
};

/** The next version: one to five edits. */
export const edited = (content: Content, dice: Dice): Content => {
  const edit = content.kind === 'soup' ? editSoup : editLines;
  let next = content;
  for (let left = dice.between(1, dice.chance(0.1) ? 20 : 4); left > 0; left--) next = edit(next, dice);
  return dice.chance(0.03) && content.kind !== 'soup'
    ? { ...next, ending: next.ending === '\n' ? '\r\n' : '\n' }
    : next;
};

const spliced = (content: Content, at: number, remove: number, ...add: readonly Line[]): Content => ({
  ...content,
  lines: content.lines.toSpliced(at, remove, ...add),
});

const editLines = (content: Content, dice: Dice): Content => {
  const { kind, lines } = content;
  const at = dice.below(lines.length + 1);
  const line = lines[at];
  const choice = dice.below(100);
  if (line?.key && kind !== 'base64' && choice < 60)
    return spliced(content, at, 1, { ...line, cut: line.cut === null ? dice.pick(CUTS) : null });
  if (choice < 35 && kind !== 'plain') return spliced(content, at, 0, keyLine(kind, dice));
  if (choice < 50) return mended(content, dice);
  if (choice < 60) return spliced(content, at, 0, filler(dice), filler(dice));
  if (choice < 70) return spliced(content, at, dice.between(1, 4));
  if (choice < 80) {
    // Moved or pasted: of keys only whole lines, and those once.
    const taken = lines.slice(at, at + dice.between(1, 30));
    const rest = spliced(content, at, taken.length);
    return spliced(rest, dice.below(rest.lines.length + 1), 0, ...taken);
  }
  if (line === undefined || line.key !== null) return spliced(content, at, 0, filler(dice));
  const spot = dice.below(line.text.length + 1);
  return spliced(
    content,
    at,
    1,
    prose(`${line.text.slice(0, spot)}${dice.below(10)}${line.text.slice(spot + dice.below(3))}`),
  );
};

/** Whichever keys were cut and come first in the file are whole again, or the other way round. */
const mended = (content: Content, dice: Dice): Content => {
  const at = content.lines.findIndex(({ key }) => key !== null && dice.chance(0.5));
  const line = content.lines[at];
  if (line === undefined || content.kind === 'base64') return content;
  return spliced(content, at, 1, { ...line, cut: line.cut === null ? dice.pick(CUTS) : null });
};

const editSoup = (content: Content, dice: Dice): Content => {
  const text = content.lines.map((line) => line.text).join('');
  const at = dice.below(text.length + 1);
  const length = dice.pick([1, 2, 3, 4, 8, 16, 17, 18, 40, 300]);
  const from = dice.below(text.length + 1);
  const choice = dice.below(4);
  const next =
    choice === 0
      ? text.slice(0, at) + soup(dice, length) + text.slice(at)
      : choice === 1
        ? text.slice(0, at) + text.slice(at + length)
        : choice === 2
          ? text.slice(0, at) + text.slice(from, from + dice.pick([16, 17, 20, 40, 500, 3_000])) + text.slice(at)
          : text.slice(0, at) + dice.pick(['LTA', 'TAI', 'L', 'LT', 'AI', 'I']) + text.slice(at);
  return { ...content, lines: [prose(next.length > 20_000 ? next.slice(0, 4_000) : next)] };
};

/** The file as it is stored. */
export const bytesOf = ({ kind, ending, lines }: Content): Buffer => {
  const text = lines
    .map(({ text, key, cut }) => (key === null || cut === null ? text : text.replace(key.id, cut + key.id.slice(4))))
    .map((line) => line.replaceAll('\n', ending) + ending)
    .join('');
  if (kind === 'wide') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (kind === 'wide-be') return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return Buffer.from(text, 'latin1');
};

/** The keys that are whole in it. */
export const plantsOf = ({ lines }: Content): readonly Plant[] =>
  lines.flatMap(({ key, cut }) => (key === null || cut !== null ? [] : [key]));
