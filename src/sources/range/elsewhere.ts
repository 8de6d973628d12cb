// Whether a credential that a range adds leaked before, by another way: a branch, a tag or a remote's branch that has none of
// the commit which adds it, or the history below the range. It is found all the same; but replacing the key is then overdue,
// and rewriting these commits is not enough.

import type { Detection, Detector } from '../../detect/types.js';
import { type GitPlace, runGit } from '../../git/run.js';
import { createWanted } from '../diff/wanted.js';
import { readReachable } from './read-reachable.js';

/** The newest objects that are read for one question: a repository may hold millions, and somebody waits for a push. */
export const MOST_ELSEWHERE = 250_000;
/** Commits that are told apart; what more of them add is looked for together. */
const MOST_COMMITS = 20;

export interface Added {
  readonly detection: Detection;
  /** The first commit that adds it; the tagged one for a tag's message. */
  readonly commit: string;
}

export interface Elsewhere {
  readonly place: GitPlace;
  readonly detector: Detector;
  readonly maxSize: number | null;
  /** Commits below the range. */
  readonly base: readonly string[];
  readonly signal: AbortSignal;
}

export interface FoundElsewhere {
  has(detection: Detection): boolean;
  /** False when there were more objects than are read. */
  readonly whole: boolean;
}

export const findElsewhere = async (added: readonly Added[], options: Elsewhere): Promise<FoundElsewhere> => {
  const { place, detector, maxSize, signal } = options;
  const found: ((detection: Detection) => boolean)[] = [];
  let whole = true;
  for (const { roots, detections } of await questions(added, options)) {
    if (roots.length === 0) continue;
    const left = createWanted(detections);
    const asked = createWanted(detections);
    let read = 0;
    await readReachable(
      {
        place,
        args: roots,
        detector: () => detector,
        maxSize,
        done: null,
        enough: () => left.size === 0 || read >= MOST_ELSEWHERE,
        signal,
      },
      {
        hit: (_head, { detections: held }) => {
          for (const detection of held) left.see(detection);
        },
        read: () => {
          read += 1;
        },
        // Only a label hangs on it, and whoever scans the history is told.
        tooLarge: () => {},
        fault: () => {},
        absent: () => {},
      },
    );
    whole &&= left.size === 0 || read < MOST_ELSEWHERE;
    found.push((detection) => asked.has(detection) && !left.has(detection));
  }
  return { has: (detection) => found.some((holds) => holds(detection)), whole };
};

interface Question {
  readonly roots: readonly string[];
  readonly detections: readonly Detection[];
}

/** Credentials that are looked for in the same refs are looked for at once. */
const questions = async (added: readonly Added[], options: Elsewhere): Promise<readonly Question[]> => {
  const byCommit = new Map<string | null, Detection[]>();
  for (const { commit, detection } of added) {
    const key = byCommit.size < MOST_COMMITS || byCommit.has(commit) ? commit : null;
    const detections = byCommit.get(key);
    if (detections === undefined) byCommit.set(key, [detection]);
    else detections.push(detection);
  }
  const all = [...new Set(added.map(({ commit }) => commit))];
  const byRoots = new Map<string, Question>();
  for (const [commit, detections] of byCommit) {
    const roots = [...new Set([...(await refsWithout(commit === null ? all : [commit], options)), ...options.base])];
    const key = roots.join();
    byRoots.set(key, { roots, detections: [...(byRoots.get(key)?.detections ?? []), ...detections] });
  }
  return [...byRoots.values()];
};

/** What all refs name that have none of these commits. */
const refsWithout = async (commits: readonly string[], { place, signal }: Elsewhere): Promise<readonly string[]> => {
  const lacking = commits.map((commit) => `--no-contains=${commit}`);
  const { stdout } = await runGit(place, ['for-each-ref', '--format=%(objectname)', ...lacking], signal);
  return [...new Set(stdout.toString('latin1').split('\n').filter(Boolean))];
};
