import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTerminalProgress, type TerminalProgress } from '../../src/progress/terminal.js';

/** What makes a terminal of standard error, and what it has of that in the tests. */
const NAMES = ['columns', 'isTTY', 'cursorTo', 'clearLine', 'moveCursor'] as const;
const own = NAMES.map((name) => [name, process.stderr[name]] as const);
const set = (name: (typeof NAMES)[number], value: unknown): void =>
  void Object.defineProperty(process.stderr, name, { value, configurable: true, writable: true });

let drawn = '';
beforeEach(() => {
  drawn = '';
  set('isTTY', true);
  for (const name of ['cursorTo', 'clearLine', 'moveCursor'] as const) set(name, () => true);
  vi.stubEnv('CI', undefined);
  vi.stubEnv('TERM', 'xterm');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    drawn += String(text);
    return true;
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const [name, value] of own) set(name, value);
});

/** Progress as it begins on a terminal so wide. */
const started = (columns: number): TerminalProgress => {
  set('columns', columns);
  const progress = createTerminalProgress();
  progress.update('reading');
  return progress;
};

/** A second of work, the spinner's own loading included. */
const work = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(500);
  await import('ora');
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  await vi.advanceTimersByTimeAsync(500);
};

it('is drawn on a terminal when work takes a while', async () => {
  const progress = started(80);
  await vi.advanceTimersByTimeAsync(300);
  expect(drawn).toBe('');
  await work();
  progress.stop();
  expect(drawn).toContain('reading');
});

it('is not drawn on a terminal without columns, where lines would be cleared for ever', async () => {
  const progress = started(0);
  await work();
  progress.stop();
  expect(drawn).toBe('');
});

it('is drawn no more when the terminal has lost its columns', async () => {
  const progress = started(80);
  await work();
  set('columns', 0);
  process.stderr.emit('resize');
  drawn = '';
  await work();
  progress.stop();
  expect(drawn).not.toContain('reading');
});
