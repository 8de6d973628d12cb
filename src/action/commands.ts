// What a step says to the runner of Actions: lines on standard output that begin with `::`, and files named in the environment
// (GitHub documentation, "Workflow commands for GitHub Actions"). Names and contents come from strangers, so that nothing
// reaches either without being escaped.

import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { base64Forms } from '../report/mask.js';

/** Of a command's text (actions/toolkit, command.ts). */
export const escapeData = (text: string): string =>
  text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

type Level = 'error' | 'warning' | 'notice';

/** A line for the log and the page of the run. */
export const annotation = (level: Level, text: string): string => `::${level} title=akscan::${escapeData(text)}\n`;

/**
 * Lines that make the runner put `***` for secrets in whatever is printed later, by this step or another. The runner hides their
 * base64 and other encodings by itself; others that follow the same protocol do not, so that these are given, too.
 */
export const maskLines = (secrets: Iterable<string>): string => {
  const forms = new Set<string>();
  for (const secret of secrets) {
    // Some runners take the first line only.
    const lines = secret.split(/[\r\n]+/).filter((line) => line.length >= SHORTEST);
    for (const line of [secret, ...lines])
      for (const form of [line, wholeInBase64(line), ...base64Forms(line)]) forms.add(form);
  }
  return [...forms].map((form) => `::add-mask::${escapeData(form)}\n`).join('');
};

/** A shorter mask would make the log unreadable; no secret is as short (rules/schema.json). */
const SHORTEST = 8;

/** With its padding. */
const wholeInBase64 = (value: string): string => Buffer.from(value).toString('base64');

export interface Runner {
  /** Prints; the runner reads commands in it. */
  print(text: string): void;
  /** Sets an output of the step; nothing where there is no runner. */
  output(name: string, value: string): void;
  /** Adds to the page of the run. */
  summary(markdown: string): void;
}

export const createRunner = (env: NodeJS.ProcessEnv, write: (text: string) => void): Runner => ({
  print: write,
  output: (name, value) => {
    const file = env['GITHUB_OUTPUT'];
    if (file === undefined || file === '') return;
    // A delimiter that no value can hold on purpose.
    const end = `akscan_${randomBytes(16).toString('hex')}`;
    appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
  },
  summary: (markdown) => {
    const file = env['GITHUB_STEP_SUMMARY'];
    if (file !== undefined && file !== '') appendFileSync(file, markdown);
  },
});
