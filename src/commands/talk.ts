// How much a command says, and in which colours.

export interface TalkOptions {
  readonly quiet?: true;
  /** `--no-progress` makes it false. */
  readonly progress?: boolean;
  readonly color: boolean;
}

/** Whether a run may say how far it is. */
export const talkOf = ({ quiet, progress }: Pick<TalkOptions, 'quiet' | 'progress'>): 'quiet' | 'normal' =>
  quiet === true || progress === false ? 'quiet' : 'normal';

/** Colours when a terminal reads along and nobody objects: https://no-color.org, FORCE_COLOR, TERM=dumb. */
export const colourOf = ({ color }: Pick<TalkOptions, 'color'>): boolean => {
  const { env } = process;
  if (!color || (env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return process.stdout.isTTY === true && env['TERM'] !== 'dumb';
};
