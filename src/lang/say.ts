// The last step before something is printed for a person: what this program says in English is said in the language that
// was asked for. Formats for programs never come here.
//
// What ships is several bundles, each with a copy of this module, and the catalogue is loaded at most once, by the first of
// them: whoever speaks is therefore known to the process, and not to a module. In English nothing is loaded.

import type { Language } from './choose.js';

/** Gives a text in the language of whoever reads it; one that is not known stays as it is. */
export type Say = (text: string) => string;

interface Speaker {
  readonly lang: Language;
  readonly say: Say;
}

const PLACE = Symbol.for('akscan.speaker');
const places = globalThis as { [PLACE]?: Speaker | undefined };

/** From now on this process speaks so. */
export const speak = async (lang: Language): Promise<void> => {
  places[PLACE] = lang === 'en' ? undefined : { lang, say: await createSay(lang) };
};

export const createSay = async (lang: Language, onMiss?: (text: string) => void): Promise<Say> => {
  if (lang === 'en') return (text) => text;
  const { chinese } = await import('./chinese.js');
  return (text) => chinese.translate(text, onMiss);
};

export const say: Say = (text) => places[PLACE]?.say(text) ?? text;

export const spoken = (): Language => places[PLACE]?.lang ?? 'en';

/** Runs something in another voice than the process has, until it is done. */
export const speaking = <Result>(speaker: Speaker, work: () => Result): Result => {
  const before = places[PLACE];
  const restore = (): void => {
    places[PLACE] = before;
  };
  places[PLACE] = speaker;
  let isPending = false;
  try {
    const result = work();
    isPending = result instanceof Promise;
    if (result instanceof Promise) void result.finally(restore).catch(() => {});
    return result;
  } finally {
    if (!isPending) restore();
  }
};
