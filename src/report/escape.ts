// File names, authors and messages come from strangers. Before they reach a terminal, everything that could move the
// cursor, ring, recolour, reorder or hide text is written out.

/** C0 and C1 controls, DEL, zero-width and bidirectional marks, line and paragraph separators, lone surrogates. */
const UNSAFE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\p{Surrogate}|[\u{E0000}-\u{E007F}]/gu;

const hex = (text: string): string => (text.codePointAt(0) ?? 0).toString(16);

/** For one line of a terminal: `\u{1b}`. */
export const forTerminal = (text: string): string => text.replace(UNSAFE, (unsafe) => `\\u{${hex(unsafe)}}`);

/** As long as a secret, with letters of both kinds in it; one in two hundred has no digit. */
const SECRET = /(?<![0-9A-Za-z])(?=[0-9A-Za-z]{0,29}[a-z])(?=[0-9A-Za-z]{0,29}[A-Z])[0-9A-Za-z]{30}(?![0-9A-Za-z])/g;

/** What was typed in the wrong place, as `ID:SECRET` for a file, is not said once more. */
export const withoutSecrets = (text: string): string => text.replace(SECRET, '***');

/** For JSON text that may be shown on a terminal: the same characters as JSON's own escapes, so that nothing is lost. */
export const forJson = (json: string): string =>
  json.replace(UNSAFE, (unsafe) =>
    unsafe === '\n'
      ? unsafe
      : [...Array(unsafe.length).keys()]
          .map((index) => `\\u${unsafe.charCodeAt(index).toString(16).padStart(4, '0')}`)
          .join(''),
  );
