// Everything that a literal prefix of a key may look like: what the anchors are made of.

/** The characters of `text`'s base64 that do not depend on what stands around it, for each of the three alignments. */
export const base64Forms = (text: Uint8Array): readonly Uint8Array[] =>
  [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), text, Buffer.alloc(3)]);
    const firstBit = before * 8;
    const lastBit = firstBit + text.length * 8;
    return Buffer.from(padded.toString('base64').slice(Math.ceil(firstBit / 6), Math.floor(lastBit / 6)));
  });

const utf16Form = (text: string): Uint8Array => Buffer.from(text, 'utf16le').subarray(0, -1);

const escapedForms = (text: string): readonly Uint8Array[] => {
  const hex = [...text].map((c) => c.charCodeAt(0).toString(16));
  const write = (form: (code: string) => string): string[] => [
    hex.map((code) => form(code)).join(''),
    hex.map((code) => form(code.toUpperCase())).join(''),
  ];
  const octal = [...text].map((c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
  const decimal = [...text].map((c) => `&#${c.charCodeAt(0)};`).join('');
  const forms = [
    ...write((code) => `\\u00${code}`),
    ...write((code) => `\\x${code}`),
    ...write((code) => `%${code}`),
    ...write((code) => `&#x${code};`),
    decimal,
    octal,
  ];
  return [...new Set(forms)].map((form) => Buffer.from(form));
};

/** Derived forms with fewer characters than this would match everywhere. */
const SHORTEST = 4;

/** @returns the prefix itself first, then its forms of four bytes and more */
export const formsOf = (prefix: string): readonly Uint8Array[] => {
  const literal = Buffer.from(prefix);
  const utf16 = utf16Form(prefix);
  const once = base64Forms(literal);
  const derived = [
    utf16,
    ...once,
    ...once.flatMap((form) => base64Forms(form)),
    ...once.map((form) => utf16Form(Buffer.from(form).toString('latin1'))),
    ...base64Forms(utf16),
    ...escapedForms(prefix),
  ];
  return [literal, ...derived.filter((form) => form.length >= SHORTEST)];
};
