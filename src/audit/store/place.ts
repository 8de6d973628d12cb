// Reads where the store is to be: `--store`, or AKSCAN_STORE_URL. A command line is seen by every user of the machine, so that a
// password in it is refused.

import path from 'node:path';
import { AkscanError } from '../../errors.js';
import type { StorePlace } from './store.js';

const URL_NAME = 'AKSCAN_STORE_URL';

/**
 * @param flag what `--store` says: a file, `:memory:`, or `postgres://user@host/database`; null: the environment decides
 * @returns null when neither says anything
 * @throws AkscanError
 */
export const storePlace = (flag: string | null, env: NodeJS.ProcessEnv): StorePlace | null => {
  if (flag !== null) return placeOf(flag, env, 'argument');
  const text = (env[URL_NAME] ?? '').trim();
  return text === '' ? null : placeOf(text, env, 'environment');
};

const placeOf = (text: string, env: NodeJS.ProcessEnv, from: 'argument' | 'environment'): StorePlace => {
  if (text === ':memory:') return { kind: 'memory' };
  if (/^postgres(?:ql)?:/i.test(text)) return postgresPlace(text, env, from);
  // One letter is a drive.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) {
    throw new AkscanError(
      `${from === 'argument' ? '--store' : URL_NAME} names no store that akscan knows.`,
      'It is a file, or postgres://user@host/database.',
    );
  }
  if (text === '') throw new AkscanError('--store names no file.');
  return { kind: 'file', file: path.resolve(text) };
};

const postgresPlace = (text: string, env: NodeJS.ProcessEnv, from: 'argument' | 'environment'): StorePlace => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The text is not repeated: it may hold a password.
    throw new AkscanError('The address of the store is no URL.', 'It is postgres://user@host/database.');
  }
  const inQuery = url.searchParams.get('password');
  const written = url.password === '' ? inQuery : decodeURIComponent(url.password);
  if (written !== null && from === 'argument') {
    throw new AkscanError(
      '--store holds a password, which every user of this machine can see in the list of processes.',
      `Leave it out and set PGPASSWORD, or put the whole address into ${URL_NAME}.`,
    );
  }
  url.password = '';
  url.searchParams.delete('password');
  return { kind: 'postgres', url: url.href, password: written ?? env['PGPASSWORD'] ?? null };
};
