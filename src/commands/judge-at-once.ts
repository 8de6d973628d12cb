// What is left to do of a call that needs no parser (at-once.ts), when git is at work already.

import type { Loaded } from '../config/load.js';
import type { FailOn } from '../config/types.js';
import type { WriteOptions } from '../report/types.js';
import { type Read, type ScanRequest, scanWith } from '../scan.js';
import type { PlainCall } from './at-once.js';
import { PLAIN_CHANGE } from './change-request.js';
import { conclude } from './conclude.js';
import type { Run } from './run.js';

export interface ToJudge {
  readonly call: PlainCall;
  readonly run: Run;
  readonly loaded: Loaded;
  readonly read: Read;
  /** What gives exit code 1 where the configuration does not say. */
  readonly failOn: FailOn;
  readonly judged?: WriteOptions['judged'];
  /** Where the request differs from that for a change. */
  readonly instead?: Partial<ScanRequest>;
}

/** @returns the exit code; null when the configuration asks for what only the parser's way can refuse */
export const judgeAtOnce = async (judging: ToJudge): Promise<number | null> => {
  const { call, run, loaded, read, instead } = judging;
  const failOn = loaded.configuration.failOn ?? judging.failOn;
  if (failOn === 'live' || failOn === 'root') return null;
  const request = { ...PLAIN_CHANGE, ...instead, signal: run.signal, progress: run.progress };
  const report = await scanWith(request, loaded, read);
  return conclude(report, {
    destinations: [{ format: call.format, file: null }],
    failOn,
    flags: call,
    run,
    judged: judging.judged,
  });
};
