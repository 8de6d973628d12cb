// One file that the user named: the quickest way through, since an editor or a hook may call it at every save.

import path from 'node:path';
import { createDetector } from '../../detect/detector.js';
import type { OccurrenceSource } from '../../findings/model.js';
import { pathOfText } from '../../git/path-text.js';
import { cappedReason } from '../capped.js';
import type { Sink, SourceOptions } from '../types.js';
import { createLoneIds } from './lone-ids.js';
import { readFile } from './read-file.js';

/** @param file absolute, links followed: what is reported has the name that the user gave */
export const scanFile = async (
  target: string,
  file: string,
  source: OccurrenceSource,
  options: SourceOptions,
  sink: Sink,
): Promise<void> => {
  const named = path.resolve(target);
  const name = path.basename(named);
  const skip = (reason: string, because: 'fault' | 'limit'): void =>
    sink.skipped({ type: 'skipped', schema: 1, target, what: name, reason, because });
  const rules = { maxSize: options.maxSize, links: 'follow', signal: options.signal } as const;
  const outcome = await readFile(createDetector(options.detector), pathOfText(file), rules);
  switch (outcome.kind) {
    case 'read': {
      sink.count({ files: 1, bytes: outcome.bytes });
      const lone = createLoneIds(target, source, options, sink);
      const root = { folder: path.dirname(named), prefix: '', top: null };
      for (const detection of outcome.scanned?.detections ?? []) {
        if (detection.kind === 'id-only') lone.add(root, name, detection);
        else sink.sighting({ target, source, path: name, detection });
      }
      await lone.report();
      if (outcome.scanned?.capped) skip(cappedReason('file'), 'fault');
      return;
    }
    case 'too-large':
      return skip(`larger than --max-size: ${outcome.bytes} bytes`, 'limit');
    case 'special':
      return skip(`${outcome.what}, not a file`, 'limit');
    case 'failed':
      return skip(outcome.reason, 'fault');
    default:
      return skip('disappeared while it was about to be read', 'fault');
  }
};
