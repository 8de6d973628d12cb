// A git that goes wrong, or that something happens beside.

import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder, write } from './repository.js';

/** A folder for PATH with a git that does something else once; `$real` is git itself. */
export const otherGit = (command: string, once: string): string => {
  const folder = temporaryFolder();
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  write(folder, {
    git: `#!/bin/bash
real=${real}
for word in "$@"; do
  if [ "$word" = "${command}" ] && mkdir ${folder}/done 2>/dev/null; then
    ${once}
  fi
done
exec $real "$@"
`,
  });
  chmodSync(path.join(folder, 'git'), 0o755);
  return `${folder}:${process.env['PATH']}`;
};
