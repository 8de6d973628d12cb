// A piece cut from a long text keeps all of that text in memory for as long as it lives. What is reported outlives the text it
// was found in, so it is copied.

/** The same text, held by itself. */
export const ownText = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

export const ownTextIfAny = (text: string | null): string | null => (text === null ? null : ownText(text));
