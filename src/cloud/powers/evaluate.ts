// Which actions are allowed, and on how much, by all policies of a principal together: nothing is allowed unless a statement
// allows it, and a Deny wins over any Allow (help.aliyun.com, "policy evaluation logic"). No Condition is evaluated: each
// question is answered twice, for the best case and for the worst.

import type { Selection, Statement } from './document.js';
import { globCovers, namesMeet, startsAgree } from './glob.js';
import { ONLY_FOR_OTHERS, PROBES, resourcesOf } from './powers.js';
import type { Rules } from './rules.js';

/** `some`: on named resources only. What a narrow Deny takes out of `all` leaves it `all`. */
export type Reach = 'none' | 'some' | 'all';

/** `always`: whatever the request. `ever`: when the Conditions of every Allow hold and those of every Deny do not. */
export interface Grant {
  readonly always: Reach;
  readonly ever: Reach;
}

export interface Evaluation {
  /** @param action one of `PROBES` */
  grantOf(action: string): Grant;
  /** Whether there is anything at all that is allowed. */
  anything(): { readonly always: boolean; readonly ever: boolean };
}

/** @param user the principal's own name when it is a user; null for a role */
export const evaluate = (policies: readonly Rules[], user: string | null): Evaluation => {
  const grants = new Map<string, Grant>();
  const compare = withinBudget();
  const twice = <T>(statements: readonly Statement[], judge: (allows: Statements, denies: Statements) => T) => {
    const allows = statements.filter(({ effect }) => effect === 'Allow');
    // The broadest first: most of what is denied at all, they deny.
    const denies = statements.filter(({ effect }) => effect === 'Deny').sort((a, b) => breadth(b) - breadth(a));
    const isFirm = ({ conditional }: Statement): boolean => !conditional;
    return { always: judge(allows.filter(isFirm), denies), ever: judge(allows, denies.filter(isFirm)) };
  };
  const speaking = (action: string): Statements => policies.flatMap(({ byAction }) => byAction.get(action) ?? []);
  return {
    grantOf: (action) => {
      const known = grants.get(action);
      if (known !== undefined) return known;
      const grant = twice(speaking(action), (allows, denies) => reachOf(action, allows, denies, user, compare));
      grants.set(action, grant);
      return grant;
    },
    anything: () => {
      const unnamed = twice(
        policies.flatMap(({ statements }) => statements),
        (allows, denies) => allows.some((allow) => leavesAnything(allow, denies, compare)),
      );
      const named = PROBES.map((action) =>
        twice(speaking(action), (allows, denies) => reachOf(action, allows, denies, null, compare) !== 'none'),
      );
      return {
        always: unnamed.always || named.some(({ always }) => always),
        ever: unnamed.ever || named.some(({ ever }) => ever),
      };
    },
  };
};

type Statements = readonly Statement[];

const breadth = ({ actions, resources }: Statement): number =>
  Number(actions.patterns.includes('*')) + Number(resources.patterns.includes('*'));

const reachOf = (
  action: string,
  allows: Statements,
  denies: Statements,
  user: string | null,
  compare: Comparer,
): Reach => {
  if (allows.length === 0) return 'none';
  const kinds = resourcesOf(action);
  // It needs leave on all its kinds of resource: without one of them it is refused.
  if (kinds.some((kind) => denies.some(({ resources }) => FREE.takesIn(resources, kind)))) return 'none';
  if (kinds.every((kind) => allows.some(({ resources }) => opens(resources, kind)))) {
    return denies.some(({ resources }) => leavesOnlyNamed(resources, kinds)) ? 'some' : 'all';
  }
  const isOwn = ONLY_FOR_OTHERS.has(action) && user !== null ? ownName(user) : () => false;
  const counts = (pattern: string): boolean =>
    !isOwn(pattern) &&
    kinds.some((kind) => FREE.meet(pattern, kind)) &&
    (compare.isSpent() || !denies.some(({ resources }) => compare.takesIn(resources, pattern)));
  const isLeft = allows.some(({ resources }) =>
    resources.kind === 'only' ? resources.patterns.some(counts) : kinds.some((kind) => opens(resources, kind)),
  );
  return isLeft ? 'some' : 'none';
};

/** A NotResource opens all but what it names: that it names some only limits. */
const opens = (resources: Selection, kind: string): boolean =>
  resources.kind === 'only'
    ? FREE.takesIn(resources, kind)
    : !resources.patterns.some((pattern) => FREE.covers(pattern, kind));

/** A Deny on everything but a few resources. */
const leavesOnlyNamed = (resources: Selection, kinds: readonly string[]): boolean =>
  resources.kind === 'all-but' &&
  kinds.some((kind) => !resources.patterns.some((pattern) => FREE.covers(pattern, kind)));

/** `user/NAME`, or a variable in place of the name. */
const ownName = (user: string): ((pattern: string) => boolean) => {
  const own = `:user/${user.toLowerCase()}`;
  return (pattern) => {
    const lower = pattern.toLowerCase();
    return lower.endsWith(own) || lower.includes(':user/$');
  };
};

/** Of actions that are no probes, one or another, on one place or another. */
const leavesAnything = ({ actions, resources }: Statement, denies: Statements, compare: Comparer): boolean => {
  const named = actions.kind === 'only' ? actions.patterns : ['*'];
  const places = resources.kind === 'only' ? resources.patterns : ['*'];
  return named.some(
    (action) =>
      !IS_PROBE.has(action) &&
      places.some((place) => {
        const where = place === '*' ? allOfService(action) : place;
        return (
          compare.isSpent() ||
          !denies.some((deny) => compare.takesIn(deny.actions, action) && compare.takesIn(deny.resources, where))
        );
      }),
  );
};

const IS_PROBE: ReadonlySet<string> = new Set(PROBES);

/** What `*` comes to for the actions of one service; it stays `*` where they are of several. */
const allOfService = (action: string): string => {
  const service = /^([^*?:]+):/.exec(action)?.[1];
  return service === undefined ? '*' : `acs:${service}:*:*:*`;
};

interface Comparer {
  covers(pattern: string, text: string): boolean;
  meet(one: string, other: string): boolean;
  /** Whether a selection takes in all that a pattern stands for. */
  takesIn(selection: Selection, pattern: string): boolean;
  /** No more is compared. */
  isSpent(): boolean;
}

const comparer = (isAffordable: (one: string, other: string) => boolean, isSpent: () => boolean): Comparer => {
  const covers = (pattern: string, text: string): boolean =>
    pattern === '*' ||
    pattern === text ||
    (isAffordable(pattern, text) && startsAgree(pattern, text) && globCovers(pattern, text));
  const meet = (one: string, other: string): boolean =>
    !isAffordable(one, other) || (startsAgree(one, other) && namesMeet(one, other));
  return {
    isSpent,
    covers,
    meet,
    takesIn: ({ kind, patterns }, text) =>
      kind === 'only'
        ? patterns.some((pattern) => covers(pattern, text))
        : !patterns.some((pattern) => meet(pattern, text)),
  };
};

/** For patterns beside the few names of the table of powers: in proportion to the length of all policies. */
const FREE = comparer(
  () => true,
  () => false,
);

/** What comparing one principal's policies with each other may cost, in steps: real ones take some thousands. */
const BUDGET = 20_000_000;

/**
 * For patterns beside patterns: thousands beside thousands would take for ever. When the budget is used up no Deny is seen
 * any more, which says too much rather than too little.
 */
const withinBudget = (): Comparer => {
  let left = BUDGET;
  const isSpent = (): boolean => left <= 0;
  return comparer((one, other) => {
    left -= startsAgree(one, other) ? one.length * other.length : 32;
    return !isSpent();
  }, isSpent);
};
