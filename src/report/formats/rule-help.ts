// What a rule is, for pages that show a rule beside its findings.

import rules from 'akscan:rules';
import { prose } from '../markdown-text.js';

export interface RuleHelp {
  readonly title: string;
  readonly description: string;
  /** Plain text. */
  readonly help: string;
  readonly markdown: string;
}

interface Described {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

const isDescribed = (rule: unknown): rule is Described =>
  typeof rule === 'object' && rule !== null && 'id' in rule && 'title' in rule && 'description' in rule;

const OWN: ReadonlyMap<string, Described> = new Map(rules.filter(isDescribed).map((rule) => [rule.id, rule]));

const STEPS = [
  'Find out whether it is live and whose it is: akscan verify.',
  'Make a new key for whatever uses it, switch the old one off, then delete it. Taking it out of the file is not enough: the history keeps it.',
  'If it is no key, or is accepted with a reason: a comment akscan:allow on its line, or akscan ignore.',
];

/** A rule's id as a name in other programs. One of ours is that; a report from elsewhere may hold anything. */
export const ruleName = (rule: string): string => rule.slice(0, 100).replace(/[^\w.-]+/g, '-') || 'rule';

export const helpOf = (rule: string): RuleHelp => {
  const { title, description } = describe(rule);
  return {
    title,
    description,
    help: [description, ...STEPS].join('\n'),
    markdown: [prose(description), ...STEPS.map((step) => `- ${step}`)].join('\n\n'),
  };
};

const describe = (rule: string): Omit<Described, 'id'> => {
  if (rule === 'given') return { title: 'Alibaba Cloud AccessKey', description: 'An AccessKey that was asked about.' };
  const [, scanner] = /^imported-([a-z]+)$/.exec(rule) ?? [];
  if (scanner !== undefined) {
    return {
      title: 'Alibaba Cloud AccessKey, found by another scanner',
      description: `An AccessKey from a report of ${scanner === 'sarif' ? 'another scanner (SARIF)' : scanner}.`,
    };
  }
  const name = ruleName(rule);
  return OWN.get(rule) ?? { title: `Rule ${name}`, description: `A finding of the rule ${name}.` };
};
