// Compares what a scan said with what is true; every difference is a sentence. IDs are shown by their end only.

import type { Recording } from '../sources/recording.js';
import type { Expected } from './random/oracle.js';
import type { RandomRepository } from './random-repository.js';

export const disagreements = (repository: RandomRepository, seen: Recording): readonly string[] => {
  const found = groupByObject(seen);
  const wrong: string[] = [];
  for (const one of repository.expected) {
    wrong.push(...differences(one, found.get(one.object) ?? []));
    found.delete(one.object);
  }
  for (const [object, sightings] of found)
    wrong.push(`${object} holds nothing, yet: ${sightings.map(({ detection }) => end(detection.accessKeyId)).join()}`);
  const faults = seen.skipped.map(({ what, reason }) => `${what} ${reason}`);
  if (repository.whole) wrong.push(...faults.map((fault) => `nothing is missing, yet: ${fault}`));
  return wrong;
};

type Seen = Recording['sightings'];

const groupByObject = ({ sightings }: Recording): Map<string, Seen> => {
  const groups = new Map<string, Seen>();
  for (const sighting of sightings) {
    const object = sighting.provenance?.blob ?? '?';
    groups.set(object, [...(groups.get(object) ?? []), sighting]);
  }
  return groups;
};

const differences = (expected: Expected, seen: Seen): readonly string[] => {
  const { object, keys } = expected;
  const wrong: string[] = [];
  const found = new Map(seen.map(({ detection }) => [detection.accessKeyId ?? '?', detection.secret]));
  for (const [id, secret] of keys) {
    if (!found.has(id)) wrong.push(`${object}: ${end(id)} was not found`);
    else if (found.get(id) !== secret) wrong.push(`${object}: ${end(id)} has another secret`);
  }
  for (const id of found.keys()) if (!keys.has(id)) wrong.push(`${object}: ${end(id)} was made up`);
  const places = seen.map(({ detection }) => `${detection.accessKeyId} ${detection.place.offset}`);
  if (new Set(places).size < places.length) wrong.push(`${object}: a place was seen twice`);
  const [first] = seen;
  return first === undefined ? wrong : [...wrong, ...attribution(expected, first)];
};

const attribution = (expected: Expected, { source, path, provenance }: Seen[number]): readonly string[] => {
  const { object } = expected;
  const wrong: string[] = [];
  const check = (what: string, said: unknown, truth: unknown): void => {
    if (said !== truth) wrong.push(`${object}: ${what} is ${JSON.stringify(said)}, not ${JSON.stringify(truth)}`);
  };
  check('source', source, expected.source);
  check('unreachable', provenance?.unreachable ?? false, expected.unreachable);
  check('inHead', provenance?.inHead, expected.inHead);
  const commit = provenance?.commit ?? null;
  if (!expected.origins.some((origin) => origin.commit === commit && origin.path === path)) {
    const truth = expected.origins.map((origin) => `${origin.commit}:${origin.path}`).join(' or ');
    wrong.push(`${object}: comes from ${truth}, not from ${commit}:${path}`);
  }
  const last = provenance?.lastCommit;
  if (expected.last.length > 0 ? !expected.last.includes(last ?? '') : last !== undefined)
    wrong.push(`${object}: ${last} had it last, not ${expected.last.join(' or ') || 'any'}`);
  return wrong;
};

const end = (id: string | null): string => `…${id?.slice(-6)}`;
