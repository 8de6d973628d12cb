// What could not be read or asked, and why, for a person.

import type { Report, Skipped, Summary } from '../findings/model.js';
import { say } from '../lang/say.js';
import { forTerminal } from './escape.js';
import { isNamedIn } from './named-in.js';
import { fromHere } from './places.js';
import { plural } from './words.js';

/** Goes before one or more of them. */
export const faultsInWords = ({ skipped }: Summary): string => say(`Incomplete, ${plural(skipped.fault, 'problem')}:`);

export const faultText = ({ target, what, reason }: Skipped): string => {
  // Objects go by their names; a path is one from here, since there may be several targets.
  const name = what === null || /^[0-9a-f]{40,64}$/.test(what) ? (what ?? target) : fromHere(target, what);
  const said = say(forTerminal(reason));
  return isNamedIn(reason, name) ? said : `${forTerminal(name)}: ${said}`;
};

/** How many there are and the first of them, for whoever wants nothing else. */
export const faultsInLine = ({ skipped, summary }: Report): string => {
  const first = skipped.find(({ because }) => because === 'fault');
  return `${faultsInWords(summary)}${first === undefined ? '' : ` ${faultText(first)}`}`;
};
