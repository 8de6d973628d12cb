import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../../src/report/deliver.js';
import { FORMAT_NAMES } from '../../src/report/formats.js';
import { secret30 } from '../support/keys.js';
import { OPTIONS, pair, place, report } from '../support/report-samples.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'akscan-deliver-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const SHOWING = ['text', 'json', 'jsonl'];

describe('--show-secrets', () => {
  it.each(FORMAT_NAMES)('shows none in what is made to be passed on: %s', async (format) => {
    const secret = secret30();
    const file = path.join(folder, 'report');
    writeFileSync(file, 'an earlier one', { mode: 0o644 });
    const finding = pair({ secret, occurrences: [place({ path: `named-after/${secret}.txt` })] });
    await deliver(report([finding]), [{ format, file }], { ...OPTIONS, secrets: 'shown' });
    const isShown = SHOWING.includes(format);
    expect(readFileSync(file, 'utf8').includes(secret.slice(0, 8))).toBe(isShown);
    // What holds one is nobody else's to read.
    expect(isShown ? statSync(file).mode & 0o077 : 0).toBe(0);
  });
});
