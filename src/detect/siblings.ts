// An ID that stands alone may have its secret in the file beside it: `access_key_id.txt` and `access_key_secret.txt`, or two
// halves of a configuration. Taken only when the names agree and there is exactly one candidate.

import { rawLayer } from './layers/layer.js';
import type { Located } from './located.js';
import type { Namer } from './namer.js';
import { relateStems } from './names.js';
import { ownText } from './own-text.js';
import { createPlacer, START } from './places.js';
import { pathOf, readScope, type ScopeTools } from './scope.js';
import type { Detection, SiblingFile, SiblingSecret } from './types.js';

/** Whether a named ID with another value stands beside a secret. */
const isClaimed = (namer: Namer, text: string, { at, until }: Located): boolean => {
  const near = text.slice(Math.max(0, at - 200), until + 120);
  return namer.slots
    .ids(near)
    .some(({ valueAt }) => /^[A-Za-z]{2,6}[\w-]{10,}/.test(near.slice(valueAt, valueAt + 80)));
};

/** A file's name as a value's name: `access-key-secret.txt` holds one. */
const stemOfFile = (name: string): string => name.replace(/^.*\//, '').replace(/\.[A-Za-z0-9]{1,5}$/, '');

export const createSiblingSearch = (
  tools: ScopeTools,
): ((lone: Detection, own: string, siblings: readonly SiblingFile[]) => SiblingSecret | null) => {
  /** Thousands of IDs may ask about the same files: each is read once for every kind of key. */
  const known = new WeakMap<Uint8Array, Map<string, readonly NamedSecret[]>>();
  const secretsOnce = (file: SiblingFile, lengths: readonly number[]): readonly NamedSecret[] => {
    const byLengths = known.get(file.bytes) ?? new Map<string, readonly NamedSecret[]>();
    known.set(file.bytes, byLengths);
    const found = byLengths.get(String(lengths)) ?? secretsIn(file, lengths, tools);
    byLengths.set(String(lengths), found);
    return found;
  };
  return (lone, own, siblings) => findSiblingSecret(lone, own, siblings, tools, secretsOnce);
};

const findSiblingSecret = (
  lone: Detection,
  own: string,
  siblings: readonly SiblingFile[],
  tools: ScopeTools,
  secretsOnce: (file: SiblingFile, lengths: readonly number[]) => readonly NamedSecret[],
): SiblingSecret | null => {
  const { namer } = tools;
  const ownFile = namer.named(stemOfFile(own));
  const ownName = lone.idName === null ? null : namer.named(lone.idName);
  const key = ownName !== null && ownName.kind !== 'unknown' ? ownName : ownFile;
  const lengths = tools.rules.find(({ id }) => id === lone.rule)?.secret?.lengths ?? [];
  let found: { readonly sibling: number; readonly file: SiblingFile; readonly secret: Located } | null = null;
  for (const [sibling, file] of siblings.entries()) {
    for (const { secret, stem } of secretsOnce(file, lengths)) {
      const relation = relateStems(key.stem, stem);
      if (relation === 'different' || relation === 'overlap') continue;
      if (relation === 'silent' && key.stem.length !== stem.length) continue;
      // Two that would fit: nothing says which.
      if (found !== null && found.secret.text !== secret.text) return null;
      found ??= { sibling, file, secret };
    }
  }
  if (found === null) return null;
  const { sibling, file, secret } = found;
  const place = createPlacer(file.bytes, START)(secret.start);
  return { sibling, secret: ownText(secret.text), place, encoding: secret.encoding };
};

/**
 * Whether a file holds a secret that names itself and has no ID beside it: one that may go with the ID in another file.
 *
 * @param lengths of such secrets
 */
export const holdsSecret = (file: SiblingFile, lengths: readonly number[], tools: ScopeTools): boolean =>
  secretsIn(file, lengths, tools).length > 0;

interface NamedSecret {
  readonly secret: Located;
  /** What its name says beside "secret". */
  readonly stem: readonly string[];
}

/** The secrets of a file that are named so, and are neither another maker's nor some ID's in the same file. */
const secretsIn = (
  { name, bytes }: SiblingFile,
  lengths: readonly number[],
  tools: ScopeTools,
): readonly NamedSecret[] => {
  const { namer } = tools;
  const layer = rawLayer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'));
  if (lengths.length === 0 || layer.text.length < Math.min(...lengths)) return [];
  const result = readScope(layer, { ...tools, secretsAlone: true }, { left: bytes.length * 6 + 65_536 });
  const whole = layer.text.trim().length <= 64;
  return result.alone
    .filter(({ role, text }) => role === 'secret' && lengths.includes(text.length))
    .flatMap((secret) => {
      const path = pathOf(secret);
      const named = path !== null ? namer.named(path) : whole ? namer.named(stemOfFile(name)) : null;
      if (named === null || named.kind !== 'secret' || named.vendor !== null) return [];
      // A file that is about another maker's keys, or that holds another ID for this secret.
      if (namer.vendorIn(stemOfFile(name)) !== null || isClaimed(namer, layer.text, secret)) return [];
      return [{ secret, stem: named.stem }];
    });
};
