// `akscan baseline`: records what is found today, so that from now on only new findings are shown.

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { lineBehind } from '../config/line-behind.js';
import { BASELINE_NAME } from '../config/load.js';
import { readTextIfAny } from '../config/read-text.js';
import { writeText } from '../config/write-text.js';
import { formatBaseline } from '../findings/baseline.js';
import { say } from '../lang/say.js';
import { presentable } from '../report/mask.js';
import { plural, readInWords } from '../report/words.js';
import { scanTargets } from '../scan-targets.js';
import { loadFor, type ScopeOptions, scanRequestOf, withScopeOptions } from './options.js';
import type { Finish } from './program.js';
import { withRun } from './run.js';
import { type TalkOptions, talkOf } from './talk.js';

interface BaselineFlags extends ScopeOptions, TalkOptions {
  readonly output?: string;
}

const EXAMPLES = `
Examples:
  akscan baseline                              everything in this repository, history and all
  akscan baseline --output ci/known.txt        elsewhere; name it as "baseline" in akscan.config.yml

The file holds a fingerprint a line, no secrets and no IDs. Findings it lists are counted, not
shown. Run it again to drop what is gone.

Exit codes: 0 written, 2 written although not everything could be read, or not written
at all, 130 stopped by Ctrl-C.`;

export const declareBaseline = (command: Command, finish: Finish): void => {
  command
    .description(`Writes what a scan finds to ${BASELINE_NAME}, so that later scans show new findings only.`)
    .argument('[targets...]', 'as for scan; default: the current directory')
    .option('-o, --output <file>', 'where to write (default: the baseline of the configuration)');
  withScopeOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((targets: readonly string[], flags: BaselineFlags) => finish(baselineCommand(targets, flags)));
};

const baselineCommand = (targets: readonly string[], flags: BaselineFlags): Promise<number> =>
  withRun(talkOf(flags), async (run) => {
    const request = await scanRequestOf(targets, flags, run);
    const loaded = await loadFor(request.targets, flags);
    const report = await scanTargets({ ...request, baseline: 'disregard' }, loaded);
    if (report.summary.interrupted === true) return 130;
    const file = flags.output ?? loaded.baselineFile;
    const text = formatBaseline(
      presentable(report, 'masked').findings.map(({ fingerprint, rule, occurrences }) => ({
        fingerprint,
        rule,
        path: occurrences.find((each) => each.path !== null)?.path ?? null,
      })),
    );
    writeText({ file, by: flags.output === undefined ? 'tree' : 'person' }, text, 'anew');
    const merged = mergeByUnion(file);
    const faults = report.summary.skipped.fault;
    if (flags.quiet !== true) {
      const read = readInWords(report.summary, run.seconds());
      process.stderr.write(`${say(`Wrote ${plural(report.findings.length, 'finding')} to ${file}. ${read}.`)}\n`);
      if (merged !== null) process.stderr.write(`${say(`Told git in ${merged} to merge it line by line.`)}\n`);
    }
    if (faults > 0)
      process.stderr.write(
        `akscan: ${say(`${plural(faults, 'thing')} could not be read; run akscan to see which.`)}\n`,
      );
    return faults > 0 ? 2 : 0;
  });

/**
 * Two branches that both add findings must merge without a conflict: says so in the .gitattributes beside the file when it
 * lies in a repository. Gives the file it changed, or null.
 */
const mergeByUnion = (file: string): string | null => {
  const name = path.basename(file);
  if (/[\s"*?[\]\\!#]/.test(name) || !isInRepository(path.dirname(path.resolve(file)))) return null;
  const attributes = path.join(path.dirname(file), '.gitattributes');
  const text = readTextIfAny(attributes) ?? '';
  if (text.split(/\r?\n/).some((line) => line.split(/\s+/)[0]?.replace(/^\//, '') === name)) return null;
  writeText({ file: attributes, by: 'tree' }, lineBehind(text, `/${name} merge=union`), 'behind');
  return attributes;
};

const isInRepository = (folder: string): boolean =>
  existsSync(path.join(folder, '.git')) || (path.dirname(folder) !== folder && isInRepository(path.dirname(folder)));
