// Numbers as people read them: 1,234,567. Not by Intl, which takes ten milliseconds to get ready: as long as a thousand
// files take to be read.

export const amount = (value: number): string =>
  value < 1_000 ? String(value) : String(value).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
