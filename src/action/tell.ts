// What a run leaves behind: masks first, then annotations, files, the page of the run, outputs and the comment.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../findings/model.js';
import { type Destination, deliver } from '../report/deliver.js';
import { loadFormat } from '../report/formats.js';
import { presentable } from '../report/mask.js';
import type { WriteOptions } from '../report/types.js';
import { findingsInWords } from '../report/words.js';
import { createApi } from './api.js';
import { annotation, maskLines, type Runner } from './commands.js';
import { type Commented, putComment } from './comment.js';
import type { FormatChoice, Inputs } from './inputs.js';
import type { Judged } from './judge.js';
import { atHead } from './lines.js';

/** GitHub takes 1 MiB of summary from a step; what markdown.ts writes is far less. */
const OPTIONS = { colour: false, detail: 'full' } as const;

export interface Telling {
  readonly runner: Runner;
  readonly env: NodeJS.ProcessEnv;
  readonly destinations: readonly Destination[];
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Shown beside the code as the head has it; the others say where a key came in. */
const BESIDE_CODE: ReadonlySet<string> = new Set(['sarif', 'gitlab', 'junit', 'github', 'markdown']);

/** The runner hides what it was told to hide; nobody else reads these lines as anything but text. */
export const mask = ({ findings }: Report, runner: Runner, env: NodeJS.ProcessEnv): void => {
  if (env['GITHUB_ACTIONS'] !== 'true') return;
  runner.print(maskLines(findings.flatMap(({ secret, token }) => [secret, token]).filter((each) => each !== null)));
};

export const tell = async ({ report, what, warnings, at }: Judged, telling: Telling): Promise<string> => {
  const { runner, destinations, seconds, signal } = telling;
  mask(report, runner, telling.env);
  const options: WriteOptions = { ...OPTIONS, seconds };
  runner.print(`akscan read ${what}. ${findingsInWords(report.summary)}\n`);
  for (const warning of warnings) runner.print(annotation('warning', warning));
  const shown = at === null ? report : await atHead(report, { ...at, signal });
  runner.print(await written(shown, 'github', options));
  const beside = destinations.filter(({ format }) => BESIDE_CODE.has(format));
  const others = destinations.filter(({ format }) => !BESIDE_CODE.has(format));
  await deliver(shown, beside, { ...options, secrets: 'masked' });
  await deliver(report, others, { ...options, secrets: 'masked' });
  const markdown = await written(shown, 'markdown', options);
  runner.summary(`${markdown}\n`);
  setOutputs(report, destinations, runner);
  return markdown;
};

const written = async (report: Report, format: 'github' | 'markdown', options: WriteOptions): Promise<string> => {
  const write = await loadFormat(format, report);
  return [...write(presentable(report, 'masked'), options)].join('');
};

const setOutputs = ({ summary }: Report, destinations: readonly Destination[], { output }: Runner): void => {
  output('findings', String(summary.findings));
  output('live', String(summary.live));
  output('root', String(summary.root));
  output('sarif', destinations.find(({ format }) => format === 'sarif')?.file ?? '');
};

/** Absolute: the work is done in another folder. */
export const destinationsOf = (
  choices: readonly FormatChoice[],
  { workspace, folder }: { readonly workspace: string; readonly folder: string },
): readonly Destination[] =>
  choices.map(({ format, file }) => {
    if (file !== null) return { format, file: path.resolve(workspace, file) };
    mkdirSync(folder, { recursive: true });
    return { format, file: path.join(folder, `akscan.${EXTENSIONS[format] ?? format}`) };
  });

const EXTENSIONS: Readonly<Record<string, string>> = {
  text: 'txt',
  junit: 'xml',
  gitlab: 'gitlab.json',
  github: 'github.txt',
  markdown: 'md',
};

export interface Commenting {
  readonly inputs: Pick<Inputs, 'comment' | 'token'>;
  readonly env: NodeJS.ProcessEnv;
  readonly pullRequest: number | null;
  readonly markdown: string;
  readonly signal: AbortSignal;
}

/** Null where none was asked for. */
export const comment = async (
  { findings, summary }: Report,
  { inputs, env, pullRequest, markdown, signal }: Commenting,
): Promise<Commented | null> => {
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (!inputs.comment || pullRequest === null || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return null;
  if (inputs.token === null) return { kind: 'skipped', because: 'no github-token was given' };
  const base = env['GITHUB_API_URL'] ?? 'https://api.github.com';
  if (!URL.canParse(base)) return { kind: 'skipped', because: 'GITHUB_API_URL is no URL' };
  const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
  const api = createApi({ base, token: inputs.token, signal, sleep });
  // A run that read nothing to its end has not seen that a key is gone.
  const isSure = summary.skipped.fault === 0 && summary.interrupted !== true;
  if (findings.length === 0 && !isSure) return null;
  const on = { repository, pullRequest, run: Number(env['GITHUB_RUN_ID'] ?? 0) || 0 };
  return putComment(api, on, { text: findings.length === 0 ? null : markdown, gone: GONE });
};

const GONE =
  '### akscan: nothing left\n\nThe AccessKeys that were reported here are no longer among what this pull request adds. A key that was pushed has leaked all the same: replace and disable it.\n';
