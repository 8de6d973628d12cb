// What could not be read of somebody's powers, in sentences.

import type { Outcome } from '../ask.js';

export interface Problem {
  /** As it stands in the middle of a sentence: `its own policies`. */
  readonly what: string;
  /** A sentence or two. */
  readonly why: string;
}

export const problemOf = (what: string, outcome: Outcome<unknown>): readonly Problem[] => {
  const why = whyNot(outcome);
  return why === null ? [] : [{ what, why }];
};

/** Why a question was not answered; null when it was. */
export const whyNot = (outcome: Outcome<unknown>): string | null => {
  if (outcome.kind === 'denied') return `Your credentials lack ${outcome.action}.`;
  return outcome.kind === 'fault' ? outcome.why : null;
};

/** More are counted. */
const NAMED = 5;

/** A sentence for each cause: `Not read: its groups, the policy a. Your credentials lack ram:GetPolicy.` */
export const inSentences = (problems: readonly Problem[]): string => {
  const byWhy = new Map<string, string[]>();
  for (const { what, why } of problems) {
    const same = byWhy.get(why);
    if (same === undefined) byWhy.set(why, [what]);
    else same.push(what);
  }
  return [...byWhy].map(([why, whats]) => `Not read: ${listed(whats)}. ${why}`).join(' ');
};

const listed = (whats: readonly string[]): string => {
  const more = whats.length - NAMED;
  return more > 0 ? `${whats.slice(0, NAMED).join(', ')} and ${more} more` : whats.join(', ');
};
