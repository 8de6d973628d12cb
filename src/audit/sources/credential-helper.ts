// What git's credential helpers know of a host (gitcredentials): asked only for hosts that the person named, outside of any
// repository, and never a person at a terminal.

import path from 'node:path';
import { startGit } from '../../git/run.js';
import type { Credential } from './types.js';

/** Bytes; a token is under one kilobyte. */
const MOST = 64 << 10;
/** Milliseconds; a helper that wants to be clicked at is not waited for. */
const LONGEST = 20_000;

export const askHelper = async (url: URL, signal: AbortSignal): Promise<Credential | null> => {
  // Anybody may put a repository into the folder for temporary files, and nobody one there.
  const folder = path.parse(process.cwd()).root;
  const ending = AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]);
  try {
    const git = startGit({ cwd: folder, top: folder, helpers: 'person' }, ['credential', 'fill'], ending);
    git.stdin.end(`protocol=${url.protocol.slice(0, -1)}\nhost=${url.host}\npath=${pathOf(url)}\n\n`);
    let output = '';
    git.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(0, MOST);
    });
    const { code } = await git.ended;
    return code === 0 ? credentialIn(output) : null;
  } catch (error) {
    signal.throwIfAborted();
    if (ending.aborted) return null;
    throw error;
  }
};

/** For helpers that tell repositories apart (credential.useHttpPath). */
const pathOf = ({ pathname }: URL): string => pathname.slice(1).replace(/[\r\n\0]/g, '');

const credentialIn = (output: string): Credential | null => {
  const fields = new Map(
    output
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const username = fields.get('username') ?? '';
  const password = fields.get('password') ?? '';
  return password === '' ? null : { username, password };
};
