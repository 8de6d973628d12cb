// Scans with a state file, as a user runs them night after night.

import path from 'node:path';
import { akscan, linesOf, type Ran } from './akscan.js';
import { secret30 } from './keys.js';
import { git, temporaryFolder } from './repository.js';

export const pair = (id: string, secret = secret30()): string => `accessKeyId=${id}\naccessKeySecret=${secret}\n`;

export interface Night extends Ran {
  readonly ids: readonly unknown[];
  readonly carried: readonly unknown[];
  readonly objects: number;
  readonly findings: readonly Record<string, unknown>[];
  readonly reasons: readonly unknown[];
}

export const scan = (state: string, targets: readonly string[], ...options: readonly string[]): Promise<Night> =>
  scanAs({}, state, targets, ...options);

/** @param env on top of the little that is in it otherwise */
export const scanAs = async (
  env: Readonly<Record<string, string>>,
  state: string,
  targets: readonly string[],
  ...options: readonly string[]
): Promise<Night> => {
  const ran = await akscan(['scan', ...targets, '--since-scan', state, '--format', 'jsonl', ...options], { env });
  const findings = linesOf(ran.stdout, 'finding');
  const [summary] = linesOf(ran.stdout, 'summary') as { counts: { objects: number } }[];
  return {
    ...ran,
    findings,
    ids: findings.map((one) => one['accessKeyId']).sort(),
    carried: findings
      .filter((one) => one['carriedOver'] === true)
      .map((one) => one['accessKeyId'])
      .sort(),
    objects: summary?.counts.objects ?? -1,
    reasons: linesOf(ran.stdout, 'skipped').map((one) => one['reason']),
  };
};

export const stateFile = (): string => path.join(temporaryFolder(), 'nightly.state');
export const objectsIn = (folder: string): number =>
  git(folder, 'cat-file', '--batch-all-objects', '--batch-check').split('\n').length;

/** What a scan without a state file says, less what only one with it can say. */
export const fullScan = async (folder: string): Promise<readonly unknown[]> => {
  const { stdout } = await akscan(['scan', folder, '--format', 'jsonl']);
  return linesOf(stdout, 'finding');
};
export const withoutMarks = ({ findings }: Night): readonly unknown[] =>
  findings.map(({ carriedOver: _, ...rest }) => rest);
