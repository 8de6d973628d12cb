// One policy: asked for, parsed, and sorted by the actions that matter.

import type { Ask, Outcome } from '../ask.js';
import { parseDocument } from './document.js';
import { whyNot } from './problems.js';
import { type PolicyName, type PolicyText, readPolicy, readPolicyVersion } from './readings.js';
import { type Rules, rulesOf } from './rules.js';
import { knownSystemPolicy } from './system-policies.js';

export type ReadPolicy =
  | { readonly kind: 'read'; readonly rules: Rules; readonly isWhole: boolean }
  /** It could not be read, for `why`; what it allows is known by its name. */
  | { readonly kind: 'known'; readonly rules: Rules; readonly why: string }
  /** Deleted since it was listed: it grants nothing. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unread'; readonly why: string };

export const askPolicy = async (ask: Ask, policy: PolicyName): Promise<ReadPolicy> => {
  const answer = await askText(ask, policy);
  if (answer.kind === 'none') return { kind: 'gone' };
  const document = answer.kind === 'found' ? parseDocument(answer.value) : null;
  if (document !== null) return { kind: 'read', rules: rulesOf(document.statements), isWhole: document.isWhole };
  const why = whyNot(answer) ?? 'It is no policy document.';
  const known = policy.type === 'System' ? knownSystemPolicy(policy.name) : null;
  return known === null ? { kind: 'unread', why } : { kind: 'known', rules: rulesOf(known), why };
};

/** GetPolicy brings the document along; where it does not, the default version does. */
const askText = async (ask: Ask, { name, type }: PolicyName): Promise<Outcome<string>> => {
  const query = { PolicyName: name, PolicyType: type };
  const answer: Outcome<PolicyText> = await ask('ram:GetPolicy', query, readPolicy);
  if (answer.kind !== 'found') return answer;
  if ('document' in answer.value) return { kind: 'found', value: answer.value.document };
  return ask('ram:GetPolicyVersion', { ...query, VersionId: answer.value.version }, readPolicyVersion);
};
