// Expands the templates in rules' examples: `{{id24}}` is a made-up ID, `{{id24.2}}` another one, `{{id24 0 11}}` its first
// 11 characters, `{{base64 id24}}` its base64, `{{sequence 20}}` a run of letters in order. One name is one value
// throughout a template.

import { createKeys, type Keys } from './keys.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

const KINDS: Readonly<Record<string, (keys: Keys) => string>> = {
  id24: (keys) => keys.id24(),
  id16: (keys) => keys.id16(),
  legacyId: (keys) => keys.legacyId(),
  secret30: (keys) => keys.secret30(),
  stsId: (keys) => keys.stsId(),
  stsSecret: (keys) => keys.stsSecret(),
  token: (keys) => keys.stsToken(),
};

export interface Templates {
  /** The text with every template in it replaced. */
  readonly expand: (text: string) => string;
  /** The value a name stands for. */
  readonly valueNamed: (name: string) => string;
}

/** @throws RangeError for a template it does not know, so that a misspelt one is no silent pass */
export const createTemplates = (seed: number): Templates => {
  const keys = createKeys(seed);
  const known = new Map<string, string>();
  const valueNamed = (name: string): string => {
    const make = KINDS[name.replace(/\.\d+$/, '')];
    if (make === undefined) throw new RangeError(`unknown template: ${name}`);
    const value = known.get(name) ?? make(keys);
    known.set(name, value);
    return value;
  };
  const write = (inside: string): string => {
    const [first = '', ...rest] = inside.trim().split(/\s+/);
    if (first === 'sequence') return ALPHABET.repeat(8).slice(0, Number(rest[0]));
    if (first === 'base64') return Buffer.from(valueNamed(rest[0] ?? '')).toString('base64');
    const [from, to] = rest.map(Number);
    return valueNamed(first).slice(from ?? 0, to);
  };
  return { expand: (text) => text.replace(/\{\{([^{}]+)\}\}/g, (_, inside: string) => write(inside)), valueNamed };
};
