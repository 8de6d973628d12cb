import { expect, it } from 'vitest';
import { createDetector } from '../../../src/detect/detector.js';
import { createBatchReader } from '../../../src/sources/files/batch.js';
import { temporaryFolder, write } from '../../support/repository.js';

it('hears that it is to stop in the middle of a batch', async () => {
  const folder = temporaryFolder();
  write(folder, { 'a.txt': 'nothing\n'.repeat(32_768) });
  const controller = new AbortController();
  const settings = { include: [], exclude: [], maxSize: null };
  const reader = await createBatchReader(createDetector(), settings, controller.signal);
  setImmediate(() => controller.abort(new Error('enough')));
  const batch = { root: { folder, prefix: '', top: null }, paths: Buffer.from('a.txt\0'.repeat(1_000)) };
  await expect(reader.read(batch)).rejects.toThrow('enough');
});
