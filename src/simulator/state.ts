// A simulated cloud in a file, so that it goes on where it stopped: what was asked, when each key was last used, sessions and
// nonces. The keys in it open nothing anywhere; the file is its owner's alone all the same.

import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { AkscanError, reasonOf } from '../errors.js';
import type { SimulatedAccount } from './world.js';

export interface CloudState {
  readonly accounts: readonly SimulatedAccount[];
  readonly nonces: readonly (readonly [nonce: string, at: number])[];
}

const FORMAT = 'akscan simulated cloud 1';

/**
 * @returns null when there is no such file yet
 * @throws AkscanError for a file that cannot be read, or is no such state
 */
export const readState = (file: string): CloudState | null => {
  const strange = (why: string): AkscanError =>
    new AkscanError(`${file} is not the state of a simulated cloud (${why}).`, 'Name another file, or remove it.');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new AkscanError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw strange('no JSON');
  }
  if (!isRecord(value) || value['format'] !== FORMAT) throw strange('another format');
  const { accounts, nonces } = value;
  if (!Array.isArray(accounts) || !accounts.every(isAccount)) throw strange('accounts are missing');
  if (!Array.isArray(nonces) || !nonces.every(isUse)) throw strange('nonces are missing');
  return { accounts, nonces };
};

/** Writes it beside the old one, which it then replaces. @throws AkscanError */
export const writeState = (file: string, { accounts, nonces }: CloudState): void => {
  const temporary = `${file}.${process.pid}.new`;
  try {
    rmSync(temporary, { force: true });
    // A link that waits here is not followed.
    const fd = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(fd, JSON.stringify({ format: FORMAT, accounts, nonces }));
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new AkscanError(`Cannot write ${file}: ${reasonOf(error)}`);
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the server reads without a second look. */
const isAccount = (value: unknown): value is SimulatedAccount =>
  isRecord(value) &&
  typeof value['uid'] === 'string' &&
  typeof value['alias'] === 'string' &&
  isListOf(value['rootKeys'], isKey) &&
  isListOf(value['users'], isUser) &&
  isListOf(value['recycleBin'], isNamed) &&
  isListOf(value['sessions'], isNamed) &&
  ['groups', 'roles', 'policies', 'events', 'leaks', 'oidcProviders'].every(
    (name) => value[name] === undefined || isListOf(value[name], isRecord),
  );

const isListOf = (value: unknown, isOne: (value: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isOne);

const isNamed = (value: unknown): boolean => isRecord(value) && typeof value['id'] === 'string';

const isKey = (value: unknown): boolean =>
  isRecord(value) && isNamed(value) && typeof value['secret'] === 'string' && typeof value['status'] === 'string';

const isUser = (value: unknown): boolean =>
  isRecord(value) &&
  isNamed(value) &&
  typeof value['name'] === 'string' &&
  isListOf(value['keys'], isKey) &&
  Array.isArray(value['allow']);

const isUse = (value: unknown): value is readonly [string, number] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';
