// Encodings that templates wrap text in. Each is written out here, from its definition, rather than borrowed.

export const b64 = (text) => Buffer.from(text).toString('base64');
export const b64url = (text) => Buffer.from(text).toString('base64url');

/** Base64 in lines, as mail and `base64` on the command line write it. */
export const wrapped = (text, width = 76) => b64(text).replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n');

export const utf16le = (text, mark = '') => Buffer.from(mark + text, 'utf16le');
export const utf16be = (text, mark = '') => Buffer.from(mark + text, 'utf16le').swap16();
/** The byte order mark. */
export const MARK = '\ufeff';

export const percent = (text) => encodeURIComponent(text);

/** One character as a JSON or Java escape. */
const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
/** Every character that is no letter or digit as an escape: what HTML-safe JSON writers do, and a little more. */
export const escapeSigns = (text) => text.replace(/[^A-Za-z0-9_ ]/g, escaped);
/** Every character as an escape. */
export const escapeAll = (text) => [...text].map(escaped).join('');
/** The characters from `from` on as \xNN. */
export const hexEscapes = (text, from = 0) =>
  text.slice(0, from) +
  [...text.slice(from)].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');

export const htmlEntities = (text) =>
  text.replace(
    /[&<>"'=]/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '=': '&#61;' })[char],
  );
/** Every character as a numeric entity. */
export const numericEntities = (text) => [...text].map((char) => `&#${char.charCodeAt(0)};`).join('');

/** Quoted-printable (RFC 2045 6.7), with soft breaks at `width`, though never inside the first letters of an ID. */
export const quotedPrintable = (text, width = 76) =>
  text
    .split('\n')
    .map((line) => {
      const tokens = [...Buffer.from(line, 'utf8')].map((byte) =>
        (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32
          ? String.fromCharCode(byte)
          : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
      );
      const rows = [];
      let row = '';
      for (const [i, token] of tokens.entries()) {
        const anchorAhead = tokens.slice(i, i + 4).join('') === 'LTAI' && row.length + 4 > width - 1;
        if (row.length + token.length > width - 1 || anchorAhead) {
          rows.push(`${row}=`);
          row = '';
        }
        row += token;
      }
      return [...rows, row].join('\n');
    })
    .join('\n');

export const phpString = (text) => `s:${Buffer.byteLength(text)}:"${text}";`;
export const phpArray = (entries) =>
  `a:${entries.length}:{${entries.map(([key, value]) => phpString(key) + phpString(value)).join('')}}`;

/** Text cut into `n` parts as literals with `joint` between; the first part keeps at least the letters of the ID. */
export const joined = (kit, text, joint, { quote = "'", n = 2 } = {}) => {
  const cuts = new Set();
  while (cuts.size < n - 1) cuts.add(kit.int(5, text.length - 3));
  const edges = [0, ...[...cuts].sort((a, b) => a - b), text.length];
  return edges
    .slice(1)
    .map((edge, i) => `${quote}${text.slice(edges[i], edge)}${quote}`)
    .join(joint);
};
