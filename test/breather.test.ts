import { expect, it } from 'vitest';
import { createBreather } from '../src/breather.js';

const busy = (): void => {
  for (const end = performance.now() + 40; performance.now() < end; );
};

it('is due when a while has passed without one', async () => {
  const breather = createBreather(new AbortController().signal);
  busy();
  expect(breather.due()).toBe(true);
  await breather.take();
});

it('lets a signal arrive, and stops for it', async () => {
  const controller = new AbortController();
  const breather = createBreather(controller.signal);
  setImmediate(() => controller.abort(new Error('enough')));
  await expect(breather.take()).rejects.toThrow('enough');
});
