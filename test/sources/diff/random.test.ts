import { describe, expect, it } from 'vitest';
import { credentialsOf, judgeRange, judgeStaged } from '../../support/change.js';
import { git } from '../../support/repository.js';
import { ancestors, type Credential, type History, inFiles, inMessage, randomHistory } from './random-history.js';

const SEEDS = Array.from({ length: Number(process.env['AKSCAN_SEEDS'] ?? 8) }, (_, index) => 9_000 + index);
const ROUNDS = 4;

const sorted = (credentials: Iterable<Credential>): readonly Credential[] => [...credentials].sort();

/** What the commits of a range must be found to add, and what they may be. */
const expected = (history: History, base: number, tip: number) => {
  const before = ancestors(history, base);
  const range = [...ancestors(history, tip)].filter((mark) => !before.has(mark));
  const known = inFiles(history, base);
  const texts = new Set(
    [...before].flatMap((mark) => [...(history.commits[mark - 1]?.files.values() ?? [])].map(({ text }) => text)),
  );
  const must = new Set<Credential>();
  const may = new Set<Credential>();
  const messages = new Set(range.flatMap((mark) => inMessage(history, mark)));
  for (const mark of range) {
    for (const { text, credentials } of history.commits[mark - 1]?.files.values() ?? []) {
      for (const credential of credentials) {
        may.add(credential);
        // A file that the base's history has, too, is no object of the range; git lists some of them all the same.
        if (!texts.has(text)) must.add(credential);
      }
    }
  }
  for (const credential of messages) {
    must.add(credential);
    may.add(credential);
  }
  for (const credential of known) {
    must.delete(credential);
    may.delete(credential);
  }
  const below = new Set([...before].flatMap((mark) => [...inFiles(history, mark), ...inMessage(history, mark)]));
  const outside = new Set(
    history.commits
      .filter(({ mark }) => !range.includes(mark))
      .flatMap(({ mark }) => [...inFiles(history, mark), ...inMessage(history, mark)]),
  );
  return { range, must, may, messages, below, outside };
};

describe('random histories', () => {
  it.each(SEEDS)('ranges: the oracle agrees (seed %i)', { timeout: 120_000 }, async (seed) => {
    const history = randomHistory(seed, 14);
    const { folder, names, keys, commits } = history;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [base, tip] = [1 + keys.below(commits.length), 1 + keys.below(commits.length)];
      const { range, must, may, messages, below, outside } = expected(history, base, tip);
      const report = await judgeRange(folder, `c${base}..c${tip}`);
      const found = credentialsOf(report);
      expect(report.skipped).toEqual([]);
      expect(found).toEqual(sorted(new Set([...must, ...found.filter((each) => may.has(each))])));
      const held = inFiles(history, tip);
      const ofRange = new Set(range.map((mark) => names.get(mark)));
      for (const finding of report.findings) {
        const credential = `${finding.accessKeyId} ${finding.secret}`;
        expect(finding.removedInRange ?? false, credential).toBe(!held.has(credential) && !messages.has(credential));
        if (below.has(credential)) expect(finding.knownElsewhere, credential).toBe(true);
        if (!outside.has(credential)) expect(finding, credential).not.toHaveProperty('knownElsewhere');
        for (const { commit, path, source } of finding.occurrences) {
          expect(ofRange.has(commit), credential).toBe(true);
          const mark = [...names].find(([, name]) => name === commit)?.[0] ?? 0;
          const there =
            source === 'message' ? inMessage(history, mark) : commits[mark - 1]?.files.get(path ?? '')?.credentials;
          expect(there, credential).toContain(credential);
        }
      }
    }
  });

  it.each(SEEDS)('what is staged: the oracle agrees (seed %i)', { timeout: 120_000 }, async (seed) => {
    const history = randomHistory(seed + 500, 10);
    const { folder, keys, commits } = history;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [head, index] = [1 + keys.below(commits.length), 1 + keys.below(commits.length)];
      git(folder, 'symbolic-ref', 'HEAD', `refs/heads/c${head}`);
      git(folder, 'read-tree', `c${index}`);
      const known = inFiles(history, head);
      const report = await judgeStaged(folder);
      expect(report.skipped).toEqual([]);
      expect(credentialsOf(report)).toEqual(sorted([...inFiles(history, index)].filter((each) => !known.has(each))));
    }
  });
});
