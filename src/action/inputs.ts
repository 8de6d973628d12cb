// The inputs of action.yml. The runner hands them over in the environment as `INPUT_` and the name in capitals, blanks turned into
// underscores (actions/toolkit, core.ts, getInput).

import { globsOf } from '../commands/glob-options.js';
import { FAIL_ON, type FailOn } from '../config/types.js';
import { AkscanError } from '../errors.js';
import { complaintAboutPlaced } from '../glob-place.js';
import type { Destination } from '../report/deliver.js';
import { FORMAT_NAMES, isFormat } from '../report/formats.js';

export interface Inputs {
  /** Globs; empty: all paths. */
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  /** Revisions instead of those that the event names; null: the event's. */
  readonly base: string | null;
  readonly head: string | null;
  /** The checkout, from the workspace. */
  readonly directory: string;
  /** Null: what the configuration says, else `secret`. */
  readonly failOn: FailOn | null;
  readonly verify: boolean;
  readonly probe: boolean;
  readonly formats: readonly FormatChoice[];
  /** Files of the base commit; null: the usual names. */
  readonly config: string | null;
  readonly baseline: string | null;
  readonly comment: boolean;
  readonly token: string | null;
}

/** `file: null`: in the runner's folder for temporary files. */
export interface FormatChoice {
  readonly format: Destination['format'];
  readonly file: string | null;
}

/**
 * Reads them and takes the token out of the environment, so that no program started later inherits it.
 *
 * @throws AkscanError that names the input
 */
export const readInputs = (env: NodeJS.ProcessEnv): Inputs => {
  const text = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const globs = (name: string): readonly string[] =>
    globsOf(linesOf(text(name)), `The input "${name}"`, (glob) => complaintAboutPlaced(glob, []));
  const token = orNull(text('github-token'));
  delete env['INPUT_GITHUB-TOKEN'];
  const verify = yes('verify', text('verify'), false);
  const probe = yes('probe', text('probe'), false);
  return {
    paths: globs('paths'),
    exclude: globs('exclude'),
    base: revision('base', text('base')),
    head: revision('head', text('head')),
    directory: text('directory') || '.',
    failOn: failOnOf(text('fail-on'), verify || probe),
    verify,
    probe,
    formats: formatsOf(text('formats')),
    config: insideOf('config', text('config')),
    baseline: insideOf('baseline', text('baseline')),
    comment: yes('comment', text('comment'), true),
    token,
  };
};

const orNull = (text: string): string | null => (text === '' ? null : text);

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const quoted = (text: string): string => JSON.stringify(text.slice(0, 100));

/** YAML 1.2's words, as actions/toolkit reads them. */
const yes = (name: string, text: string, byDefault: boolean): boolean => {
  if (text === '') return byDefault;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  throw new AkscanError(`The input "${name}" is true or false, not ${quoted(text)}.`);
};

/** Git would take others for options, patterns or sets of commits. */
const revision = (name: string, text: string): string | null => {
  if (/^[-^]|\.\.|[\u0000-\u0020\u007f*?[\\:]/.test(text))
    throw new AkscanError(`The input "${name}" is a commit or a branch, not ${quoted(text)}.`);
  return orNull(text);
};

const insideOf = (name: string, text: string): string | null => {
  const outside = text.startsWith('/') || /[\u0000-\u001f\\:]/.test(text) || text.split('/').includes('..');
  if (outside)
    throw new AkscanError(`The input "${name}" is the path of a file in the repository, not ${quoted(text)}.`);
  return orNull(text.replace(/^(?:\.\/)+/, ''));
};

const failOnOf = (text: string, asked: boolean): FailOn | null => {
  if (text === '') return null;
  const failOn = FAIL_ON.find((word) => word === text);
  if (failOn === undefined) {
    throw new AkscanError(`The input "fail-on" is one of ${FAIL_ON.join(', ')}, not ${quoted(text)}.`);
  }
  checkFailOn(failOn, asked);
  return failOn;
};

/**
 * @param file the configuration that says so; null: the input does
 * @throws AkscanError for `live` and `root` when nothing is asked: then nobody knows
 */
export const checkFailOn = (failOn: FailOn, asked: boolean, file: string | null = null): void => {
  if ((failOn === 'live' || failOn === 'root') && !asked) {
    throw new AkscanError(
      `${file === null ? `fail-on: ${failOn}` : `${file} of the base: "failOn: ${failOn}"`} needs verdicts, and none were asked for.`,
      'Add verify: true (your own credentials look the IDs up) or probe: true (the leaked pair asks STS who it is).',
    );
  }
};

const formatsOf = (text: string): readonly FormatChoice[] =>
  (text === '' ? 'sarif' : text)
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const name = at < 0 ? part : part.slice(0, at).trim();
      const file = at < 0 ? null : part.slice(at + 1).trim();
      if (!isFormat(name) || file === '') {
        throw new AkscanError(
          `The input "formats" takes FORMAT or FORMAT=FILE, not ${quoted(part)}.`,
          `The formats are ${FORMAT_NAMES.join(', ')}.`,
        );
      }
      return { format: name, file };
    });
