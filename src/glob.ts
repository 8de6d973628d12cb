// Globs as people know them from .gitignore and picomatch, matched in time that grows with the path and no faster: they
// may come from a scanned tree, and the regular expressions that picomatch makes of `*a*a*a*b` or of nested groups can
// keep a thread busy for years, where not even Ctrl-C is heard.
//
// `*` and `?` match within a name, `**` as a whole name any number of folders, `[a-z]` and `[!a-z]` one character, `{a,b}`
// either. `\` takes the next character as it is. There are no extglobs, no negation, and dots are nothing special.

/** The rest of a pattern still to be matched; states are numbered, and state 0 is the end. */
type Step =
  | { readonly kind: 'one'; readonly admits: (code: number) => boolean; readonly next: number }
  | { readonly kind: 'loop'; readonly admits: (code: number) => boolean; readonly next: number }
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  | { readonly kind: 'end' };

const SLASH = 47;
const any = (): boolean => true;
const withinName = (code: number): boolean => code !== SLASH;

/** States kept of the table that is built while matching; then it is begun anew. */
const MOST_STATES = 2_000;
/** Alternatives of one pattern, all groups together. */
const MOST_FORKS = 512;

/** A test for whole paths with `/` between names: whether any of the globs matches. */
export const compileGlobs = (globs: readonly string[]): ((path: string) => boolean) => {
  const steps: Step[] = [{ kind: 'end' }];
  const add = (step: Step): number => steps.push(step) - 1;
  const starts = globs.map((glob) => compile([...glob], add));
  return simulate(steps, starts);
};

const compile = (glob: readonly string[], add: (step: Step) => number): number => {
  let forks = 0;

  /** The state from which `glob[from..to)` is matched and then `next`. */
  const sequence = (from: number, to: number, next: number): number => {
    const parts: ((next: number) => number)[] = [];
    for (let at = from; at < to; ) {
      const [part, after] = partAt(at, from, to);
      parts.push(part);
      at = after;
    }
    return parts.reduceRight((state, part) => part(state), next);
  };

  const partAt = (at: number, from: number, to: number): readonly [(next: number) => number, number] => {
    const character = glob[at] ?? '';
    if (character === '\\' && at + 1 < to) return [one(is(glob[at + 1] ?? '')), at + 2];
    if (character === '?') return [one(withinName), at + 1];
    if (character === '*') return stars(at, from, to);
    const end = character === '[' ? classEnd(glob, at, to) : character === '{' ? groupEnd(glob, at, to) : -1;
    if (end >= 0 && character === '[') return [one(classOf(glob.slice(at + 1, end))), end + 1];
    if (end >= 0) return [group(at, end), end + 1];
    // `/**` at the end of a part also matches the folder itself.
    if (character === '/' && isEnd(at + 3, to) && glob[at + 1] === '*' && glob[at + 2] === '*' && at > from)
      return [(next) => add({ kind: 'fork', next: [next, one(is('/'))(loop(any)(next))] }), at + 3];
    return [one(is(character)), at + 1];
  };

  const isEnd = (at: number, to: number): boolean => at === to && to === glob.length;

  const stars = (at: number, from: number, to: number): readonly [(next: number) => number, number] => {
    let after = at;
    while (after < to && glob[after] === '*') after += 1;
    const begins = at === from ? at === 0 || glob[at - 1] === '/' : glob[at - 1] === '/';
    if (after - at >= 2 && begins && after < to && glob[after] === '/') {
      // Any number of folders, none included.
      return [(next) => add({ kind: 'fork', next: [next, loop(any)(one(is('/'))(next))] }), after + 1];
    }
    if (after - at >= 2 && begins && after === to) return [loop(any), after];
    return [loop(withinName), after];
  };

  const group = (from: number, to: number): ((next: number) => number) => {
    const cuts = [from, ...commas(glob, from, to), to];
    forks += cuts.length;
    const alternatives = cuts.slice(1).map((cut, index) => [(cuts[index] ?? from) + 1, cut] as const);
    if (alternatives.length < 2 || forks > MOST_FORKS) return literal(glob.slice(from, to + 1));
    return (next) => add({ kind: 'fork', next: alternatives.map(([start, end]) => sequence(start, end, next)) });
  };

  const literal =
    (characters: readonly string[]) =>
    (next: number): number =>
      characters.reduceRight((state, character) => one(is(character))(state), next);
  const one =
    (admits: (code: number) => boolean) =>
    (next: number): number =>
      add({ kind: 'one', admits, next });
  const loop =
    (admits: (code: number) => boolean) =>
    (next: number): number =>
      add({ kind: 'loop', admits, next });

  return sequence(0, glob.length, 0);
};

const is = (character: string): ((code: number) => boolean) => {
  const wanted = character.codePointAt(0);
  return (code) => code === wanted;
};

/** Where the class that opens at `at` closes; -1 when it does not. A `]` that stands first is a member. */
const classEnd = (glob: readonly string[], at: number, to: number): number => {
  const first = at + (glob[at + 1] === '!' || glob[at + 1] === '^' ? 2 : 1);
  const end = glob.indexOf(']', first + 1);
  return end < to ? end : -1;
};

const classOf = (inner: readonly string[]): ((code: number) => boolean) => {
  const negated = inner[0] === '!' || inner[0] === '^';
  const codes = (negated ? inner.slice(1) : inner).map((character) => character.codePointAt(0) ?? 0);
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at < codes.length; ) {
    const [low, dash, high] = [codes[at] ?? 0, codes[at + 1], codes[at + 2]];
    const isRange = dash === 45 && high !== undefined;
    ranges.push([low, isRange ? high : low]);
    at += isRange ? 3 : 1;
  }
  return (code) => code !== SLASH && ranges.some(([low, high]) => code >= low && code <= high) !== negated;
};

/** Calls `each` for the places of braces and commas of the group that opens at `from`, with the depth they stand at. */
const walkGroup = (
  glob: readonly string[],
  from: number,
  to: number,
  each: (at: number, depth: number) => boolean,
): void => {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const character = glob[at];
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if ((character === '}' || character === ',') && each(at, depth)) return;
  }
};

const groupEnd = (glob: readonly string[], from: number, to: number): number => {
  let end = -1;
  walkGroup(glob, from, to, (at, depth) => {
    if (depth === 0) end = at;
    return depth === 0;
  });
  return end;
};

const commas = (glob: readonly string[], from: number, to: number): readonly number[] => {
  const found: number[] = [];
  walkGroup(glob, from, to, (at, depth) => {
    if (glob[at] === ',' && depth === 1) found.push(at);
    return false;
  });
  return found;
};

/** A set of states, and where each character leads from it: built when first needed. */
interface Node {
  readonly states: readonly number[];
  readonly matched: boolean;
  readonly next: Map<number, Node>;
}

const simulate = (steps: readonly Step[], starts: readonly number[]): ((path: string) => boolean) => {
  const nodes = new Map<string, Node>();

  /** The states that wait for a character, reached without one. */
  const settle = (from: Iterable<number>): Node => {
    const seen = new Set<number>();
    const waiting = [...from];
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      if (seen.has(state)) continue;
      seen.add(state);
      const step = steps[state];
      if (step?.kind === 'fork') waiting.push(...step.next);
      else if (step?.kind === 'loop') waiting.push(step.next);
    }
    const states = [...seen].filter((state) => steps[state]?.kind !== 'fork').sort((a, b) => a - b);
    const key = states.join();
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node = { states, matched: seen.has(0), next: new Map() };
    nodes.set(key, node);
    return node;
  };

  const advance = (node: Node, code: number): Node => {
    const reached: number[] = [];
    for (const state of node.states) {
      const step = steps[state];
      if (step?.kind === 'one' && step.admits(code)) reached.push(step.next);
      else if (step?.kind === 'loop' && step.admits(code)) reached.push(state);
    }
    return settle(reached);
  };

  let start = settle(starts);
  return (path) => {
    if (nodes.size > MOST_STATES) {
      nodes.clear();
      start = settle(starts);
    }
    let node = start;
    for (const character of path) {
      const code = character.codePointAt(0) ?? 0;
      let next = node.next.get(code);
      if (next === undefined) {
        next = advance(node, code);
        node.next.set(code, next);
      }
      if (next.states.length === 0) return false;
      node = next;
    }
    return node.matched;
  };
};
