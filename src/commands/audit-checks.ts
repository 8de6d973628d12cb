// What `akscan audit` refuses before it begins: options that say nothing together, each with the way out.

import { existsSync } from 'node:fs';
import { queueAddressOf } from '../audit/queue/address.js';
import { type ForgeName, parseSpec, type SourceSpec } from '../audit/sources/spec.js';
import { storePlace } from '../audit/store/place.js';
import type { StorePlace } from '../audit/store/store.js';
import { AkscanError } from '../errors.js';
import type { AuditFlags } from './audit.js';

/** What says which repositories are read, and what of them: a run that goes on has it from when it began. */
const OF_THE_PLAN = [
  'includeRepo',
  'excludeRepo',
  'visibility',
  'archived',
  'forks',
  'since',
  'maxRepoSize',
  'wiki',
  'snippets',
  'pullRequests',
  'include',
  'exclude',
  'maxSize',
  'allowPartial',
  'minConfidence',
  'trustRepoConfig',
] as const satisfies readonly (keyof AuditFlags)[];

/** @throws AkscanError */
export const checkAudit = (sources: readonly string[], flags: AuditFlags): void => {
  const { resume, store, storeSecrets, showSecrets, list, queue, notify, verify, probe, probeId } = flags;
  const place = storePlace(store ?? null, process.env);
  const isKept = place !== null;
  // An option whose value may be left out takes the next word for it.
  if (typeof queue === 'string' && !/^rediss?:/.test(queue)) {
    throw new AkscanError(
      '--queue takes the address of a Redis: redis://host or rediss://host.',
      'To take it from AKSCAN_QUEUE_URL, write --queue after the sources.',
    );
  }
  if (queue !== undefined) queueAddressOf(queue === true ? null : queue, process.env);
  if (sources.length === 0 && resume !== true) {
    throw new AkscanError(
      'akscan audit needs to know whose repositories to read.',
      'For example: akscan audit github:my-org',
    );
  }
  checkBeside(sources, flags);
  if (resume === true) checkResume(sources, flags, place);
  if (storeSecrets === true && !isKept) {
    throw new AkscanError('--store-secrets needs a store to keep them in.', 'Add --store FILE.');
  }
  if (showSecrets === true && storeSecrets !== true) {
    throw new AkscanError(
      '--show-secrets: a report of an audit is made of what its store knows, and that has no secrets.',
      'Add --store-secrets, or clone one repository and read it with akscan scan FOLDER --show-secrets.',
    );
  }
  if (notify !== undefined && list !== true && verify !== true && probe !== true && probeId !== true) {
    throw new AkscanError(
      '--notify tells of keys that are live, and nobody is asked whether they are.',
      'Add --verify or --probe.',
    );
  }
};

/** Forges that have what lies beside repositories; a list may name any. */
const BESIDE = {
  wiki: { what: 'wikis', at: ['github', 'gitlab', 'gitee', 'gitea', 'bitbucket'] },
  snippets: { what: 'gists or snippets', at: ['github', 'gitlab', 'bitbucket'] },
} as const satisfies Readonly<Record<string, { readonly what: string; readonly at: readonly ForgeName[] }>>;

const checkBeside = (sources: readonly string[], flags: AuditFlags): void => {
  const specs = sources.map(parseSpec);
  for (const name of ['wiki', 'snippets'] as const) {
    const { what, at } = BESIDE[name];
    const has = (spec: SourceSpec): boolean =>
      spec.kind === 'list' || (spec.kind === 'forge' && at.some((forge) => forge === spec.forge));
    if (flags[name] === undefined || specs.length === 0 || specs.some(has)) continue;
    throw new AkscanError(
      `--${name}: none of these sources has ${what}.`,
      `They are read at ${at.map((forge) => `${forge}:`).join(', ')}.`,
    );
  }
};

const checkResume = (sources: readonly string[], flags: AuditFlags, place: StorePlace | null): void => {
  if (place === null) {
    throw new AkscanError(
      '--resume goes on with an audit that a store remembers, and none is named.',
      'Add --store FILE.',
    );
  }
  if (flags.list === true) throw new AkscanError('--list begins nothing that could be resumed.', 'Leave one out.');
  const typed = OF_THE_PLAN.find((name) => flags[name] !== undefined);
  if (sources.length === 0 && typed !== undefined) {
    const option = typed.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new AkscanError(
      `--${option}: --resume goes on with the repositories and options that the audit was begun with.`,
      'Leave it out; a new audit reads only what has changed since.',
    );
  }
  // It would be made, and stay.
  if (place.kind === 'file' && !existsSync(place.file)) {
    throw new AkscanError(
      `There is no store ${place.file}, and so no audit to go on with.`,
      'Name the store that it was begun with, or leave --resume out.',
    );
  }
};
