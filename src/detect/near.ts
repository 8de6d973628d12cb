// Which of many candidates are worth a closer look: those that stand next to a key. A text may hold a million words of a
// secret's length; looking at each one's name would cost far more than finding them.

/** Candidates to either side of a key; as many more as keys stand in a row before or after it. */
const NEAR = 24;

/**
 * @param keys ascending places of the keys
 * @param candidates ascending places of the candidates
 * @returns the indexes of the candidates that stand near a key, ascending
 */
export const nearKeys = (keys: readonly number[], candidates: readonly number[]): readonly number[] => {
  const kept = new Uint8Array(candidates.length);
  // Each pass goes over both lists once: forwards for what follows a key, backwards for what comes before it.
  let left = 0;
  let row = 0;
  for (let key = 0, candidate = 0; candidate < candidates.length; ) {
    if (key < keys.length && (keys[key] ?? 0) <= (candidates[candidate] ?? 0)) {
      row++;
      left = Math.max(NEAR, row);
      key++;
    } else {
      if (left > 0) {
        left--;
        kept[candidate] = 1;
      }
      row = 0;
      candidate++;
    }
  }
  left = 0;
  row = 0;
  for (let key = keys.length - 1, candidate = candidates.length - 1; candidate >= 0; ) {
    if (key >= 0 && (keys[key] ?? 0) > (candidates[candidate] ?? 0)) {
      row++;
      left = Math.max(NEAR, row);
      key--;
    } else {
      if (left > 0) {
        left--;
        kept[candidate] = 1;
      }
      row = 0;
      candidate--;
    }
  }
  const indexes: number[] = [];
  for (let index = 0; index < kept.length; index++) if (kept[index] === 1) indexes.push(index);
  return indexes;
};
