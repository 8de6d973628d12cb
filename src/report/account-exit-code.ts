// What `akscan account` tells the shell: 130 over 2 over 1 over 0.

import type { AccountsReport, NotRead } from '../findings/account.js';
import type { ExitCode } from './exit-code.js';

/** A permission that was not granted leaves out a part, and nothing more, unless the answer hangs on that part. */
const isIncomplete = ({ because, decides }: NotRead): boolean =>
  because === 'fault' || (because === 'denied' && decides === true);

export const accountExitCodeOf = ({ accounts, notAsked, interrupted }: AccountsReport): ExitCode => {
  if (interrupted === true) return 130;
  if (notAsked.length > 0 || accounts.some(({ notRead }) => notRead.some(isIncomplete))) return 2;
  const points = accounts.flatMap((account) => account.points);
  return points.some(({ severity }) => severity === 'critical' || severity === 'high') ? 1 : 0;
};
