// Scans one repository's history, without the rest of the program.

import { openRepository } from '../../src/git/repository.js';
import { scanHistory } from '../../src/sources/history/scan-history.js';
import { defaults, type Recording, recorder } from '../sources/recording.js';

export interface How {
  readonly reader: 'packs' | 'cat-file';
  readonly threads?: number;
}

const LONGEST = 25_000;

export const sightingsOf = async (top: string, { reader, threads = 1 }: How): Promise<Recording> => {
  const { sink, recording } = recorder();
  // A git that never ends must not outlive the test.
  const signal = AbortSignal.timeout(LONGEST);
  const repository = await openRepository(top, signal);
  await scanHistory(top, repository, { ...defaults, threads, signal }, sink, { reader });
  return recording;
};
