// Looks for secrets in anything that was written: as they are, in base64 at the three alignments, in percent and hexadecimal
// digits, in UTF-16 either way; eight characters in a row of any of these are a leak.

const LONG = 8;

export interface Secret {
  /** For the message of a test that fails. */
  readonly name: string;
  readonly value: string;
}

/** The letters of base64 that the value alone decides, wherever in three bytes it begins. */
const base64Forms = (value: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    return bytes.toString('base64').slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
  });

/** Two digits for each character: eight of them are sixteen digits. */
const hexOf = (value: string): string => Buffer.from(value).toString('hex');

const windowsOf = (form: string, length: number): readonly string[] =>
  Array.from({ length: Math.max(0, form.length - length + 1) }, (_, at) => form.slice(at, at + length));

/** What finds any of these secrets in bytes. */
export type FindLeaks = (written: Uint8Array | string) => readonly string[];

export const createLeakFinder = (secrets: readonly Secret[]): FindLeaks => {
  const plain = new Map<string, string>();
  const hex = new Map<string, string>();
  for (const { name, value } of secrets) {
    for (const window of windowsOf(value, LONG)) plain.set(window, name);
    for (const form of base64Forms(value))
      for (const window of windowsOf(form, LONG)) plain.set(window, `${name} in base64`);
    for (const window of windowsOf(hexOf(value), 2 * LONG)) hex.set(window, `${name} in hexadecimal digits`);
  }
  return (written) => {
    const text = (typeof written === 'string' ? Buffer.from(written) : Buffer.from(written)).toString('latin1');
    const found = new Set<string>();
    const look = (where: string, known: ReadonlyMap<string, string>, length: number, how = ''): void => {
      for (let at = 0; at + length <= where.length; at += 1) {
        const name = known.get(where.slice(at, at + length));
        if (name !== undefined) found.add(`${name}${how}`);
      }
    };
    look(text, plain, LONG);
    look(text.toLowerCase(), hex, 2 * LONG);
    if (text.includes('\0')) look(text.replaceAll('\0', ''), plain, LONG, ' in UTF-16');
    const decoded = text.replace(/%([0-9a-f]{2})|\\u00([0-9a-f]{2})|\\x([0-9a-f]{2})/gi, (_, a, b, c) =>
      String.fromCharCode(Number.parseInt(a ?? b ?? c, 16)),
    );
    if (decoded !== text) look(decoded, plain, LONG, ' behind escapes');
    return [...found];
  };
};
