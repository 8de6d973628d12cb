// How much a command says, and in which colours.

export interface TalkOptions {
  readonly quiet?: true;
  readonly color: boolean;
}

export const talkOf = ({ quiet }: Pick<TalkOptions, 'quiet'>): 'quiet' | 'normal' =>
  quiet === true ? 'quiet' : 'normal';

/** Colours when a terminal reads along and nobody objects: https://no-color.org, FORCE_COLOR, TERM=dumb. */
export const colourOf = ({ color }: Pick<TalkOptions, 'color'>): boolean => {
  const { env } = process;
  if (!color || (env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0') return true;
  return process.stdout.isTTY === true && env['TERM'] !== 'dumb';
};
