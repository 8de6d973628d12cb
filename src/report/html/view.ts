// Turns a finding into what the page shows of it.

import { activityInWords } from '../../findings/activity-words.js';
import { isAccepted, isDead, isLive, isMighty, isRoot } from '../../findings/judged.js';
import type { AttachedPolicy, Finding } from '../../findings/model.js';
import { forTerminal } from '../escape.js';
import { MASK } from '../mask.js';
import { distinctPlaces, placesOf } from '../places.js';
import { waysOf } from '../ways.js';
import type { FindingView, Titled, Tone } from './finding-view.js';
import { narrow, visible } from './shown.js';
import type { Words } from './words/words.js';

const PLACES = 20;
const POLICIES = 12;

export const toneOf = (finding: Finding): Tone => {
  if (isLive(finding)) return isMighty(finding) ? 'worst' : 'live';
  return isDead(finding) ? 'off' : 'open';
};

export const viewOf = (finding: Finding, words: Words): FindingView => {
  const { verdict, accessKeyId, next, meaning = '' } = finding;
  // Where it stands in several repositories, a path alone does not say in which.
  const several = finding.occurrences.some(({ target }) => target !== undefined);
  const { places, more } = placesOf(finding, PLACES, several ? 'repository' : 'path');
  const [first] = placesOf(finding, 1).places;
  const { since, author } = originOf(finding);
  return {
    severity: finding.severity,
    state: verdict.state,
    tone: toneOf(finding),
    rank: isRoot(finding) ? 'root' : isMighty(finding) ? 'administrator' : null,
    id: accessKeyId === null ? null : visible(accessKeyId),
    kind: finding.kind,
    who: narrow(words.who(verdict)),
    disputed: isAccepted(finding) && verdict.state !== 'live' && verdict.state !== 'restricted',
    // That of the place which is named.
    target: visible(distinctPlaces(finding)[0]?.target ?? finding.target),
    where: visible(first?.where ?? ''),
    places: places.map(({ where, facts }) => ({ title: visible(where), said: facts.map(visible) })),
    morePlaces: more,
    since,
    author: narrow(author),
    used: timeIn(verdict.lastUsed) ?? (verdict.neverUsed === true ? 'never' : ''),
    usedWith: narrow(verdict.lastUsedService ?? ''),
    marks: words.marks(finding),
    meaning: visible(meaning),
    next: visible(next),
    ways: saidBy(finding, words),
    powers: powersOf(finding, words),
    policies: policiesOf(finding, words),
    activity: verdict.activity === undefined ? [] : activityInWords(verdict.activity).map(visible),
    fingerprint: visible(finding.fingerprint),
    secrets: [finding.secret, finding.token].flatMap((text) =>
      // Whole: it was asked for.
      text === null || text === MASK ? [] : [forTerminal(text)],
    ),
  };
};

/** A report that was read back may have anything where a time should be. */
export const timeIn = (text: string | undefined): string | null => {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

/** The oldest commit that holds it: when it got out, and with whom. */
export const originOf = ({ occurrences }: Finding): { readonly since: string; readonly author: string } => {
  let first: { at: number; author: string } | null = null;
  for (const { date, author = '' } of occurrences) {
    const at = Date.parse(date ?? '');
    if (!Number.isNaN(at) && (first === null || at < first.at)) first = { at, author };
  }
  if (first === null) return { since: '', author: '' };
  return { since: new Date(first.at).toISOString().slice(0, 10), author: first.author.replace(/ <[^>]*>$/, '') };
};

const saidBy = (finding: Finding, words: Words): readonly Titled[] => {
  const ways = waysOf(finding);
  const { reason } = finding.verdict;
  if (ways.length === 0) return reason === undefined ? [] : [{ title: words.verdict, said: [visible(reason)] }];
  return ways.map(({ label, said }) => ({ title: words.ways[label], said: said.map(visible) }));
};

const powersOf = ({ verdict }: Finding, words: Words): readonly string[] => {
  const { powers, conditional = [], powersReason } = verdict;
  const named = (powers ?? []).map((power) =>
    conditional.includes(power) ? words.onCondition(words.powers(power)) : words.powers(power),
  );
  const none = powers?.length === 0 && powersReason === undefined ? [words.noPowers] : [];
  return [...named, ...none, ...(powersReason === undefined ? [] : [visible(powersReason)])];
};

const policiesOf = ({ verdict: { policies = [] } }: Finding, words: Words): readonly string[] => {
  const more = policies.length - POLICIES;
  return [
    ...policies.slice(0, POLICIES).map((policy) => visible(policyName(policy, words))),
    ...(more > 0 ? [words.andMore(more)] : []),
  ];
};

const policyName = ({ name, through, group }: AttachedPolicy, words: Words): string =>
  through === 'group' ? words.throughGroup(name, group ?? '?') : name;
