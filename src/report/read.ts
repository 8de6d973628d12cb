// Reads findings back from a report of ours, json or jsonl. A report may come from anywhere: each line is checked against
// the published schema before it is believed.

import schema from 'akscan:finding-schema';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Ajv } from 'ajv';
import { AkscanError, reasonOf } from '../errors.js';
import type { Finding } from '../findings/model.js';
import { MASK } from './mask.js';

/** Findings read; a report that holds more was not written by default options. */
const LIMIT = 1_000_000;

/**
 * The findings of a report. Masked secrets come back as null, with `secretSha256` to know them by.
 *
 * @param file path, or `-` for standard input
 * @throws AkscanError that names the file, and the line where there is one
 */
export const readReport = async (file: string): Promise<readonly Finding[]> => {
  const name = file === '-' ? '<stdin>' : file;
  const validate = new Ajv({ strict: false }).compile<Finding>({
    ...schema,
    oneOf: [{ $ref: '#/definitions/finding' }],
  });
  const findings: Finding[] = [];
  const take = (value: unknown, where: string): void => {
    if (typeOf(value) !== 'finding') return;
    if (!validate(value)) {
      const [error] = validate.errors ?? [];
      throw new AkscanError(
        `${where}: not a finding of this version's schema: ${error?.instancePath ?? ''} ${error?.message ?? ''}.`,
      );
    }
    if (findings.length === LIMIT) throw new AkscanError(`${name}: more than ${LIMIT} findings.`);
    findings.push(unmasked(value));
  };
  await eachValue(file, name, take);
  return findings;
};

/** Calls `take` for each line of jsonl, or for each finding of a json report. */
const eachValue = async (file: string, name: string, take: (value: unknown, where: string) => void): Promise<void> => {
  const input = file === '-' ? process.stdin : createReadStream(file);
  try {
    let number = 0;
    let whole: string[] | null = null;
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      // Ours starts the json form with a brace alone on its line.
      if (number === 1 && line.trim() === '{') whole = [];
      if (whole !== null) whole.push(line);
      else if (line.trim() !== '') take(parse(line, `${name}:${number}`), `${name}:${number}`);
    }
    if (whole !== null) {
      for (const finding of findingsOf(parse(whole.join('\n'), name), name)) take(finding, name);
    }
  } catch (error) {
    if (error instanceof AkscanError) throw error;
    throw new AkscanError(`Cannot read the report ${name}: ${reasonOf(error)}`);
  }
};

const parse = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new AkscanError(`${where}: not JSON.`, 'akscan verify reads what --format jsonl or --format json wrote.');
  }
};

const findingsOf = (value: unknown, name: string): readonly unknown[] => {
  const findings = typeof value === 'object' && value !== null && 'findings' in value ? value.findings : null;
  if (!Array.isArray(findings)) throw new AkscanError(`${name}: no report of akscan: it has no list of findings.`);
  return findings;
};

const typeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value ? value.type : null;

const unmasked = (finding: Finding): Finding => ({
  ...finding,
  secret: finding.secret === MASK ? null : finding.secret,
  token: finding.token === MASK ? null : finding.token,
});
