// Source text to search: made-up, but with the mixture real trees have (code in several languages, configuration,
// comments in two scripts, hashes, base64, minified lines), since the search pays for what nearly matches.
import { randomness } from '../detection/values.mjs';

const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const lines = (n, make) => `${times(n, make).join('\n')}\n`;

const STYLES = {
  java: (r) =>
    `    /** Returns the ${r.word()} of this ${r.word()}; ${r.word()} when there is none. */\n` +
    `    public ${r.Word()} ${r.camel(18)}(${r.Word()} ${r.word()}, int ${r.word()}Count) {\n` +
    lines(r.int(3, 14), () => `        ${r.word()}.${r.camel(16)}("${r.word()}-${r.word()}", ${r.int(0, 4096)});`) +
    '        return null;\n    }\n\n',
  script: (r) =>
    `export const ${r.camel(15)} = async (${r.word()}, { ${r.word()} }) => {\n` +
    lines(r.int(3, 12), () => `  if (${r.word()}.${r.word()} === '${r.uuid()}') return ${r.camel(20)}(${r.word()});`) +
    '};\n\n',
  python: (r) =>
    `def ${r.word()}_${r.word()}(self, ${r.word()}=None):\n    """${r.Word()} ${r.word()} ${r.word()}."""\n` +
    lines(r.int(2, 12), () => `    self.${r.word()} = ${r.word()}_${r.word()}(${r.int(0, 99)}, '${r.hex(8)}')`),
  yaml: (r) =>
    `${r.word()}:\n${lines(r.int(3, 10), () => `  ${r.word()}-${r.word()}: ${r.pick([r.word(), r.int(0, 65535), 'false'])}`)}`,
  json: (r) =>
    `{\n${lines(r.int(3, 12), () => `  "${r.word()}": { "id": "${r.uuid()}", "size": ${r.digits(6)} },`)}}\n`,
  markdown: (r) =>
    `## ${r.Word()} ${r.word()}\n\n${lines(r.int(2, 6), () => times(14, () => r.word()).join(' '))}\n配置中心与服务发现的说明。\n`,
  checksums: (r) => lines(r.int(2, 8), () => `${r.hex(64)}  ${r.word()}-${r.int(1, 9)}.${r.int(0, 20)}.jar`),
  locked: (r) => lines(r.int(2, 8), () => `    "integrity": "sha512-${r.base64(86)}==",`),
  minified: (r) =>
    `${times(r.int(20, 120), () => `function ${r.lower(1)}(${r.lower(1)}){return ${r.camel(12)}}`).join(';')}\n`,
};
const NAMES = Object.keys(STYLES);

/** Pieces of text, each a few lines, the same for the same seed. */
export const makeBlocks = (seed, count) => {
  const r = randomness(seed);
  return times(count, (i) => STYLES[NAMES[i % NAMES.length]](r));
};

/** A line that looks like the beginning of a key and is none: in public code there is one in some 20 MB. */
export const NEARLY = '// TODO: LIMIT THE NUMBER OF OPEN REQUESTS. SEE THE README.\n';
export const NEARLY_EVERY = 20_000_000;

/** Gives texts of a wanted length, put together from ready pieces. */
export const createWriter = (seed) => {
  const r = randomness(seed);
  const blocks = makeBlocks(seed + 1, 4_000).map((text) => Buffer.from(text));
  return (length) => {
    const parts = [];
    for (let have = 0; have < length; ) {
      const block = blocks[r.int(0, blocks.length - 1)];
      parts.push(block);
      have += block.length;
    }
    return Buffer.concat(parts);
  };
};
