// Options of commands that change something in an account. They come from the command line alone: nothing in a scanned tree
// can set them.

import { type Command, Option } from 'commander';
import type { PlanOptions } from '../contain/plan.js';
import { addressesOf } from '../contain/restriction.js';
import type { Candidate, ContainMode } from '../contain/types.js';
import type { Looked } from '../contain.js';
import type { Confidence } from '../detect/types.js';
import { AkscanError } from '../errors.js';
import { choice } from './choice.js';
import { grouped } from './manners.js';
import { naturalOf, repeatable } from './options.js';

/** Who may act, and on what. */
export interface ActFlags {
  readonly yes?: true;
  readonly account?: string;
  readonly log?: string;
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

export interface ContainFlags extends ActFlags {
  readonly mode?: ContainMode;
  readonly allow?: readonly string[];
  readonly maxKeys?: string;
  readonly recent?: string;
  readonly forceInUse?: true;
}

export const withActOptions = (command: Command): Command =>
  grouped(command, 'Acting:', () =>
    command
      .option('--yes', 'do it; without this, only the plan is shown')
      .option('--account <uid>', 'the one account that may be touched; needed with --yes where nobody can be asked')
      .option('--log <file>', 'where the record goes (default: containment.jsonl in the state folder)')
      .addOption(repeatable('--only <glob>', 'only keys whose ID, user or account matches'))
      .addOption(repeatable('--except <glob>', 'leave these out')),
  );

export const withContainOptions = (command: Command): Command =>
  withActOptions(
    command
      .addOption(
        choice('--mode <mode>', 'disable: off; restrict: to addresses; delete: off and to the recycle bin', [
          'disable',
          'restrict',
          'delete',
        ]).default(undefined, 'disable'),
      )
      .addOption(repeatable('--allow <address>', 'restrict: an address or network that stays allowed'))
      .addOption(new Option('--max-keys <n>', 'touch none when it would be more than this').default(undefined, '20'))
      .addOption(
        new Option('--recent <hours>', 'a key used since then is in use, and left alone').default(undefined, '24'),
      )
      .option('--force-in-use', 'touch keys in use as well'),
  );

/** @throws AkscanError for what is no number, no address and no glob, and for addresses of keys that would be off everywhere */
export const planOptionsOf = async (flags: ContainFlags, minConfidence: Confidence): Promise<PlanOptions> => {
  const { mode = 'disable' } = flags;
  if (flags.allow !== undefined && mode !== 'restrict') {
    throw new AkscanError(
      `--allow is for --mode restrict; with --mode ${mode} the keys stop working everywhere.`,
      'Add --mode restrict, or leave --allow out.',
    );
  }
  return planOptions(flags, minConfidence);
};

const planOptions = async (flags: ContainFlags, minConfidence: Confidence): Promise<PlanOptions> => ({
  mode: flags.mode ?? 'disable',
  account: flags.account === undefined ? null : accountOf(flags.account),
  minConfidence,
  recentHours: naturalOf(flags.recent ?? '24', '--recent'),
  forceInUse: flags.forceInUse === true,
  isMeant: await meantBy(flags),
  addresses: addressesOf(flags.allow ?? []),
  maxKeys: naturalOf(flags.maxKeys ?? '20', '--max-keys'),
  now: new Date(),
});

export const accountOf = (typed: string): string => {
  if (/^[0-9]{5,20}$/.test(typed)) return typed;
  throw new AkscanError(`--account takes the UID of an account, digits only, not "${typed.slice(0, 80)}".`);
};

/** Whether any of a key's names is meant: its ID, its user (`alice`) or `root`, its account. */
export type MeantByNames = (names: readonly string[]) => boolean;

export const meantByNames = async ({ only = [], except = [] }: ActFlags): Promise<MeantByNames> => {
  if (only.length === 0 && except.length === 0) return () => true;
  const { compileGlobs } = await import('../glob.js');
  const isOnly = compileGlobs(only, '--only');
  const isExcept = compileGlobs(except, '--except');
  return (names) => (only.length === 0 || names.some(isOnly)) && !names.some(isExcept);
};

const meantBy = async (flags: ActFlags): Promise<(candidate: Candidate) => boolean> => {
  const isMeant = await meantByNames(flags);
  return (candidate) => isMeant(namesOf(candidate));
};

const namesOf = ({ accessKeyId, owner, verdict }: Candidate): readonly string[] => {
  const user = owner?.kind === 'root' || verdict.principal === 'root' ? 'root' : (owner?.user ?? verdict.user);
  return [accessKeyId, user, owner?.account ?? verdict.account].filter((name) => name !== undefined);
};

/**
 * A misspelt glob means no key, and the one that was meant would stay live unnoticed. `--except` may name what is not there.
 * @throws AkscanError for globs of `--only` that match none of the keys, whatever else speaks against these
 */
export const refuseIdleGlobs = async (flags: ActFlags, { candidates }: Pick<Looked, 'candidates'>): Promise<void> => {
  // A user cannot match while nobody could say who he is.
  const unread = candidates.find(({ owner, verdict }) => owner === null && verdict.state === 'unknown');
  await refuseIdle(flags, candidates.flatMap(namesOf), unread?.verdict.reason);
};

/**
 * @param names of all the keys there are
 * @throws AkscanError as `refuseIdleGlobs`
 */
export const refuseIdle = async (
  { only = [] }: ActFlags,
  names: readonly string[],
  hint = 'It is compared with the ID, the RAM user (or root) and the account of each.',
): Promise<void> => {
  if (only.length === 0 || names.length === 0) return;
  const { compileGlobs } = await import('../glob.js');
  const idle = [...new Set(only)].filter((glob) => !names.some(compileGlobs([glob])));
  if (idle.length === 0) return;
  throw new AkscanError(
    `--only ${idle.map((glob) => JSON.stringify(glob)).join(', ')} ${idle.length === 1 ? 'matches' : 'match'} none of the keys, so nothing was changed.`,
    hint,
  );
};
