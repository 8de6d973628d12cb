// Git for repositories that are made by the hundred: asynchronous, so that several are made at once.

import { spawn } from 'node:child_process';

const { PATH } = process.env;

const ENVIRONMENT = {
  PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Wei Zhang',
  GIT_AUTHOR_EMAIL: 'wei@example.com',
  GIT_COMMITTER_NAME: 'Wei Zhang',
  GIT_COMMITTER_EMAIL: 'wei@example.com',
};

/** Runs git and gives what it printed. @throws Error unless it ends with 0 */
export const git = (folder: string, args: readonly string[], input: string | Buffer = ''): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', 'protocol.file.allow=always', '-c', 'gc.auto=0', ...args], {
      cwd: folder,
      env: ENVIRONMENT,
    });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => void out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => void said.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Error(`git ${args.join(' ')} ended with ${code}: ${Buffer.concat(said).toString()}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
