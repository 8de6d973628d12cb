// A git that is silent is ended when it owes an answer, and only then.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDetector } from '../../../src/detect/detector.js';
import { OutOfStep } from '../../../src/git/batch-format.js';
import { createBlockReader } from '../../../src/sources/history/blocks.js';
import { createFeeder, type Feeder, type FeederEvents } from '../../../src/sources/history/feeder.js';
import { commit, git, looseFile, repository } from '../../support/repository.js';

interface Asked {
  readonly feeder: Feeder;
  readonly done: string[];
  readonly damaged: string[];
}

const feederOf = (top: string): Asked => {
  const done: string[] = [];
  const damaged: string[] = [];
  const detector = createDetector({});
  const feeder = createFeeder(
    { cwd: top, top },
    {
      reader: (answered) =>
        createBlockReader(detector, null, {
          done: ({ oid }) => {
            answered(oid);
            done.push(oid);
          },
          hit: () => {},
          tooLarge: () => {},
          missing: () => {},
        }),
      damaged: (oid) => void damaged.push(oid),
      warned: () => {},
    },
    new AbortController().signal,
  );
  return { feeder, done, damaged };
};

/** Ten minutes, for whoever looks at intervals. */
const wait = (): void => void vi.advanceTimersByTime(600_000);

describe('git that is silent', () => {
  afterEach(() => void vi.useRealTimers());

  it('may wait for more to be asked as long as that takes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const top = repository();
    commit(top, { 'a.txt': 'a' });
    const oids = ['HEAD:a.txt', 'HEAD^{tree}', 'HEAD'].map((name) => git(top, 'rev-parse', name).trim());
    const { feeder, done, damaged } = feederOf(top);
    await feeder.ask(oids.slice(0, 2));
    wait();
    await feeder.ask(oids.slice(2));
    wait();
    await feeder.finish();
    expect({ done, damaged }).toEqual({ done: oids, damaged: [] });
  });

  it('is ended when it owes an answer, and the object named', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const top = repository();
    commit(top, { 'a.txt': 'a', 'b.txt': 'b' });
    const [first = '', second = ''] = ['HEAD:a.txt', 'HEAD:b.txt'].map((name) => git(top, 'rev-parse', name).trim());
    // Opening a pipe that nobody writes to takes for ever.
    const loose = looseFile(top, first);
    rmSync(loose);
    execFileSync('mkfifo', [loose]);
    const { feeder, done, damaged } = feederOf(top);
    await feeder.ask([first, second]);
    const finished = feeder.finish();
    wait();
    await finished;
    expect({ done, damaged }).toEqual({ done: [second], damaged: [first] });
  });
});

it('names the first object when git answers oddly before any other, and gives those after it', async () => {
  const top = repository();
  commit(top, { 'a.txt': 'a', 'b.txt': 'b' });
  const oids = ['HEAD:a.txt', 'HEAD:b.txt'].map((name) => git(top, 'rev-parse', name));
  const done: string[] = [];
  const damaged: string[] = [];
  const detector = createDetector({});
  let readers = 0;
  const events: FeederEvents = {
    reader: (answered) => {
      readers += 1;
      const note = ({ oid }: { readonly oid: string }): void => {
        answered(oid);
        done.push(oid);
      };
      const nothing = (): void => {};
      const reader = createBlockReader(detector, null, {
        done: note,
        hit: nothing,
        tooLarge: nothing,
        missing: nothing,
      });
      const odd = (): never => {
        throw new OutOfStep('this');
      };
      return readers === 1 ? { push: odd, end: () => ({ cut: false }) } : reader;
    },
    damaged: (oid) => void damaged.push(oid),
    warned: () => {},
  };
  const feeder = createFeeder({ cwd: top, top }, events, new AbortController().signal);
  await feeder.ask(oids);
  await feeder.finish();
  expect({ done, damaged }).toEqual({ done: oids.slice(1), damaged: oids.slice(0, 1) });
});
