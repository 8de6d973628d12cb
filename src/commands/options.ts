// The options that several commands share: how they are declared, and what they mean once parsed. What was typed
// (`RawOptions`) and what is meant (`ScanRequest`) are two types; this is the only way from one to the other.

import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { type Loaded, loadConfiguration } from '../config/load.js';
import { parseSize } from '../config/size.js';
import { CONFIDENCES, FAIL_ON, type FailOn } from '../config/types.js';
import type { Confidence } from '../detect/types.js';
import { AkscanError } from '../errors.js';
import { complaintAboutPlaced } from '../glob-place.js';
import type { Destination } from '../report/deliver.js';
import { FORMAT_NAMES, isFormat } from '../report/formats.js';
import type { ScanRequest } from '../scan.js';
import { PLAIN_CHANGE } from './change-request.js';
import { choice, hintOf, wordOf } from './choice.js';
import { globsOf } from './glob-options.js';
import { grouped } from './manners.js';
import type { Run } from './run.js';
import { checkScope } from './scope-checks.js';

export interface OutputOptions {
  readonly format: string;
  readonly output?: string;
  readonly report?: readonly string[];
  readonly showSecrets?: true;
}

export interface AskOptions {
  readonly verify?: true;
  readonly probe?: true;
  readonly probeId?: true;
  readonly activity?: true;
  readonly profile?: readonly string[];
  readonly endpoint?: readonly string[];
  /** `--no-cache` makes it false. */
  readonly cache?: boolean;
  readonly maxAge?: string;
}

/** Which of the files and findings count; the same whatever is searched. */
export interface SelectionOptions {
  readonly config?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly maxSize?: string;
  readonly allowPartial?: true;
  readonly maxFindings: string;
  readonly minConfidence?: string;
}

export interface ScopeOptions extends SelectionOptions {
  readonly worktree: boolean;
  readonly history: boolean;
  readonly ignore: boolean;
  readonly since?: string;
  readonly branch?: string;
  readonly threads?: string;
}

/** An option that may be repeated. Commander prints a default that it knows of, and an empty list says nothing. */
export const repeatable = (flags: string, description: string): Option =>
  new Option(flags, `${description}; may be repeated`).argParser((value: string, before: readonly string[] = []) => [
    ...before,
    value,
  ]);

export const withOutputOptions = (command: Command): Command =>
  grouped(command, 'Output:', () =>
    command
      .addOption(choice('-f, --format <format>', 'how to write the report', FORMAT_NAMES).default('text', 'text'))
      .option('-o, --output <file>', 'write to a file instead of standard output')
      .addOption(repeatable('--report <format=file>', 'write one more report'))
      .option('--show-secrets', 'write secrets in the clear instead of ***'),
  );

/** For commands whose result is no list of findings. */
export const withPlainOutputOptions = (command: Command): Command =>
  grouped(command, 'Output:', () =>
    command
      .addOption(choice('-f, --format <format>', 'how to write it', ['text', 'json']).default('text'))
      .option('-o, --output <file>', 'write to a file instead of standard output'),
  );

export const withScopeOptions = (command: Command): Command => {
  grouped(command, READING, () =>
    command
      .option('--no-worktree', 'leave out the files, read history only')
      .option('--no-history', 'leave out git history, read files only')
      .option('--no-ignore', 'read files that git ignores, too')
      .option('--since <date>', 'history: only commits after a date')
      .option('--branch <name>', 'history: only what this branch reaches')
      .option('--threads <n>', 'threads that read and search'),
  );
  return withSelectionOptions(command);
};

/** Heading of the options that say what is read. */
export const READING = 'What is read:';

export const withSelectionOptions = (command: Command): Command => {
  grouped(command, READING, () =>
    command
      .addOption(repeatable('--include <glob>', 'only paths that match'))
      .addOption(repeatable('--exclude <glob>', 'leave out paths that match'))
      .option('--max-size <size>', 'leave out larger files, such as 10MB')
      .option('--allow-partial', 'accept objects missing from shallow and partial clones'),
  );
  return grouped(command, 'What counts:', () =>
    command
      .addOption(
        choice('--min-confidence <level>', 'show findings of at least', CONFIDENCES).default(undefined, 'medium'),
      )
      .addOption(
        new Option('--max-findings <n>', 'keep this many credentials, more is a fault').default('100000', '100,000'),
      )
      .option('--config <file>', 'use this configuration instead of the akscan.config.yml of the tree'),
  );
};

export const withAskOptions = (command: Command): Command =>
  grouped(command, 'Verdicts (nothing is asked without --verify or --probe):', () =>
    command
      .option('--verify', 'look each ID up with your own credentials (inventory)')
      .option('--probe', 'let each leaked pair ask STS who it is: uses the leaked key')
      .option('--probe-id', 'probe IDs without a secret, too, with a made-up one: tells unknown IDs from existing ones')
      .option('--activity', 'with --verify: what each key did in the last 90 days (ActionTrail, slow)')
      .addOption(repeatable('--profile <name>', 'whose credentials --verify looks IDs up with'))
      .addOption(repeatable('--endpoint <service=url>', 'base URL of ram, ims, sts, actiontrail or sas'))
      .option('--max-age <duration>', 'take verdicts of earlier runs that are younger than this, such as 12h')
      .option('--no-cache', 'keep no verdicts, and take none from a run that was interrupted'),
  );

/** Values for --fail-on. */
export const failOnOption = (byDefault: FailOn): Option =>
  choice('--fail-on <what>', 'what gives exit code 1', FAIL_ON).default(undefined, byDefault);

/** @throws AkscanError for a format that does not exist */
export const destinationsOf = (options: OutputOptions): readonly Destination[] => [
  { format: formatOf(options.format, '--format'), file: options.output ?? null },
  ...(options.report ?? []).map((text) => {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) {
      throw new AkscanError(`--report takes FORMAT=FILE, not "${text}".`, 'For example: --report json=report.json');
    }
    return { format: formatOf(text.slice(0, at), '--report'), file: text.slice(at + 1) };
  }),
];

const formatOf = (name: string, flag: string): Destination['format'] => {
  if (isFormat(name)) return name;
  throw new AkscanError(`${flag}: "${name}" is not a format.`, hintOf(name, FORMAT_NAMES));
};

/** @throws AkscanError for anything but a whole number from 1 */
export const naturalOf = (text: string, flag: string): number => {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1) throw new AkscanError(`${flag} takes a whole number from 1, not "${text}".`);
  return value;
};

/** @throws AkscanError for endpoints that are no service or no safe URL */
export const askingOf = async (options: AskOptions): Promise<ScanRequest['asking']> => {
  const inventory = options.verify === true;
  const probeId = options.probeId === true;
  const probe = options.probe === true || probeId;
  const { profile: profiles = [], endpoint = [] } = options;
  if (profiles.length > 0 && !inventory) {
    throw new AkscanError('--profile says whose credentials look IDs up, and nothing is looked up.', 'Add --verify.');
  }
  if (options.activity === true && !inventory) {
    throw new AkscanError(
      '--activity reads ActionTrail with your own credentials, and nothing is looked up.',
      'Add --verify.',
    );
  }
  // The environment's endpoints matter only when something is asked; a wrong flag is said at once.
  if (!inventory && !probe && (options.maxAge !== undefined || options.cache === false)) {
    throw new AkscanError(
      `--${options.maxAge === undefined ? 'no-cache' : 'max-age'} is for verdicts, and none are asked for.`,
      'Add --verify or --probe.',
    );
  }
  if (!inventory && !probe && endpoint.length === 0) return { inventory, probe, endpoints: {} };
  const { endpointsOf } = await import('./endpoints.js');
  return {
    inventory,
    probe,
    probeId,
    profiles,
    activity: options.activity === true,
    endpoints: endpointsOf(endpoint),
    recordProbes: true,
    ...(await cacheOf(options)),
  };
};

const cacheOf = async ({ cache, maxAge }: AskOptions): Promise<Pick<ScanRequest['asking'], 'cache'>> => {
  if (cache === false) {
    if (maxAge === undefined) return {};
    throw new AkscanError('--max-age takes verdicts from the cache, and --no-cache leaves it out.', 'Leave one out.');
  }
  if (maxAge === undefined) return { cache: { maxAgeMs: null } };
  const { parseDuration } = await import('../config/duration.js');
  return { cache: { maxAgeMs: parseDuration(maxAge, '--max-age') } };
};

/** At a terminal the tree's own configuration counts, unless another is named. */
export const loadFor = (targets: readonly string[], { config }: Pick<SelectionOptions, 'config'>): Promise<Loaded> =>
  loadConfiguration(config === undefined ? { from: 'tree' } : { from: 'file', file: config }, targets);

export const scanRequestOf = async (
  targets: readonly string[],
  options: ScopeOptions & AskOptions,
  run: Run,
): Promise<ScanRequest> => {
  checkScope(targets.length > 0 ? targets : ['.'], options);
  return {
    ...(await changeRequestOf(options, run, targets.length > 0 ? targets : ['.'])),
    targets: targets.length > 0 ? targets : ['.'],
    worktree: options.worktree,
    history: options.history,
    ignored: !options.ignore,
    since: options.since ?? null,
    branch: options.branch ?? null,
    threads: options.threads === undefined ? availableParallelism() : naturalOf(options.threads, '--threads'),
  };
};

/** For commands that judge a change of the repository they stand in: neither its files nor all of its history. */
export const changeRequestOf = async (
  options: SelectionOptions & AskOptions,
  run: Run,
  targets: readonly string[] = ['.'],
): Promise<ScanRequest> => ({
  ...PLAIN_CHANGE,
  include: globsOf(options.include, '--include', (glob) => complaintAboutPlaced(glob, targets)),
  exclude: globsOf(options.exclude, '--exclude', (glob) => complaintAboutPlaced(glob, targets)),
  maxSize: options.maxSize === undefined ? null : parseSize(options.maxSize, '--max-size'),
  minConfidence:
    options.minConfidence === undefined
      ? null
      : wordOf<Confidence>(options.minConfidence, CONFIDENCES, '--min-confidence'),
  maxFindings: naturalOf(options.maxFindings, '--max-findings'),
  allowPartial: options.allowPartial === true,
  asking: await askingOf(options),
  signal: run.signal,
  progress: run.progress,
});

/** Where it is said what gives exit code 1: the option goes before the configuration. */
export interface FailOnSaid {
  readonly typed: string | undefined;
  readonly loaded?: Pick<Loaded, 'configuration' | 'file'>;
  readonly byDefault: FailOn;
}

/** @throws AkscanError for a word that is none, and for `live` or `root` when nothing is asked: it names who said so */
export const failOnOf = (
  { typed, loaded, byDefault }: FailOnSaid,
  { inventory, probe }: Pick<ScanRequest['asking'], 'inventory' | 'probe'>,
): FailOn => {
  const failOn =
    typed === undefined ? (loaded?.configuration.failOn ?? byDefault) : wordOf<FailOn>(typed, FAIL_ON, '--fail-on');
  if ((failOn !== 'live' && failOn !== 'root') || inventory || probe) return failOn;
  if (typed === undefined) {
    throw new AkscanError(
      `${loaded?.file}: "failOn: ${failOn}" needs verdicts, and none were asked for.`,
      'Add --verify or --probe, or --fail-on secret; for hooks, which ask nobody, change the configuration.',
    );
  }
  throw new AkscanError(
    `--fail-on ${failOn} needs verdicts, and none were asked for.`,
    'Add --verify (your own credentials look the IDs up) or --probe (the leaked pair asks STS who it is).',
  );
};
