// What `akscan audit` and `akscan worker` are told, and what it means.

import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { AuditPlan, Listing } from '../audit/plan.js';
import { parseSpec } from '../audit/sources/spec.js';
import type { MirrorSettings } from '../audit/types.js';
import { isCalendarDay } from '../calendar-day.js';
import type { Loaded } from '../config/load.js';
import { parseSize } from '../config/size.js';
import { CONFIDENCES } from '../config/types.js';
import type { Confidence } from '../detect/types.js';
import { AkscanError } from '../errors.js';
import { complaintAboutPlaced, complaintAboutRelative } from '../glob-place.js';
import { cacheFolder } from '../state-folder.js';
import { choice, wordOf } from './choice.js';
import { globsOf } from './glob-options.js';
import { grouped } from './manners.js';
import { naturalOf, READING, repeatable, type SelectionOptions } from './options.js';

export interface ListingFlags {
  readonly includeRepo?: readonly string[];
  readonly excludeRepo?: readonly string[];
  readonly visibility?: string;
  readonly archived?: string;
  readonly forks?: string;
  readonly since?: string;
  readonly maxRepoSize?: string;
  readonly wiki?: true;
  readonly snippets?: true;
  readonly pullRequests?: true;
}

export interface MirrorFlags {
  readonly cacheDir?: string;
  readonly cacheSize: string;
  readonly keep?: true;
  readonly threads?: string;
}

const VISIBILITIES = ['any', 'public', 'internal', 'private'] as const;
const TAKES = ['include', 'exclude', 'only'] as const;

export const withListingOptions = (command: Command): Command =>
  grouped(command, 'Which repositories:', () =>
    command
      .addOption(repeatable('--include-repo <glob>', 'only repositories whose org/name, or name, matches'))
      .addOption(repeatable('--exclude-repo <glob>', 'leave out repositories that match'))
      .addOption(choice('--visibility <kind>', 'only repositories of a kind', VISIBILITIES).default(undefined, 'any'))
      .addOption(choice('--archived <what>', 'archived ones', TAKES).default(undefined, 'include'))
      .addOption(choice('--forks <what>', 'forks', TAKES).default(undefined, 'include'))
      .option('--since <date>', 'only those pushed to since a date; of these all of history is read')
      .option('--max-repo-size <size>', 'leave out larger ones, such as 2GB')
      .option('--wiki', 'their wikis, too')
      .option('--gists, --snippets', 'gists and snippets, too')
      .option('--pull-requests', 'what pull and merge requests hold, too'),
  );

export const withMirrorOptions = (command: Command): Command =>
  grouped(command, 'Mirrors:', () =>
    command
      .option('--cache-dir <folder>', 'where repositories are mirrored to (default: in the cache folder)')
      .option('--cache-size <size>', 'how much mirrors may take; what was used longest ago goes first', '20GB')
      .option('--keep', 'keep the mirrors, so that the next audit fetches only what is new')
      .option('--threads <n>', 'repositories that are read at a time'),
  );

/** @throws AkscanError for a value or a source that is none */
export const planOf = (
  sources: readonly string[],
  flags: ListingFlags & SelectionOptions & { readonly trustRepoConfig?: true },
  { configuration }: Loaded,
): AuditPlan => ({
  // Not as it was typed: the query of an address may hold a token, and the plan is stored and told of.
  sources: sources.map((source) => parseSpec(source).text),
  listing: listingOf(flags),
  settings: {
    detector: {
      minConfidence: confidenceOf(flags) ?? configuration.minConfidence ?? 'medium',
      ...(configuration.rules === undefined ? {} : { customRules: configuration.rules }),
    },
    include: flags.include === undefined ? (configuration.include ?? []) : pathsOf(flags.include, '--include'),
    exclude: [...(configuration.exclude ?? []), ...pathsOf(flags.exclude, '--exclude')],
    maxSize: sizeOf(flags.maxSize, '--max-size') ?? configuration.maxSize ?? null,
    allowPartial: flags.allowPartial === true,
    repositoryConfiguration: flags.trustRepoConfig === true ? 'honour' : 'disregard',
    maxRepositorySize: sizeOf(flags.maxRepoSize, '--max-repo-size'),
    threads: 1,
  },
});

/** Of a repository that lies wherever its mirror does. */
const pathsOf = (globs: readonly string[] | undefined, option: string): readonly string[] =>
  globsOf(globs, option, (glob) => complaintAboutPlaced(glob, []));

const confidenceOf = ({ minConfidence }: SelectionOptions): Confidence | null =>
  minConfidence === undefined ? null : wordOf<Confidence>(minConfidence, CONFIDENCES, '--min-confidence');

const sizeOf = (text: string | undefined, flag: string): number | null =>
  text === undefined ? null : parseSize(text, flag);

const listingOf = (flags: ListingFlags): Listing => ({
  include: globsOf(flags.includeRepo, '--include-repo', complaintAboutRelative),
  exclude: globsOf(flags.excludeRepo, '--exclude-repo', complaintAboutRelative),
  visibility: wordOf(flags.visibility ?? 'any', VISIBILITIES, '--visibility'),
  archived: wordOf(flags.archived ?? 'include', TAKES, '--archived'),
  forks: wordOf(flags.forks ?? 'include', TAKES, '--forks'),
  since: flags.since === undefined ? null : dateOf(flags.since),
  wiki: flags.wiki === true,
  snippets: flags.snippets === true,
  pullRequests: flags.pullRequests === true,
});

const dateOf = (text: string): string => {
  const time = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time) || !isCalendarDay(text.slice(0, 10))) {
    throw new AkscanError(`--since: ${JSON.stringify(text.slice(0, 80))} is not a date.`, 'Write it as YYYY-MM-DD.');
  }
  return new Date(time).toISOString();
};

/** @throws AkscanError for a size that is none. Without a home folder it is said when something is to be kept there */
export const mirrorSettingsOf = (flags: MirrorFlags, maxRepositorySize: number | null): MirrorSettings => {
  const cache = cacheFolder(process.env);
  const byDefault = cache === null ? '' : path.join(cache, 'mirrors');
  return {
    folder: flags.cacheDir === undefined ? byDefault : path.resolve(flags.cacheDir),
    cacheSize: parseSize(flags.cacheSize, '--cache-size'),
    maxRepositorySize,
    after: flags.keep === true ? 'keep' : 'remove',
  };
};

export const threadsOf = ({ threads }: MirrorFlags): number =>
  threads === undefined ? availableParallelism() : naturalOf(threads, '--threads');

/** Heading of the options that say what is read of each repository, the same as of a scan. */
export const withRepositoryOptions = (command: Command): Command =>
  grouped(command, READING, () =>
    command.option('--trust-repo-config', "let each repository's own configuration and ignore file decide"),
  );
