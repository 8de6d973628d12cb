// Reads akscan.config.yml. Loaded only when there is one: YAML and the schema checker cost more than a small scan.

import schema from 'akscan:config-schema';
import { Ajv, type ErrorObject } from 'ajv';
import { type Document, isMap, isPair, LineCounter, type Node, parseDocument } from 'yaml';
import { AkscanError } from '../errors.js';
import { didYouMean } from './did-you-mean.js';
import { parseSize } from './size.js';
import type { Configuration } from './types.js';

type Parsed = Omit<Configuration, 'maxSize'> & { readonly maxSize?: number | string };

/**
 * @param file the name to put in errors
 * @throws AkscanError that names file, line and key
 */
export const parseConfiguration = (text: string, file: string): Configuration => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new AkscanError(`${file}:${lines.linePos(broken.pos[0]).line}: ${sentence(broken.message)}`);
  }
  const value: unknown = toPlain(document, file);
  if (value === null) return {};
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile<Parsed>(schema);
  if (!validate(value)) throw explain(validate.errors ?? [], document, lines, file);
  const { maxSize, ...rest } = value;
  if (maxSize === undefined) return rest;
  return { ...rest, maxSize: typeof maxSize === 'number' ? maxSize : parseSize(maxSize, `${file}: "maxSize"`) };
};

/** Resolving aliases is bounded by the parser; what it refuses is refused here with a sentence. */
const toPlain = (document: Document, file: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new AkscanError(`${file}: too many aliases.`);
  }
};

const explain = (errors: readonly ErrorObject[], document: Document, lines: LineCounter, file: string): AkscanError => {
  // An unknown key says more than that a branch of the schema did not fit.
  const error = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors.at(-1);
  if (error === undefined) return new AkscanError(`${file}: not a configuration.`);
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const unknown = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : null;
  const where = `${file}:${lineOf(document, lines, unknown === null ? path : [...path, unknown])}`;
  if (unknown !== null) {
    const known = Object.keys((schema['properties'] ?? {}) as object);
    const meant = didYouMean(unknown, known);
    return new AkscanError(
      `${where}: "${printable(unknown)}" is not a key of the configuration.`,
      meant === null ? `The keys are ${known.join(', ')}.` : `Did you mean "${meant}"?`,
    );
  }
  if (path.length === 0) return new AkscanError(`${where}: the configuration is a mapping of keys to values.`);
  const allowed = error.keyword === 'enum' ? (error.params['allowedValues'] as readonly string[]) : null;
  const problem =
    allowed === null ? sizeOr(path[0], error.message ?? 'is not valid') : `is one of ${allowed.join(', ')}`;
  return new AkscanError(`${where}: "${path.map(printable).join('.')}" ${problem}.`);
};

const sizeOr = (key: string | undefined, message: string): string =>
  key === 'maxSize' ? 'is bytes, or a number with KB, MB or GB, such as 10MB' : message;

const unescapePointer = (part: string): string => part.replace(/~1/g, '/').replace(/~0/g, '~');

/** The line of a key, or of the nearest thing above it that has one. */
const lineOf = (document: Document, lines: LineCounter, path: readonly string[]): number => {
  let node: unknown = document.contents;
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === key);
      if (pair === undefined) break;
      offset = (pair.key as Node | null)?.range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = document.getIn(path.slice(0, path.indexOf(key) + 1), true);
      offset = (node as Node | null)?.range?.[0] ?? offset;
    }
  }
  return lines.linePos(offset).line;
};

const sentence = (message: string): string => `${message.split('\n', 1)[0]?.replace(/[.:]?$/, '') ?? ''}.`;

const printable = (text: string): string => text.slice(0, 80);
