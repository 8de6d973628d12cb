// Names of files are bytes, and text everywhere else. Bytes that are no UTF-8 become lone surrogates (byte 0xFF is
// U+DCFF), as in Python's `surrogateescape` (PEP 383): the text stays readable, JSON carries it unharmed, and the name
// can be opened again.

const BASE = 0xdc00;

/** Node has it, the types of ES2023 do not. Far quicker than an expression, and asked for every file. */
const isWellFormed = (text: string): boolean => (text as string & { isWellFormed(): boolean }).isWellFormed();

export const textOfPath = (bytes: Uint8Array): string => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.includes('\uFFFD') ? escapeInvalid(bytes) : text;
};

/** The same for many names, each ended by a NUL: those that are no UTF-8 are spelled out alone. */
export const textOfNames = (names: Buffer): string => {
  const text = names.toString('utf8');
  if (!text.includes('\uFFFD')) return text;
  let spelled = '';
  for (let from = 0; from < names.length; ) {
    const end = names.indexOf(0, from) + 1;
    spelled += textOfPath(names.subarray(from, end));
    from = end;
  }
  return spelled;
};

/** What the file system is asked for: the text itself, or its bytes where they are no UTF-8. */
export const pathOfText = (text: string): string | Buffer => (isWellFormed(text) ? text : bytesOfPath(text));

export const bytesOfPath = (text: string): Buffer => {
  if (isWellFormed(text)) return Buffer.from(text);
  const parts: Buffer[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    parts.push(code >= BASE + 0x80 && code <= BASE + 0xff ? Buffer.from([code - BASE]) : Buffer.from(character));
  }
  return Buffer.concat(parts);
};

const escapeInvalid = (bytes: Uint8Array): string => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    try {
      text += decoder.decode(bytes.subarray(at, at + length));
      at += length;
    } catch {
      text += String.fromCharCode(BASE + (bytes[at] ?? 0));
      at += 1;
    }
  }
  return text;
};

const sequenceLength = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
