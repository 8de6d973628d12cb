// What has no Chinese: writes something in Chinese, and collects the English that was left.

import { createSay, speaking } from '../../src/lang/say.js';

/** @param work writes what people would see; what it gives is thrown away */
export const untranslated = async (work: () => unknown): Promise<readonly string[]> => {
  const missed = new Set<string>();
  const say = await createSay('zh-CN', (text) => void missed.add(text));
  // What was said once is said the same again: thousands of findings have a few hundred sentences between them.
  const said = new Map<string, string>();
  const sayOnce = (text: string): string => {
    const known = said.get(text) ?? say(text);
    said.set(text, known);
    return known;
  };
  speaking({ lang: 'zh-CN', say: sayOnce }, () => {
    const written = work();
    // Pieces are made when they are asked for.
    if (typeof written === 'object' && written !== null && Symbol.iterator in written) {
      for (const _ of written as Iterable<unknown>);
    }
  });
  return [...missed].filter((text) => /[A-Za-z]{2}/.test(text));
};
