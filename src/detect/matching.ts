// The assignment of keys to secrets with the greatest total score, one to one. Small groups are solved exactly; in large
// ones (dumps of thousands of rows) the best edges are taken first, which is the same wherever rows stand clearly apart.

export interface Edge {
  readonly left: number;
  readonly right: number;
  /** Above 0. */
  readonly score: number;
}

/** Rows times columns above which a group is solved greedily. */
const EXACT_SIZE = 48;

/** The chosen edges. Deterministic: ties go to the lower left, then the lower right index. */
export const bestMatching = (edges: readonly Edge[]): readonly Edge[] =>
  components(edges).flatMap((group) => {
    const lefts = [...new Set(group.map((edge) => edge.left))].sort((a, b) => a - b);
    const rights = [...new Set(group.map((edge) => edge.right))].sort((a, b) => a - b);
    return Math.max(lefts.length, rights.length) <= EXACT_SIZE ? exact(group, lefts, rights) : greedy(group);
  });

const greedy = (edges: readonly Edge[]): readonly Edge[] => {
  const usedLeft = new Set<number>();
  const usedRight = new Set<number>();
  return [...edges]
    .sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right)
    .filter(({ left, right }) => {
      if (usedLeft.has(left) || usedRight.has(right)) return false;
      usedLeft.add(left);
      usedRight.add(right);
      return true;
    });
};

/** Edges grouped by what they connect. */
const components = (edges: readonly Edge[]): readonly (readonly Edge[])[] => {
  const parent = new Map<string, string>();
  const find = (node: string): string => {
    let root = node;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    for (let at = node; at !== root; ) {
      const up = parent.get(at) ?? root;
      parent.set(at, root);
      at = up;
    }
    return root;
  };
  for (const { left, right } of edges) {
    const a = `L${left}`;
    const b = `R${right}`;
    if (!parent.has(a)) parent.set(a, a);
    if (!parent.has(b)) parent.set(b, b);
    parent.set(find(a), find(b));
  }
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const root = find(`L${edge.left}`);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [edge]);
    else group.push(edge);
  }
  return [...groups.values()];
};

/**
 * The Hungarian method with potentials, O(n^3): rows are keys, columns are secrets and one empty column a key, so that a
 * key may stay alone at no cost.
 */
const exact = (edges: readonly Edge[], lefts: readonly number[], rights: readonly number[]): readonly Edge[] => {
  const rows = lefts.length;
  const columns = rights.length + rows;
  const byPlace = new Map(edges.map((edge) => [lefts.indexOf(edge.left) * columns + rights.indexOf(edge.right), edge]));
  const cost = (row: number, column: number): number => -(byPlace.get(row * columns + column)?.score ?? 0);
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(columns + 1);
  const match = new Int32Array(columns + 1);
  const way = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    match[0] = row;
    let column = 0;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(columns + 1);
    do {
      used[column] = 1;
      const current = match[column] ?? 0;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= columns; j++) {
        if (used[j] === 1) continue;
        const reduced = cost(current - 1, j - 1) - (u[current] ?? 0) - (v[j] ?? 0);
        if (reduced < (least[j] ?? 0)) {
          least[j] = reduced;
          way[j] = column;
        }
        if ((least[j] ?? 0) < delta) {
          delta = least[j] ?? 0;
          next = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (used[j] === 1) {
          const owner = match[j] ?? 0;
          u[owner] = (u[owner] ?? 0) + delta;
          v[j] = (v[j] ?? 0) - delta;
        } else least[j] = (least[j] ?? 0) - delta;
      }
      column = next;
    } while (match[column] !== 0);
    while (column !== 0) {
      const previous = way[column] ?? 0;
      match[column] = match[previous] ?? 0;
      column = previous;
    }
  }
  const chosen: Edge[] = [];
  for (let j = 1; j <= rights.length; j++) {
    const edge = byPlace.get(((match[j] ?? 0) - 1) * columns + (j - 1));
    if ((match[j] ?? 0) > 0 && edge !== undefined) chosen.push(edge);
  }
  return chosen;
};
