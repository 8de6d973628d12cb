// What is in scope: a file that holds an ID also holds its first letters, plain or in a form that a search can look for.

const LONG = Buffer.from('LTAI');
const SHORT = Buffer.from('STS.');

/** What stays the same of `bytes` in base64 whatever stands around them, for the three alignments. */
const stable = (bytes) =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });

const forms = [LONG, SHORT].flatMap((bytes) => [
  bytes.toString('latin1'),
  Buffer.from(bytes.toString('latin1'), 'utf16le').toString('latin1'),
  Buffer.from(bytes.toString('latin1'), 'utf16le').swap16().toString('latin1'),
  ...stable(bytes),
  ...stable(bytes).flatMap((inner) => stable(Buffer.from(inner))),
]);

/** Throws where a context writes a file that no search for these letters could find. */
export const assertInScope = (content, name) => {
  const text = Buffer.from(content).toString('latin1');
  if (!forms.some((form) => text.includes(form))) throw new Error(`out of scope: ${name}`);
};
