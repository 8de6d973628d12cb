// Links to files of the work tree, for terminals that show them: OSC 8.
// https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda

import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Text for a terminal, linked to a file (from the current directory) where there is one. */
export type Link = (text: string, file: string | null) => string;

export const noLinks: Link = (text) => text;

/** What ends a link sooner, or begins something else, cannot be in a URL that is all printable ASCII. */
const PRINTABLE = /^[\x21-\x7E]+$/;

/** A name that is no UTF-8 was read as something else, and nothing is there. */
const UNTRUE = /\uFFFD|\p{Surrogate}/u;

/** @param env of the terminal: over SSH a link names this machine, so that no other opens a file of its own by that name */
export const linksFor =
  (env: NodeJS.ProcessEnv): Link =>
  (text, file) => {
    if (file === null || UNTRUE.test(file) || !existsSync(file)) return text;
    const url = pathToFileURL(path.resolve(file));
    if ((env['SSH_CONNECTION'] ?? '') !== '') url.hostname = process.getBuiltinModule('node:os').hostname();
    return PRINTABLE.test(url.href) ? `\u001B]8;;${url.href}\u001B\\${text}\u001B]8;;\u001B\\` : text;
  };

/**
 * Whether a terminal is known to show links. Others print the bytes. FORCE_HYPERLINK=1 says that this one does, 0 that it
 * does not (https://github.com/chalk/supports-hyperlinks).
 */
export const showsLinks = (env: NodeJS.ProcessEnv): boolean => {
  const given = (name: string): string => env[name] ?? '';
  const forced = given('FORCE_HYPERLINK');
  if (forced !== '') return forced !== '0' && forced !== 'false';
  // A log is read elsewhere; tmux and screen pass links on only when they were told that the terminal outside shows them.
  if (given('CI') !== '' || given('TMUX') !== '' || given('STY') !== '') return false;
  // Editors make links of path:line themselves, and open the line; ours would take the line away.
  const program = given('TERM_PROGRAM');
  if (program !== '') return PROGRAMS.has(program);
  if (given('TERMINAL_EMULATOR') !== '') return false;
  if (given('WT_SESSION') !== '' || given('KITTY_WINDOW_ID') !== '') return true;
  // 0.50.0 crashes on a link without an id.
  return Number(given('VTE_VERSION')) > 5000 || TERMS.has(given('TERM'));
};

const PROGRAMS = new Set(['iTerm.app', 'WezTerm', 'ghostty', 'rio']);
const TERMS = new Set(['xterm-kitty', 'alacritty', 'foot', 'foot-extra', 'xterm-ghostty']);
