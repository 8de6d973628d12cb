/** Why something counts as not wholly judged: of one file or object no more than so many credentials are (docs/detection.md, Caps). */
export const cappedReason = (what: 'file' | 'object'): string =>
  `holds more that looks like credentials than is judged of one ${what}`;
