// The words that the sources say: literals and templates, as one text.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Not what is said to people who read Chinese. */
const OTHERS = ['lang', 'simulator', 'action', 'report/html'];

/** The program's source without what stands between two pieces of one sentence. */
export const spokenSources = (): string =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !OTHERS.some((folder) => file.startsWith(folder + path.sep)))
    .map((file) => path.join('src', file))
    // Whose words are passed on.
    .concat('node_modules/commander/lib/command.js')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .replace(/' \+\s*'/g, '')
    .replace(/\\n/g, '\n')
    .replace(/\\(['"`])/g, '$1')
    .replace(/\s+/g, ' ');
