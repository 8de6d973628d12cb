// Reads akscan.config.yml. Loaded only when there is one: YAML and the schema checker cost more than a small scan.

import schema from 'akscan:config-schema';
import ruleSchema from 'akscan:rule-schema';
import { Ajv, type ErrorObject } from 'ajv';
import { type Document, isMap, isPair, LineCounter, type Node, parseDocument } from 'yaml';
import { builtInRules } from '../detect/rules.js';
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
  // Verbose: an error brings along the part of the schema that it speaks of.
  const ajv = new Ajv({ strict: false, verbose: true }).addSchema(ruleSchema);
  const validate = ajv.compile<Parsed>(schema);
  const lineOf = lineFinder(document, lines);
  if (!validate(value)) throw explain(validate.errors ?? [], lineOf, file);
  checkIds(value.rules ?? [], lineOf, file);
  const { maxSize, ...rest } = value;
  if (maxSize === undefined) return rest;
  return { ...rest, maxSize: typeof maxSize === 'number' ? maxSize : parseSize(maxSize, `${file}: "maxSize"`) };
};

/** Findings carry the id of their rule: it must be one rule's alone. */
const checkIds = (rules: readonly unknown[], lineOf: LineOf, file: string): void => {
  const known = new Map(builtInRules.map(({ id }) => [id, 'a built-in rule']));
  rules.forEach((rule, index) => {
    const { id } = rule as { readonly id: string };
    const taken = known.get(id);
    if (taken !== undefined) {
      const at = ['rules', String(index), 'id'];
      throw new AkscanError(
        `${file}:${lineOf(at)}: "${at.join('.')}": ${taken} is called "${id}".`,
        'Give it another id.',
      );
    }
    // What goes by such a name may be asked about, and switched off: no configuration may say so of what its rules find.
    if (/^(?:alibaba-|imported-|given$)/.test(id)) {
      const at = ['rules', String(index), 'id'];
      throw new AkscanError(
        `${file}:${lineOf(at)}: "${at.join('.')}": names such as "${id}" are for built-in rules.`,
        'Give it another id.',
      );
    }
    known.set(id, 'another of these rules');
  });
};

/** Resolving aliases is bounded by the parser; what it refuses is refused here with a sentence. */
const toPlain = (document: Document, file: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new AkscanError(`${file}: too many aliases.`);
  }
};

const explain = (errors: readonly ErrorObject[], lineOf: LineOf, file: string): AkscanError => {
  // An unknown key says more than that a branch of the schema did not fit.
  const error = errors.find(({ keyword }) => keyword === 'additionalProperties') ?? errors[0];
  if (error === undefined) return new AkscanError(`${file}: not a configuration.`);
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  if (error.keyword === 'additionalProperties') {
    const unknown = String(error.params['additionalProperty']);
    const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
    const meant = didYouMean(unknown, known);
    const whole = path.length === 0 ? 'the configuration' : `"${path.join('.')}"`;
    return new AkscanError(
      `${file}:${lineOf([...path, unknown])}: "${printable(unknown)}" is not a key of ${whole}.`,
      meant === null ? `The keys are ${known.join(', ')}.` : `Did you mean "${meant}"?`,
    );
  }
  const where = `${file}:${lineOf(path)}`;
  if (path.length === 0) return new AkscanError(`${where}: the configuration is a mapping of keys to values.`);
  return new AkscanError(
    `${where}: "${path.map(printable).join('.')}" ${problemOf(error, errors, path[0])}.`,
    hintOf(error),
  );
};

const problemOf = (error: ErrorObject, errors: readonly ErrorObject[], key: string | undefined): string => {
  if (error.keyword === 'enum') return `is one of ${(error.params['allowedValues'] as readonly string[]).join(', ')}`;
  if (error.keyword === 'required') {
    const choice = errors.filter(
      ({ keyword, instancePath }) => keyword === 'required' && instancePath === error.instancePath,
    );
    return `needs ${choice.map(({ params }) => `"${params['missingProperty']}"`).join(' or ')}`;
  }
  return sizeOr(key, error.message ?? 'is not valid');
};

/** What the schema says of a value that does not fit, where it says anything. */
const hintOf = ({ keyword, parentSchema }: ErrorObject): string | null => {
  const description = keyword === 'pattern' ? parentSchema?.['description'] : null;
  return typeof description === 'string' ? description : null;
};

const sizeOr = (key: string | undefined, message: string): string =>
  key === 'maxSize' ? 'is bytes, or a number with KB, MB or GB, such as 10MB' : message;

const unescapePointer = (part: string): string => part.replace(/~1/g, '/').replace(/~0/g, '~');

type LineOf = (path: readonly string[]) => number;

/** The line of a key, or of the nearest thing above it that has one. */
const lineFinder =
  (document: Document, lines: LineCounter): LineOf =>
  (path) => {
    let node: unknown = document.contents;
    let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
    for (const [depth, key] of path.entries()) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isPair(item) && String(item.key) === key);
        if (pair === undefined) break;
        offset = (pair.key as Node | null)?.range?.[0] ?? offset;
        node = pair.value;
      } else {
        node = document.getIn(path.slice(0, depth + 1), true);
        offset = (node as Node | null)?.range?.[0] ?? offset;
      }
    }
    return lines.linePos(offset).line;
  };

/** The parser's first line, without its advice to programmers. */
const sentence = (message: string): string =>
  `${
    message
      .split('\n', 1)[0]
      ?.replace(/; please use .*$/, '')
      .replace(/[.:]?$/, '') ?? ''
  }.`;

const printable = (text: string): string => text.slice(0, 80);
