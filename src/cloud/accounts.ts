// One ID, looked up in all accounts whose credentials there are. It belongs to one account at most: the one that knows it
// decides. What the others say is told in one sentence: they were searched whole and do not have it, or they were not.

import type { Verdict } from '../findings/model.js';
import { isId, isTemporary } from './askable.js';
import type { Auditor } from './auditor.js';
import { isoTime } from './body.js';
import { joined } from './facts.js';
import { lookUpIn, type Word } from './inventory.js';

/** Verdicts of the accounts, the one that decides first; `unknown` ones have no advice yet, see `advised`. */
export type LookedUp = readonly [Verdict, ...Verdict[]];

export const lookUp = async (auditors: readonly Auditor[], accessKeyId: string): Promise<LookedUp> => {
  if (isTemporary(accessKeyId)) return [unknown('A temporary key is in no inventory.')];
  if (!isId(accessKeyId)) return [unknown('This text is no AccessKey ID, and was not sent.')];
  const checkedAt = isoTime(Date.now()) ?? '';
  const words: { readonly auditor: Auditor; readonly word: Word }[] = [];
  const said: Verdict[] = [];
  for (const auditor of auditors) {
    const word = await lookUpIn(auditor, accessKeyId);
    words.push({ auditor, word });
    if (word.kind !== 'said') continue;
    const verdict = { ...word.verdict, checkedAt };
    if (verdict.state !== 'unknown') return [verdict, ...said.filter(({ account }) => account !== verdict.account)];
    said.push(verdict);
  }
  const rest = { ...restInWords(words), checkedAt };
  const [known, ...others] = said;
  if (known === undefined) return [rest];
  // The first knows more than its account alone: what the others do not have.
  const whole = {
    ...known,
    ...(rest.notIn === undefined ? {} : { notIn: rest.notIn }),
    ...(rest.partlyIn === undefined ? {} : { partlyIn: rest.partlyIn }),
  };
  return [rest.reason === '' ? known : { ...whole, reason: joined(known.reason ?? '', rest.reason ?? '') }, ...others];
};

const unknown = (reason: string): Verdict => ({ state: 'unknown', how: 'inventory', reason });

interface Asked {
  readonly auditor: Auditor;
  readonly word: Word;
}

/** Those that do not know it, in one verdict; its reason is empty when there are none. */
const restInWords = (words: readonly Asked[]): Verdict => {
  const absent = words.filter(({ word }) => word.kind === 'absent');
  const accountsOf = (asked: readonly Asked[]): readonly string[] =>
    asked.flatMap(({ auditor }) => auditor.account ?? []);
  const accounts = accountsOf(absent);
  const partly = accountsOf(words.filter(({ word }) => word.kind === 'partly'));
  const parts = words.flatMap(({ auditor, word }) =>
    word.kind === 'partly' ? [`${capital(nameOf(auditor))} could not be read whole. ${joined(...word.problems)}`] : [],
  );
  const problems = absent.flatMap(({ word }) => (word.kind === 'said' ? [] : word.problems));
  const reason = joined(...(absent.length === 0 ? [] : [absentInWords(absent)]), ...problems, ...parts);
  return {
    ...unknown(reason),
    ...(accounts.length === 0 ? {} : { notIn: accounts }),
    ...(partly.length === 0 ? {} : { partlyIn: partly }),
  };
};

const absentInWords = (absent: readonly Asked[]): string => {
  const uids = absent.flatMap(({ auditor }) => auditor.account ?? []);
  const others = absent.filter(({ auditor }) => auditor.account === null).map(({ auditor }) => nameOf(auditor));
  const yours = uids.length === 0 ? [] : [`your account${uids.length === 1 ? '' : 's'} ${uids.join(', ')}`];
  // ActionTrail tells of root keys, and only of those that were used.
  const isSure = absent.every(({ auditor }) => auditor.isRoot);
  return `Not in ${[...yours, ...others].join(', ')}${isSure ? '' : ' (a root key shows only once it was used)'}.`;
};

const nameOf = ({ account, from }: Auditor): string =>
  account === null ? `the account of the credentials from ${from}` : `account ${account}`;

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
