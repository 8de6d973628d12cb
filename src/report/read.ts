// Reads findings back from a report: ours, json or jsonl, or another scanner's (src/report/foreign). A report may come from
// anywhere: each line is checked against the published schema before it is believed.

import schema from 'akscan:finding-schema';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Ajv, type ValidateFunction } from 'ajv';
import { AkscanError, reasonOf } from '../errors.js';
import type { Finding, Skipped, Summary } from '../findings/model.js';
import { LongLine, linesOf } from '../lines-of.js';
import { rowsOf } from './foreign/csv-text.js';
import { findingsFrom } from './foreign/findings.js';
import { isGitleaks } from './foreign/gitleaks.js';
import { type ForeignRecord, isObject } from './foreign/record.js';
import { recordsOf } from './foreign/records.js';
import { MASK } from './mask.js';
import { mergeFindings, type ReadReport } from './merge.js';
import { number, plural } from './words.js';

/** Findings read; a report that holds more was not written by default options. */
const LIMIT = 1_000_000;

/** Characters of a line, and of a report that is one value: either must be held whole. */
const LARGEST = 256 << 20;

/** Lines that are held one by one. */
const BLOCK = 1 << 14;

/** What a run that goes on with the findings of a report has of it. */
export interface FindingsRead extends Pick<ReadReport, 'findings' | 'notes' | 'isEmpty'> {
  /** Sentences: why it may not hold all that was there. Whoever acts on it has not done so for all either. */
  readonly lacks: readonly string[];
}

/**
 * Masked secrets come back as null, with `secretSha256` to know them by.
 *
 * @param file path, or `-` for standard input
 * @throws AkscanError that names the file, and the line where there is one
 */
export const readReport = async (file: string): Promise<FindingsRead> => {
  const { findings, summary, notes, isEmpty, cut } = await readWhole(file);
  return {
    findings,
    ...(isEmpty === true ? { isEmpty } : {}),
    notes,
    lacks: [
      ...(cut === undefined ? [] : [cut]),
      ...(summary?.interrupted === true
        ? [`${nameOf(file)} is of a run that was stopped: it may lack findings.`]
        : (summary?.skipped.fault ?? 0) > 0
          ? [`${nameOf(file)} is of a run that could not read everything: it may lack findings.`]
          : []),
    ],
  };
};

/** All of a report, as `readReport` reads it. */
export const readWhole = async (file: string): Promise<ReadReport> => {
  const name = nameOf(file);
  const intake = createIntake(name);
  const input = file === '-' ? process.stdin : createReadStream(file);
  try {
    return intake.finish(await eachValue(input, name, intake));
  } catch (error) {
    if (error instanceof AkscanError) throw error;
    if (error instanceof LongLine) throw new AkscanError(`${name}: more than ${LARGEST >> 20} MB in one line.`, READS);
    throw new AkscanError(`Cannot read the report ${name}: ${reasonOf(error)}`);
  }
};

const nameOf = (file: string): string => (file === '-' ? '<stdin>' : file);

interface Intake {
  /** @returns whether it is anything known here */
  take(value: unknown, where: string): boolean;
  finish(held: 'nothing' | 'something'): ReadReport;
}

const createIntake = (name: string): Intake => {
  const findings: Finding[] = [];
  const skipped: Skipped[] = [];
  const records: ForeignRecord[] = [];
  let summary: Summary | null = null;
  let isOurs = false;
  const validate = validators();

  const check = <Line>(is: (value: unknown) => string | null, value: unknown, where: string): Line => {
    const wrong = is(value);
    if (wrong !== null) throw new AkscanError(`${where}: not a ${typeOf(value)} of this version's schema: ${wrong}.`);
    return value as Line;
  };

  const takeLine = (value: unknown, where: string): boolean => {
    switch (typeOf(value)) {
      case 'finding':
        if (findings.length === LIMIT) throw new AkscanError(`${name}: more than ${LIMIT} findings.`);
        findings.push(unmasked(check(validate.finding, value, where)));
        return true;
      case 'skipped':
        skipped.push(check(validate.skipped, value, where));
        return true;
      case 'summary':
        summary = check(validate.summary, value, where);
        return true;
      default:
        return false;
    }
  };

  return {
    take: (value, where) => {
      if (takeLine(value, where)) {
        isOurs = true;
        return true;
      }
      if (isObject(value) && value['schema'] === 1 && Array.isArray(value['findings'])) {
        isOurs = true;
        const { findings: list, skipped: left = [], summary: end } = value;
        for (const each of [...list, ...(Array.isArray(left) ? left : []), end]) takeLine(each, where);
        return true;
      }
      const more = recordsOf(value);
      for (const record of more ?? []) {
        if (records.length === LIMIT) throw new AkscanError(`${name}: more than ${LIMIT} results.`);
        records.push(record);
      }
      return more !== null;
    },
    finish: (held) => {
      const imported = mergeFindings(findingsFrom(records));
      return {
        findings: imported.length === 0 ? findings : [...findings, ...imported],
        skipped,
        summary,
        ...(held === 'nothing' ? { isEmpty: true } : {}),
        ...(isOurs && summary === null ? { cut: `${name} has no summary: it may have been cut short.` } : {}),
        notes: [
          ...(held === 'nothing' ? [`${name} is empty.`] : []),
          ...(records.length === 0 ? [] : [importedInWords(name, records, imported.length)]),
        ],
      };
    },
  };
};

const importedInWords = (name: string, records: readonly ForeignRecord[], imported: number): string => {
  const scanners = [...new Set(records.map(({ scanner }) => scanner))];
  const whose = scanners.map((scanner) => (scanner === 'sarif' ? 'another scanner' : scanner)).join(', ');
  return `${name}: ${plural(imported, 'AccessKey')} in ${number(records.length)} results of ${whose}; no other result is shown.`;
};

type Validate = (value: unknown) => string | null;

const validators = (): Readonly<Record<'finding' | 'skipped' | 'summary', Validate>> => ({
  finding: validatorFor('finding'),
  skipped: validatorFor('skipped'),
  summary: validatorFor('summary'),
});

/** Compiled when the first such line comes. */
const validatorFor = (definition: string): Validate => {
  let validate: ValidateFunction | null = null;
  return (value) => {
    validate ??= new Ajv({ strict: false }).compile({ ...schema, oneOf: [{ $ref: `#/definitions/${definition}` }] });
    if (validate(value)) return null;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath ?? ''} ${error?.message ?? ''}`;
  };
};

/**
 * Calls `take` for each line that is a value, for each row of a table, or once for a value of many lines.
 * @returns whether anything stands there
 */
const eachValue = async (input: Readable, name: string, intake: Intake): Promise<'nothing' | 'something'> => {
  let form: 'unknown' | 'lines' | 'whole' | 'table' = 'unknown';
  let line = 0;
  let known = 0;
  // In blocks: millions of short lines take more room each by itself than what they hold.
  const whole: string[] = [];
  let block: string[] = [];
  const join = (): string => [...whole, ...(block.length === 0 ? [] : [block.join('\n')])].join('\n');
  let length = 0;
  for await (const text of linesOf(input, LARGEST)) {
    line += 1;
    const content = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (form === 'unknown' && content.trim() !== '') form = formOf(content);
    if (form === 'lines' && content.trim() !== '') {
      if (intake.take(parse(content, `${name}:${line}`), `${name}:${line}`)) known += 1;
    } else if (form === 'whole' || form === 'table') {
      length += content.length + 1;
      if (length > LARGEST) throw new AkscanError(`${name}: more than ${LARGEST >> 20} MB in one value.`);
      block.push(content);
      if (block.length === BLOCK) {
        whole.push(block.join('\n'));
        block = [];
      }
    }
  }
  if (form === 'table') known += takeRows(join(), name, intake);
  if (form === 'whole' && intake.take(parse(join(), name), name)) known += 1;
  if (form === 'unknown') return 'nothing';
  if (known > 0) return 'something';
  const lacks = form === 'whole' ? ': it has no list of findings' : '';
  throw new AkscanError(`${name}: no report that akscan can read${lacks}.`, READS);
};

const READS =
  'It reads json and jsonl of its own, and results of gitleaks, betterleaks, TruffleHog, Kingfisher and SARIF.';

/** By its first line. Lines of JSON are whole by themselves. */
const formOf = (first: string): 'lines' | 'whole' | 'table' => {
  const start = first.trim();
  if (start.startsWith('RuleID,')) return 'table';
  if (start.startsWith('[')) return 'whole';
  return start.startsWith('{') && !isJson(start) ? 'whole' : 'lines';
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const takeRows = (text: string, name: string, intake: Intake): number => {
  let header: readonly string[] | null = null;
  let known = 0;
  for (const row of rowsOf(text)) {
    const names: readonly string[] | null = header;
    if (names === null) {
      header = row;
      known += 1;
      continue;
    }
    const value = Object.fromEntries(names.map((column, index) => [column, row[index] ?? '']));
    if (isGitleaks(value) && intake.take(value, name)) known += 1;
  }
  return known;
};

const parse = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new AkscanError(`${where}: not JSON.`, READS);
  }
};

const typeOf = (value: unknown): unknown => (isObject(value) ? value['type'] : null);

const unmasked = (finding: Finding): Finding => ({
  ...finding,
  secret: finding.secret === MASK ? null : finding.secret,
  token: finding.token === MASK ? null : finding.token,
});
