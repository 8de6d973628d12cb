import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLogFile, earlierIn, openLog, readLog, verifyLog } from '../../src/contain/log.js';
import type { Entry } from '../../src/contain/types.js';
import { id24 } from '../support/keys.js';
import { ACTIVE, alice, INACTIVE } from './candidates.js';

const file = (): string => path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-log-')), 'state', 'log.jsonl');
const now = (): Date => new Date('2026-01-02T03:04:05.678Z');
const call = { api: 'UpdateAccessKey', status: 'Inactive' } as const;
const key = id24();

const entries: readonly Entry[] = [
  { type: 'intent', key, owner: alice, call, before: ACTIVE },
  { type: 'answer', key, call, sent: { kind: 'done', requestId: 'R' } },
  { type: 'state', key, after: INACTIVE },
];

const written = (): string => {
  const name = file();
  const log = openLog({ file: name, run: 'one', now });
  for (const entry of entries) log.append(entry);
  log.close();
  return name;
};

/** With one line changed; null takes it out. */
const withLine = (name: string, index: number, change: (line: string) => string | null): void => {
  const lines = readFileSync(name, 'utf8').trimEnd().split('\n');
  const changed = lines.flatMap((line, at) => (at === index ? [change(line)] : [line])).filter((line) => line !== null);
  writeFileSync(name, `${changed.join('\n')}\n`);
};

describe('what is no file', () => {
  it('is no log: a device never ends, and nobody may write to a pipe', () => {
    const pipe = path.join(mkdtempSync(path.join(os.tmpdir(), 'akscan-log-')), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const file of ['/dev/zero', pipe])
      expect(() => readLog(file)).toThrow(/^Cannot read the log .*: it is not a regular file\.$/);
  });
});

describe('the log of containment', () => {
  it('keeps each line bound to the one before, over several runs', () => {
    const name = written();
    const log = openLog({ file: name, run: 'two', now });
    expect(log.earlier.map(({ type }) => type)).toEqual(['intent', 'answer', 'state']);
    const line = log.append({ type: 'end', off: 1, stillLive: 0, faults: 0 });
    log.close();
    expect(line.seq).toBe(4);
    expect(verifyLog(name)).toMatchObject({ lines: 4, runs: 2, problem: null, torn: false });
    expect(readLog(name).map(({ run }) => run)).toEqual(['one', 'one', 'one', 'two']);
  });

  it('cannot show that the last line was changed; its hash does, which the next line holds', () => {
    const [name, changed] = [written(), written()];
    const { last } = verifyLog(name);
    withLine(changed, 2, (line) => line.replace('Inactive', 'Active'));
    expect(verifyLog(changed)).toMatchObject({ lines: 3, problem: null });
    expect(verifyLog(changed).last).not.toBe(last);
    const log = openLog({ file: name, run: 'two', now });
    expect(log.append({ type: 'end', off: 1, stillLive: 0, faults: 0 }).prev).toBe(last);
    log.close();
    expect(verifyLog(name).last).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is for its owner alone, as is its folder', () => {
    const name = written();
    expect(statSync(name).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(name)).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['changed', (line: string) => line.replace('Inactive', 'Active'), 1],
    ['taken out', () => null, 1],
    ['changed into nonsense', () => 'x', 1],
    ['written twice', (line: string) => `${line}\n${line}`, 1],
    ['the first taken out', () => null, 0],
  ])('notices a line that was %s', (_, change, index) => {
    const name = written();
    withLine(name, index, change);
    expect(verifyLog(name).problem).toMatch(/^line \d+ /);
    expect(() => readLog(name)).toThrow(/was changed or damaged: line/);
    expect(() => openLog({ file: name, run: 'two', now })).toThrow(/was changed or damaged/);
  });

  it('notices what was put between the lines of one run', () => {
    const name = written();
    withLine(name, 1, (line) => `${line}\n{"v":1}`);
    expect(verifyLog(name).problem).toBe('line 3 is no line of a record');
    const other = written();
    withLine(other, 1, (line) => `${line}\n{"v":1,"seq`);
    expect(verifyLog(other).problem).toMatch(/^line 4 follows what is no line/);
  });

  it.each([
    ['put before the first line', 0, (line: string) => `nonsense\n${line}`, 1],
    ['put behind the last', 2, (line: string) => `${line}\n{"type":"finding"}`, 4],
    ['a last line changed into nonsense', 2, (line: string) => line.replace(/"type":"[a-z]+"/, '"type":"nonsense"'), 3],
  ])('notices what was %s', (_, index, change, line) => {
    const name = written();
    withLine(name, index, change);
    expect(verifyLog(name)).toMatchObject({ problem: `line ${line} is no line of a record`, torn: false });
    expect(() => openLog({ file: name, run: 'two', now })).toThrow(/was changed or damaged/);
  });

  it.each(['', 'nonsense\n', '{"type":"finding"}\n'])('is none when it holds %j', (content) => {
    const name = written();
    writeFileSync(name, content);
    expect(() => verifyLog(name)).toThrow(/holds no record of containment/);
  });

  it('may end in what a disk has where nothing was written', () => {
    const name = written();
    appendFileSync(name, '\0'.repeat(100));
    expect(verifyLog(name)).toMatchObject({ lines: 3, runs: 1, problem: null, torn: true });
  });

  it.each<[string, object]>([
    ['an owner', { type: 'intent', key, call, before: ACTIVE }],
    ['a call', { type: 'intent', key, owner: alice, call: { api: 'DeleteUser' }, before: ACTIVE }],
    ['a state', { type: 'state', key, after: { status: 'Off' } }],
    ['a key', { type: 'state', key: 'a b', after: INACTIVE }],
  ])('works from no line without %s, though its chain be whole', (_, entry) => {
    const name = file();
    const log = openLog({ file: name, run: 'one', now });
    log.append(entry as Entry);
    log.append({ type: 'end', off: 1, stillLive: 0, faults: 0 });
    log.close();
    expect(() => readLog(name)).toThrow(/was changed or damaged/);
  });

  it('is not believed when everybody may write it, nor found where there is none', () => {
    const name = written();
    chmodSync(name, 0o666);
    expect(() => readLog(name)).toThrow(/Everybody may write/);
    expect(() => earlierIn(name)).toThrow(/Everybody may write/);
    expect(earlierIn(`${name}.none`)).toEqual([]);
    expect(() => readLog(`${name}.none`)).toThrow(/Cannot read/);
  });

  it('goes on after a line that a crash cut off', () => {
    const name = written();
    const size = statSync(name).size;
    truncateSync(name, size - 20);
    expect(verifyLog(name)).toMatchObject({ lines: 2, runs: 1, problem: null, torn: true });
    const log = openLog({ file: name, run: 'two', now });
    log.append({ type: 'state', key, after: INACTIVE, recovered: true });
    log.close();
    expect(verifyLog(name)).toMatchObject({ lines: 3, runs: 2, problem: null, torn: false });
  });

  it('takes a last line for whole that lacks only its line feed', () => {
    const name = written();
    truncateSync(name, statSync(name).size - 1);
    const log = openLog({ file: name, run: 'two', now });
    log.append({ type: 'state', key, after: INACTIVE, recovered: true });
    log.close();
    expect(readLog(name).map(({ type, run }) => [type, run])).toEqual([
      ['intent', 'one'],
      ['answer', 'one'],
      ['state', 'one'],
      ['state', 'two'],
    ]);
  });

  it('is not kept where it cannot be', () => {
    const folder = path.dirname(written());
    expect(() => openLog({ file: folder, run: 'x', now })).toThrow(/without one nothing is done/);
    symlinkSync('/dev/null', path.join(folder, 'null'));
    expect(() => openLog({ file: path.join(folder, 'null'), run: 'x', now })).toThrow(/no regular file/);
  });

  it('is in the state folder of the user', () => {
    expect(defaultLogFile({ XDG_STATE_HOME: '/somewhere/state' })).toBe('/somewhere/state/akscan/containment.jsonl');
    expect(defaultLogFile({ XDG_STATE_HOME: 'relative' })).toBe(
      path.join(os.homedir(), '.local/state/akscan/containment.jsonl'),
    );
  });
});
