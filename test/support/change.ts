// Judges what is staged in a real repository, or what a range of its commits adds, as the commands do.

import { PLAIN_CHANGE } from '../../src/commands/change-request.js';
import type { Finding, Report } from '../../src/findings/model.js';
import { type Read, type ScanRequest, scanWith } from '../../src/scan.js';
import type { RangeRequest } from '../../src/sources/range/ask-range.js';
import { parseHookInput } from '../../src/sources/range/hook-lines.js';
import { parseRange } from '../../src/sources/range/revisions.js';
import { scanRange } from '../../src/sources/range/scan-range.js';
import { scanStaged } from '../../src/sources/staged/scan-staged.js';
import { NONE_LOADED } from './loaded.js';

type Options = Partial<ScanRequest> & { readonly env?: Readonly<Record<string, string>> };

/** Stands in a folder, with variables as git would set them, while `work` runs. */
const inside = async <Result>(
  folder: string,
  env: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<Result> => {
  const before = process.cwd();
  const saved = { ...process.env };
  process.chdir(folder);
  Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', ...env });
  try {
    return await work();
  } finally {
    process.chdir(before);
    for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
    Object.assign(process.env, saved);
  }
};

const REQUEST: ScanRequest = {
  ...PLAIN_CHANGE,
  maxFindings: 1000,
  signal: new AbortController().signal,
  progress: { update: () => {} },
};

const run = (folder: string, read: Read, { env = {}, ...request }: Options): Promise<Report> =>
  inside(folder, env, () => scanWith({ ...REQUEST, ...request }, NONE_LOADED, read));

export const judgeStaged = (folder: string, options: Options = {}): Promise<Report> =>
  run(folder, (_targets, given, sink) => scanStaged(given, sink), options);

const judge = (folder: string, request: () => RangeRequest, options: Options): Promise<Report> =>
  run(folder, (_targets, given, sink) => scanRange(request(), given, sink), options);

export const judgeRange = (folder: string, range: string, options: Options = {}): Promise<Report> =>
  judge(folder, () => ({ kind: 'range', range: parseRange(range) }), options);

/** @param lines what git would tell the hook */
export const judgePush = (
  folder: string,
  lines: readonly string[],
  { remote = null, ...options }: Options & { readonly remote?: string | null } = {},
): Promise<Report> => judge(folder, () => ({ kind: 'hook', input: parseHookInput(lines.join('\n')), remote }), options);

/** `ID secret`, or the ID alone, of each finding. */
export const credentialsOf = ({ findings }: Pick<Report, 'findings'>): readonly string[] =>
  findings.map(({ accessKeyId, secret }) => [accessKeyId, secret].filter(Boolean).join(' ')).sort();

export const placesOf = ({ findings }: Pick<Report, 'findings'>): readonly string[] =>
  findings.flatMap(({ occurrences }) => occurrences.map(({ path, line }) => `${path}:${line}`)).sort();

export const only = ({ findings }: Pick<Report, 'findings'>): Finding => {
  const [finding] = findings;
  if (finding === undefined || findings.length > 1) throw new RangeError(`${findings.length} findings, not one`);
  return finding;
};
