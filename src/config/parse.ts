// Reads akscan.config.yml. Loaded only when there is one: YAML and the schema checker cost more than a small scan.

import schema from 'akscan:config-schema';
import ruleSchema from 'akscan:rule-schema';
import path from 'node:path';
import { Ajv } from 'ajv';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { builtInRules } from '../detect/rules.js';
import { AkscanError, allOf } from '../errors.js';
import { refused } from '../glob-complaint.js';
import { complaintAboutPlaced } from '../glob-place.js';
import { lineFinder } from './line-finder.js';
import { type Mistake, misfitsIn, type Placed } from './misfits.js';
import { parseSize } from './size.js';
import type { Configuration } from './types.js';

type Parsed = Omit<Configuration, 'maxSize'> & { readonly maxSize?: number | string };

/**
 * @param file the name to put in errors
 * @throws AkscanError that names file, line and key, of all that is wrong
 */
export const parseConfiguration = (text: string, file: string): Configuration => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
  if (document.errors.length > 0) {
    throw allOf(
      file,
      document.errors.map(
        ({ message, pos }) => new AkscanError(`${file}:${lines.linePos(pos[0]).line}: ${sentence(message)}`),
      ),
    );
  }
  const value: unknown = toPlain(document, file);
  if (value === null) return {};
  // Verbose: an error brings along the part of the schema that it speaks of.
  const ajv = new Ajv({ strict: false, verbose: true, allErrors: true }).addSchema(ruleSchema);
  const validate = ajv.compile<Parsed>(schema);
  const at: Placed = { file, lineOf: lineFinder(document, lines) };
  const misfits = validate(value) ? [] : misfitsIn(validate.errors ?? [], at);
  const mistakes = [...misfits, ...globMistakes(value, at), ...(misfits.length > 0 ? [] : idMistakes(value, at))];
  if (mistakes.length > 0) {
    const sorted = [...mistakes].sort((one, other) => one.line - other.line);
    throw allOf(
      file,
      sorted.map(({ error }) => error),
    );
  }
  const { maxSize, ...rest } = value as Parsed;
  if (maxSize === undefined) return rest;
  return {
    ...rest,
    maxSize: typeof maxSize === 'number' ? maxSize : parseSize(maxSize, `${file}:${at.lineOf(['maxSize'])}: "maxSize"`),
  };
};

/** As many as the schema lets pass. */
const MOST_GLOBS = 1000;

/** Paths begin at the folder of the file, where it counts for what it lies in. */
const globMistakes = (value: unknown, { file, lineOf }: Placed): readonly Mistake[] =>
  (['include', 'exclude'] as const).flatMap((key) => {
    const globs: unknown = value instanceof Object && key in value ? (value as Parsed)[key] : [];
    return (Array.isArray(globs) ? globs.slice(0, MOST_GLOBS) : []).flatMap(
      (glob: unknown, index): readonly Mistake[] => {
        // What is no text, or none, the schema refuses.
        const complaint =
          typeof glob === 'string' && glob !== '' ? complaintAboutPlaced(glob, [path.dirname(file)]) : null;
        if (complaint === null) return [];
        const place = [key, String(index)];
        const line = lineOf(place);
        return [{ line, error: refused(String(glob), `${file}:${line}: "${place.join('.')}"`, complaint) }];
      },
    );
  });

/** Findings carry the id of their rule: it must be one rule's alone. */
const idMistakes = (value: unknown, { file, lineOf }: Placed): readonly Mistake[] => {
  const known = new Map(builtInRules.map(({ id }) => [id, 'a built-in rule']));
  return ((value as Parsed).rules ?? []).flatMap((rule, index) => {
    const { id } = rule as { readonly id: string };
    const place = ['rules', String(index), 'id'];
    const line = lineOf(place);
    const mistake = (what: string): readonly Mistake[] => [
      { line, error: new AkscanError(`${file}:${line}: "${place.join('.')}": ${what}.`, 'Give it another id.') },
    ];
    const taken = known.get(id);
    if (taken !== undefined) return mistake(`${taken} is called "${id}"`);
    // What goes by such a name may be asked about, and switched off: no configuration may say so of what its rules find.
    if (/^(?:alibaba-|imported-|given$)/.test(id)) return mistake(`names such as "${id}" are for built-in rules`);
    known.set(id, 'another of these rules');
    return [];
  });
};

/** Resolving aliases is bounded by the parser; what it refuses is refused here with a sentence. */
const toPlain = (document: Document, file: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw new AkscanError(`${file}: too many aliases (\`*name\`).`, 'Write out what they stand for.');
  }
};

/** The parser's first line, without its advice to programmers. */
const sentence = (message: string): string =>
  `${
    message
      .split('\n', 1)[0]
      ?.replace(/; please use .*$/, '')
      .replace(/[.:]?$/, '') ?? ''
  }.`;
