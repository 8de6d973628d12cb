// What of a configuration does not fit its schema, as sentences.

import type { ErrorObject } from 'ajv';
import { AkscanError } from '../errors.js';
import { didYouMean } from './did-you-mean.js';
import type { LineOf } from './line-finder.js';

/** Whose mistakes are told. */
export interface Placed {
  /** As it is named in errors. */
  readonly file: string;
  readonly lineOf: LineOf;
}

export interface Mistake {
  readonly line: number;
  readonly error: AkscanError;
}

/** A hostile file may hold millions; each costs a look through it. */
const MOST = 100;

/** @param errors of a checker that tells all of them */
export const misfitsIn = (errors: readonly ErrorObject[], at: Placed): readonly Mistake[] =>
  [...mistakesIn(errors)].slice(0, MOST).map((one) => explain(one, at));

/** The errors of each mistake: a value that fits no branch of the schema has one error a branch, and is one mistake. */
const mistakesIn = (errors: readonly ErrorObject[]): Iterable<readonly [ErrorObject, ...ErrorObject[]]> => {
  const mistakes = new Map<string, [ErrorObject, ...ErrorObject[]]>();
  for (const error of errors) {
    const { keyword, instancePath, params } = error;
    // Says only that another error is one.
    if (keyword === 'if') continue;
    const own = keyword === 'additionalProperties' || (keyword === 'required' && !isOfBranch(error));
    const key = `${instancePath}${own ? `\0${keyword}\0${params['additionalProperty'] ?? params['missingProperty']}` : ''}`;
    const same = mistakes.get(key);
    if (same === undefined) mistakes.set(key, [error]);
    else same.push(error);
  }
  return mistakes.values();
};

const isOfBranch = ({ schemaPath }: ErrorObject): boolean => /\/(?:anyOf|oneOf)\/\d+\//.test(schemaPath);

const explain = (errors: readonly [ErrorObject, ...ErrorObject[]], { file, lineOf }: Placed): Mistake => {
  const [error] = errors;
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  if (error.keyword === 'additionalProperties') {
    const unknown = String(error.params['additionalProperty']);
    const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
    const meant = didYouMean(unknown, known);
    const whole = path.length === 0 ? 'the configuration' : `"${path.join('.')}"`;
    const line = lineOf([...path, unknown]);
    return {
      line,
      error: new AkscanError(
        `${file}:${line}: "${printable(unknown)}" is not a key of ${whole}.`,
        meant === null ? `The keys are ${known.join(', ')}.` : `Did you mean "${meant}"?`,
      ),
    };
  }
  const line = lineOf(path);
  const what =
    path.length === 0
      ? 'the configuration is a mapping of keys to values'
      : `"${path.map(printable).join('.')}" ${problemOf(error, errors, path[0])}`;
  return { line, error: new AkscanError(`${file}:${line}: ${what}.`, hintOf(error)) };
};

const problemOf = (error: ErrorObject, errors: readonly ErrorObject[], key: string | undefined): string => {
  if (error.keyword === 'enum') return `is one of ${(error.params['allowedValues'] as readonly string[]).join(', ')}`;
  if (error.keyword === 'required') {
    const choice = errors.filter(({ keyword }) => keyword === 'required');
    return `needs ${choice.map(({ params }) => `"${params['missingProperty']}"`).join(' or ')}`;
  }
  if (key === 'maxSize') return 'is bytes, or a number with KB, MB or GB, such as 10MB';
  // As the checker says it, but for certain: these two have a Chinese sentence.
  if (error.keyword === 'type') return `must be ${error.params['type']}`;
  if (error.keyword === 'pattern') return `must match pattern "${error.params['pattern']}"`;
  return error.message ?? 'is not valid';
};

/** What the schema says of a value that does not fit, where it says anything. */
const hintOf = ({ keyword, parentSchema }: ErrorObject): string | null => {
  const description = keyword === 'pattern' ? parentSchema?.['description'] : null;
  return typeof description === 'string' ? description : null;
};

const unescapePointer = (part: string): string => part.replace(/~1/g, '/').replace(/~0/g, '~');

const printable = (text: string): string => text.slice(0, 80);
