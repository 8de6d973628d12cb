import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingFor, verifyFindings } from '../src/verify.js';
import { id24, secret30 } from './support/keys.js';

/** As read from a report, whose places are gone. */
const gone = () => ({
  ...findingFor({ accessKeyId: id24(), secret: secret30(), token: null }),
  secret: null,
  target: path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-gone-')), 'nothing'),
});

const notesOf = async (count: number, signal: AbortSignal) => {
  const options = { asking: { inventory: false, probe: true, endpoints: {} }, signal, progress: { update: () => {} } };
  return (await verifyFindings(Array.from({ length: count }, gone), options)).summary.notes;
};

describe('secrets that are not where they were found', () => {
  it('are one note, however many', async () => {
    expect(await notesOf(1, new AbortController().signal)).toEqual([
      expect.stringMatching(/^\w{24}: secret not at hand, so it was not probed\.$/),
    ]);
    expect(await notesOf(200, new AbortController().signal)).toEqual([
      expect.stringMatching(/^(?:\w{24}, ){4}\w{24} and 195 more: secret not at hand, so they were not probed\.$/),
    ]);
  });

  it('are not said to be missing when the run was stopped before it looked', async () => {
    expect(await notesOf(3, AbortSignal.abort())).toEqual([]);
  });
});
