// `akscan hook`: installs and takes out git hooks, and judges for the framework pre-commit.

import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { loadConfiguration } from '../config/load.js';
import { AkscanError } from '../errors.js';
import { say } from '../lang/say.js';
import { forTerminal } from '../report/escape.js';
import type { Read, ScanRequest } from '../scan.js';
import type { Sink } from '../sources/types.js';
import { PLAIN_CHANGE } from './change-request.js';
import { oneOf } from './choice.js';
import { conclude } from './conclude.js';
import { failOnOf } from './options.js';
import type { Finish } from './program.js';
import { type Run, withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface HookFlags extends TalkOptions {
  readonly global?: true;
  readonly preCommit?: true;
  readonly prePush?: true;
  readonly preReceive?: true;
}

const EXAMPLES = `
Examples:
  akscan hook install                  this repository: refuse commits that add a key
  akscan hook install --pre-push       commits that add one are not pushed
  akscan hook install --pre-receive    on a server, in the bare repository
  akscan hook install --global         all repositories of yours (core.hooksPath)
  akscan hook uninstall                take it out; what was there before is put back

A hook that is there already stays in force: it is called after ours, with the same arguments and
input. In the configuration of pre-commit.com this project is the repository, and its hooks are
akscan and akscan-push.

Exit codes: 0 done; of run 0 nothing new, 1 findings; 2 a fault, and nothing was changed.`;

export const declareHook = (command: Command, finish: Finish): void => {
  command
    .description('Installs git hooks that refuse AccessKeys, and takes them out again.')
    .addArgument(
      oneOf(
        command.createArgument('<what>', 'install, uninstall, or run: judge what the framework pre-commit passes'),
        ['install', 'uninstall', 'run'],
        'akscan hook',
      ),
    )
    .argument('[file...]', 'with run: names of files')
    .option('--global', 'for all repositories of yours')
    .option('--pre-commit', 'the hook for commits (the default when no other is named)')
    .option('--pre-push', 'the hook for pushes from here')
    .option('--pre-receive', 'the hook for pushes to here')
    .addHelpText('after', EXAMPLES)
    .action((what: 'install' | 'uninstall' | 'run', files: readonly string[], flags: HookFlags) =>
      finish(what === 'run' ? judge(files, flags) : manage(what, files, flags)),
    );
};

const manage = (what: 'install' | 'uninstall', files: readonly string[], flags: HookFlags): Promise<number> =>
  withRun(talkOf(flags), async ({ signal }) => {
    const [first] = files;
    if (first !== undefined) {
      throw new AkscanError(`akscan hook ${what} takes no names, and ${first} is one.`, 'Run it in the repository.');
    }
    const { installHooks, uninstallHooks } = await import('../hook/manage.js');
    const named = [
      ...(flags.preCommit === true ? (['pre-commit'] as const) : []),
      ...(flags.prePush === true ? (['pre-push'] as const) : []),
      ...(flags.preReceive === true ? (['pre-receive'] as const) : []),
    ];
    const request = {
      where: flags.global === true ? ('global' as const) : ('here' as const),
      hooks: named.length > 0 ? named : (['pre-commit'] as const),
      signal,
    };
    const said = await (what === 'install' ? installHooks(request) : uninstallHooks(request));
    if (flags.quiet !== true) for (const sentence of said) process.stderr.write(`${say(forTerminal(sentence))}\n`);
    return 0;
  });

/** As `akscan staged`, `akscan range` or `akscan scan FILE...`, whichever the framework means. */
const judge = (files: readonly string[], flags: HookFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const stray = (['global', 'preCommit', 'prePush', 'preReceive'] as const).find((name) => flags[name] !== undefined);
    if (stray !== undefined) {
      throw new AkscanError(
        `--${stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} says which hooks are installed, and akscan hook run judges what it is given.`,
        'Leave it out; the environment says what is judged.',
      );
    }
    const { askedByFramework } = await import('../hook/framework.js');
    const asked = await askedByFramework(files, process.env, run.signal);
    const loaded = await loadConfiguration({ from: 'tree' }, ['.']);
    const failOn = failOnOf({ typed: undefined, loaded, byDefault: 'secret' }, PLAIN_CHANGE.asking);
    const { scanWith } = await import('../scan.js');
    const report = await scanWith(requestFor(asked, run), loaded, await reading(asked));
    return conclude(report, { destinations: [{ format: 'brief', file: null }], failOn, flags, run });
  });

type Asked = Awaited<ReturnType<typeof import('../hook/framework.js').askedByFramework>>;

const requestFor = (asked: Asked, { signal, progress }: Run): ScanRequest => ({
  ...PLAIN_CHANGE,
  ...(asked.what === 'files'
    ? {
        targets: asked.files.length > FEW ? ['.'] : asked.files,
        worktree: true,
        threads: availableParallelism(),
      }
    : {}),
  signal,
  progress,
});

/** Files that are read one by one; of more the whole tree is read, which takes no longer, and only they are judged. */
const FEW = 64;

const reading = async (asked: Asked): Promise<Read> => {
  switch (asked.what) {
    case 'staged': {
      const { scanStaged } = await import('../sources/staged/scan-staged.js');
      return (_targets, options, sink) => scanStaged(options, sink);
    }
    case 'files': {
      const { readTargets } = await import('../sources/read-targets.js');
      if (asked.files.length <= FEW) return readTargets;
      const named = new Set(asked.files);
      return (targets, options, sink) => readTargets(targets, options, onlyOf(named, sink));
    }
    case 'push':
    case 'range': {
      const { scanRange } = await import('../sources/range/scan-range.js');
      const { parseRange } = await import('../sources/range/revisions.js');
      const request =
        asked.what === 'push'
          ? ({ kind: 'hook', input: asked.input, remote: asked.remote } as const)
          : ({ kind: 'range', range: parseRange(`${asked.from}${asked.dots}${asked.to}`) } as const);
      return (_targets, options, sink) => scanRange(request, options, sink);
    }
  }
};

const onlyOf = (named: ReadonlySet<string>, sink: Sink): Sink => ({
  ...sink,
  sighting: (sighting) => {
    const { path, secretPath } = sighting;
    if ((path !== null && named.has(path)) || (secretPath !== undefined && named.has(secretPath)))
      sink.sighting(sighting);
  },
  skipped: (skipped) => {
    if (skipped.what === null || named.has(skipped.what)) sink.skipped(skipped);
  },
});
