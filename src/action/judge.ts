// From an event to a report: which commits, whose configuration, and the scan itself.

import { availableParallelism } from 'node:os';
import { PLAIN_CHANGE } from '../commands/change-request.js';
import type { Loaded } from '../config/load.js';
import { loadFromCommit } from '../config/load-from-commit.js';
import type { FailOn } from '../config/types.js';
import { AkscanError } from '../errors.js';
import type { Report } from '../findings/model.js';
import { OID } from '../git/hash.js';
import { findHere } from '../git/here.js';
import type { GitPlace } from '../git/run.js';
import { type Read, type ScanRequest, scanWith } from '../scan.js';
import type { Asked, Happened } from './event.js';
import { checkFailOn, type Inputs } from './inputs.js';
import { type Preparing, prepare, type Ready } from './prepare.js';
import { findRemote } from './remote.js';
import { refuseUnsafe } from './safe.js';
import { fetchInto, isShallow, oidOf } from './shallow.js';

export interface Judged {
  readonly report: Report;
  readonly failOn: FailOn;
  /** What was judged, for the log. */
  readonly what: string;
  readonly warnings: readonly string[];
  /** Whose lines annotations are on; null: those of the files that lie here. */
  readonly at: { readonly place: GitPlace; readonly head: string } | null;
}

export interface Judging {
  readonly inputs: Inputs;
  readonly env: NodeJS.ProcessEnv;
  /** For temporary files. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Stands in the repository that it judges when it returns. */
export const judge = async (
  { name, asked }: Happened & { readonly asked: Exclude<Asked, { readonly kind: 'nothing' }> },
  judging: Judging,
): Promise<Judged> => {
  const { inputs, env, folder, signal } = judging;
  const checkout = checkoutIn(inputs.directory);
  const preparing = { checkout, folder, env, token: inputs.token, signal };
  if (asked.kind === 'everything') return judgeAll(judging, preparing);
  if (name === 'pull_request_target') await refuseUnsafe(asked, checkout, env, signal);
  const ready = await prepare(asked, preparing);
  return ready === null ? judgeAll(judging, preparing) : judgeRange(ready, judging);
};

const checkoutIn = (directory: string): GitPlace => {
  try {
    process.chdir(directory);
  } catch {
    throw new AkscanError(`The input "directory" names a folder that is not there: ${JSON.stringify(directory)}.`);
  }
  try {
    const { place } = findHere();
    process.chdir(place.top);
    return { cwd: place.top, top: place.top };
  } catch (error) {
    if (!(error instanceof AkscanError)) throw error;
    throw new AkscanError(
      'There is no git repository in the workspace.',
      'Check it out first, with actions/checkout; where that has a path, give it to the input directory.',
    );
  }
};

const judgeRange = async (ready: Ready, { inputs, signal }: Judging): Promise<Judged> => {
  const { place, base, head, dots, warnings } = ready;
  process.chdir(place.cwd);
  const range = `${base}${dots}${head}`;
  const loaded = await loadFromCommit(place, base, inputs, signal);
  const failOn = failOnFor(inputs, loaded);
  const read: Read = async (_targets, options, sink) => {
    const { scanRange } = await import('../sources/range/scan-range.js');
    const { parseRange } = await import('../sources/range/revisions.js');
    return scanRange({ kind: 'range', range: parseRange(range) }, options, sink);
  };
  const report = await scanWith(requestOf(inputs, signal), loaded, read);
  const what = `${base.slice(0, 10)}${dots}${head.slice(0, 10)}`;
  return { report, failOn, what, warnings, at: { place, head } };
};

/** The files that lie here and every object of the history, which is fetched where the clone is cut off. */
const judgeAll = async ({ inputs, signal }: Judging, preparing: Preparing): Promise<Judged> => {
  const { checkout } = preparing;
  const brought = await bringAll(preparing);
  const { commit, warnings: without } = await configuredBy(preparing);
  const warnings = [...brought, ...without];
  const loaded = await loadFromCommit(checkout, commit, inputs, signal);
  const failOn = failOnFor(inputs, loaded);
  const read: Read = async (targets, options, sink) => {
    const { readTargets } = await import('../sources/read-targets.js');
    return readTargets(targets, options, sink);
  };
  const threads = availableParallelism();
  const request = { ...requestOf(inputs, signal), worktree: true, history: true, threads };
  const report = await scanWith(request, loaded, read);
  return { report, failOn, what: 'all files and the whole history', warnings, at: null };
};

/**
 * The commit of the event: for `workflow_run`, `issue_comment` and the like that of the default branch, whatever was checked
 * out. What lies here may be a pull request's, whose author must not decide how it is judged.
 */
const configuredBy = async ({
  checkout,
  env,
  signal,
}: Preparing): Promise<{ readonly commit: string | null; readonly warnings: readonly string[] }> => {
  const event = env['GITHUB_SHA'] ?? '';
  if (event === '') return { commit: await oidOf(checkout, 'HEAD^{commit}', signal), warnings: [] };
  const commit = OID.test(event) ? await oidOf(checkout, `${event}^{commit}`, signal) : null;
  if (commit !== null) return { commit, warnings: [] };
  return {
    commit: null,
    warnings: [
      "The event's own commit is not in the checkout, so that no configuration, ignore file or baseline of the repository counts. Check it out, or give actions/checkout fetch-depth: 0.",
    ],
  };
};

const bringAll = async ({ checkout, env, token, signal }: Preparing): Promise<readonly string[]> => {
  if (!(await isShallow(checkout, signal))) return [];
  const advice = 'Give actions/checkout fetch-depth: 0, which also brings all branches and tags.';
  try {
    const remote = await findRemote(checkout, { env, token, signal, fork: null });
    const head = (await oidOf(checkout, 'HEAD', signal)) ?? 'HEAD';
    const failed = await fetchInto({ place: checkout, remote, signal }, { deepen: null }, [head]);
    if (failed === null) return [];
    return [`The rest of the history could not be fetched from ${remote.url}: ${failed}. ${advice}`];
  } catch (error) {
    if (!(error instanceof AkscanError)) throw error;
    return [`The rest of the history could not be fetched: ${error.message} ${advice}`];
  }
};

/** As of `range`, also for everything: an ID alone is shown and fails no workflow unless asked. */
const failOnFor = ({ failOn, verify, probe }: Inputs, { configuration, file }: Loaded): FailOn => {
  const counts = failOn ?? configuration.failOn ?? 'secret';
  checkFailOn(counts, verify || probe, failOn === null ? file : null);
  return counts;
};

const requestOf = ({ paths, exclude, verify, probe }: Inputs, signal: AbortSignal): ScanRequest => ({
  ...PLAIN_CHANGE,
  include: paths,
  exclude,
  asking: { inventory: verify, probe, endpoints: {} },
  signal,
  progress: { update: () => {} },
});
