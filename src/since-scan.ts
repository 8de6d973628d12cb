// A scan that begins where the last one ended (`--since-scan`): reads the state file, marks what was reported before, and
// writes the file anew when everything was read.

import { AkscanError } from './errors.js';
import { sha256 } from './findings/fingerprint.js';
import { createScrubber } from './report/mask.js';
import type { Read } from './scan.js';
import { openSinceScan, type SinceScan } from './sources/history/since-scan.js';
import { readTargets } from './sources/read-targets.js';
import type { Sighting, Sink } from './sources/types.js';

/** @param file the state file; the first scan creates it */
export const readSince =
  (file: string): Read =>
  async (targets, options, sink) => {
    const sinceScan = await openSinceScan(file, options.detector);
    const found = new Set<string>();
    const secrets = new Set<string | null>();
    let faults = 0;
    const marking: Sink = {
      ...sink,
      sighting: (one) => sink.sighting(mark(one, sinceScan, found, secrets)),
      skipped: (one) => {
        if (one.because === 'fault') faults += 1;
        sink.skipped(one);
      },
    };
    await readTargets(targets, { ...options, sinceScan }, marking);
    if (sinceScan.anew !== null) sink.note(sinceScan.anew);
    const scrub = createScrubber(secrets);
    // What was reported before may stand in what could not be read this time.
    if (faults > 0) for (const finding of sinceScan.reported) found.add(finding);
    try {
      sinceScan.write(found, (text) => scrub(text) === text);
    } catch (error) {
      if (!(error instanceof AkscanError)) throw error;
      sink.skipped({ type: 'skipped', schema: 1, target: '', what: null, reason: error.message, because: 'fault' });
    }
  };

const mark = (sighting: Sighting, sinceScan: SinceScan, found: Set<string>, secrets: Set<string | null>): Sighting => {
  const { accessKeyId, secret, token } = sighting.detection;
  secrets.add(secret).add(token);
  // What the file keeps says neither ID nor secret.
  const name = sha256(`akscan/1/finding/${accessKeyId ?? ''}/${secret ?? ''}`);
  found.add(name);
  return sinceScan.reported.has(name) ? { ...sighting, marks: { ...sighting.marks, carriedOver: true } } : sighting;
};
