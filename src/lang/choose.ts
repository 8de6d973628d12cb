// Which language somebody is answered in: the one that was asked for, else that of the environment.

import { AkscanError } from '../errors.js';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Chosen {
  readonly lang: Language;
  /** What was typed, without the words that chose. */
  readonly args: readonly string[];
}

/**
 * `--lang` stands anywhere, since all that is said depends on it, what the parser says too.
 * @throws AkscanError for a language that is not spoken
 */
export const chooseLanguage = (args: readonly string[], env: NodeJS.ProcessEnv): Chosen => {
  const end = args.indexOf('--');
  const before = end < 0 ? args : args.slice(0, end);
  const at = before.findIndex((word) => word === OPTION || word.startsWith(`${OPTION}=`));
  if (at < 0) return { lang: languageOf(env), args };
  const word = before[at] ?? '';
  const isSplit = word === OPTION;
  const typed = isSplit ? before[at + 1] : word.slice(OPTION.length + 1);
  const lang = named(typed ?? '');
  if (lang === null) {
    throw new AkscanError(
      typed === undefined ? `${OPTION} takes a language.` : `${OPTION}: "${typed.slice(0, 80)}" is not known.`,
      `Choose from ${LANGUAGES.join(', ')}.`,
    );
  }
  return { lang, args: [...args.slice(0, at), ...args.slice(at + (isSplit ? 2 : 1))] };
};

const OPTION = '--lang';

/** An answer that was asked for: `zh` will do. */
const named = (typed: string): Language | null =>
  LANGUAGES.find((lang) => lang.toLowerCase() === typed.toLowerCase().replace('_', '-')) ??
  (/^zh$/i.test(typed) ? 'zh-CN' : null);

/** `AKSCAN_LANG`, then as POSIX ranks them: the first that is set decides, also for English. */
export const languageOf = (env: NodeJS.ProcessEnv): Language => {
  const own = named(env['AKSCAN_LANG'] ?? '');
  if (own !== null) return own;
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  return SIMPLIFIED.test(locale ?? '') ? 'zh-CN' : 'en';
};

/** Places that write traditional characters are answered in English unless they ask. */
const SIMPLIFIED = /^zh(?:[_-](?:CN|SG|Hans)[A-Za-z_-]*)?(?:[.@].*)?$/i;
