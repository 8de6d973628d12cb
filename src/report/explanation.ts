// What would be asked, as text for people: by who signs, and by host.

import type { ExplainedCall, Explanation } from '../cloud/explain.js';
import { say } from '../lang/say.js';

export const explanationInText = function* (explanation: Explanation): Iterable<string> {
  const { keys, probed, profiles, calls } = explanation;
  yield `${say('Nothing was sent.')}\n`;
  const own = calls.filter(({ signedBy }) => signedBy === 'own-credentials');
  if (own.length > 0) {
    const whose = profiles.length === 0 ? 'the default chain' : profiles.map((name) => `"${name}"`).join(', ');
    const which = profiles.length > 1 ? 'profiles' : 'profile';
    const by = profiles.length === 0 ? whose : `${which} ${whose}`;
    yield `\n${say(`Signed with your own credentials (${by}), about ${counted(keys, 'key')}:`)}\n`;
    yield* listed(own);
  }
  const leaked = calls.filter(({ signedBy }) => signedBy === 'leaked-key');
  if (leaked.length > 0) {
    yield `\n${say(`Signed with the leaked keys themselves, at most ${probed} (only where the secret is at hand):`)}\n`;
    yield* listed(leaked);
  }
  if (calls.length === 0) yield `\n${say('There is nothing to ask about.')}\n`;
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const listed = function* (calls: readonly ExplainedCall[]): Iterable<string> {
  for (const host of new Set(calls.map((call) => call.host))) {
    yield `  ${host}\n`;
    const here = calls.filter((call) => call.host === host);
    const width = Math.max(...here.map(({ operation }) => actionOf(operation).length));
    for (const { operation, permission, tells } of here) {
      yield `    ${actionOf(operation).padEnd(width)}  ${say(tells)}\n`;
      if (permission !== null) yield `    ${''.padEnd(width)}  ${say(`needs ${permission}`)}\n`;
    }
  }
};

const actionOf = (operation: string): string => operation.slice(operation.indexOf(':') + 1);
