// How much a command says, and in which colours.

import { type Link, linksFor, showsLinks } from '../report/links.js';
import { isTerminal } from '../standard-streams.js';

export interface TalkOptions {
  readonly quiet?: true;
  /** `--no-progress` makes it false. */
  readonly progress?: boolean;
  readonly color: boolean;
}

/** Whether a run may say how far it is. */
export const talkOf = ({ quiet, progress }: Pick<TalkOptions, 'quiet' | 'progress'>): 'quiet' | 'normal' =>
  quiet === true || progress === false ? 'quiet' : 'normal';

/**
 * Links to files on the terminal, where it is known to show them. Who wants no colours wants plain text, and a pipe gets it
 * whatever is forced.
 */
export const linkOf = ({ color }: Pick<TalkOptions, 'color'>): Link | undefined => {
  const { env } = process;
  if (!color || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return undefined;
  return isTerminal('stdout') && showsLinks(env) ? linksFor(env) : undefined;
};

/** Colours when a terminal reads along and nobody objects: https://no-color.org, FORCE_COLOR, TERM=dumb. */
export const colourOf = ({ color }: Pick<TalkOptions, 'color'>): boolean => {
  const { env } = process;
  if (!color || (env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal('stdout') && env['TERM'] !== 'dumb';
};
