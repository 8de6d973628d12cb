// Where the key of a store comes from: the environment, or else a file beside the store that only its owner can read.

import { hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { AkscanError, reasonOf } from '../../errors.js';
import type { StoreOptions, StorePlace } from './store.js';

const NAME = 'AKSCAN_STORE_KEY';
const LEAST = 16;

/**
 * The key of the environment, 32 bytes; null when none is set. Coordinator and workers of one queue share it.
 * @throws AkscanError when it is too short to be one
 */
export const keyFromEnvironment = (env: NodeJS.ProcessEnv): Buffer | null => {
  const text = (env[NAME] ?? '').trim();
  if (text === '') return null;
  if (text.length < LEAST) {
    throw new AkscanError(
      `${NAME} is shorter than ${LEAST} characters: it could be guessed.`,
      'Make one with `openssl rand -hex 32`.',
    );
  }
  return Buffer.from(hkdfSync('sha256', Buffer.from(text), '', 'akscan/1/store', 32));
};

/**
 * The key that was given; null without one.
 * @throws AkscanError when secrets are to be stored, and there is none
 */
export const givenKey = ({ env, secrets }: StoreOptions): Uint8Array | null => {
  const given = keyFromEnvironment(env);
  if (given === null && secrets === 'sealed') {
    throw new AkscanError(
      `Secrets are stored only under a key from the environment, and ${NAME} is not set.`,
      'Make one with `openssl rand -hex 32`, and keep it where the store is not.',
    );
  }
  return given;
};

/**
 * @param given key
 * @param state `made`: the store is there already, and so must its key be
 * @throws AkscanError when none was given where one must be, or the file cannot be used
 */
export const keyOf = (place: StorePlace, given: Uint8Array | null, state: 'new' | 'made'): Uint8Array => {
  if (given !== null) return given;
  if (place.kind === 'postgres') {
    throw new AkscanError(
      `A store in PostgreSQL needs the key ${NAME}, which is not set.`,
      'Make one with `openssl rand -hex 32`, and give it to every coordinator.',
    );
  }
  if (place.kind === 'memory') return randomBytes(32);
  const file = `${place.file}.key`;
  if (existsSync(file)) return read(file);
  if (state === 'new') return make(file);
  throw new AkscanError(
    `The store ${place.file} was made with a key, and ${file} is not there.`,
    `Put it back, or set ${NAME} if the key came from there; without it this store cannot be read.`,
  );
};

const read = (file: string): Buffer => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
    // A copy may have become readable for others.
    chmodSync(file, 0o600);
  } catch (error) {
    throw new AkscanError(`Cannot read the store's key ${file}: ${reasonOf(error)}.`);
  }
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new AkscanError(`${file} holds no key: it is 64 hexadecimal digits.`, 'Put the right file back.');
  }
  return Buffer.from(text, 'hex');
};

const make = (file: string): Buffer => {
  const key = randomBytes(32);
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      writeSync(descriptor, `${key.toString('hex')}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new AkscanError(`Cannot write the store's key ${file}: ${reasonOf(error)}.`);
  }
  return key;
};
