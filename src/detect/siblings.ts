// An ID that stands alone may have its secret in the file beside it: `access_key_id.txt` and `access_key_secret.txt`, or two
// halves of a configuration. Taken only when the names agree and there is exactly one candidate.

import { rawLayer } from './layers/layer.js';
import type { Located } from './located.js';
import type { Namer } from './namer.js';
import { relateStems } from './names.js';
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

export const findSiblingSecret = (
  lone: Detection,
  own: string,
  siblings: readonly SiblingFile[],
  tools: ScopeTools,
): SiblingSecret | null => {
  const { namer } = tools;
  const ownFile = namer.named(stemOfFile(own));
  const ownName = lone.idName === null ? null : namer.named(lone.idName);
  const key = ownName !== null && ownName.kind !== 'unknown' ? ownName : ownFile;
  const lengths = tools.rules.find(({ id }) => id === lone.rule)?.secret?.lengths ?? [];
  const candidates = siblings.flatMap(({ name, bytes }, sibling): SiblingSecret[] => {
    const layer = rawLayer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'));
    if (lengths.length === 0 || layer.text.length < Math.min(...lengths)) return [];
    const result = readScope(layer, { ...tools, secretsAlone: true }, { left: bytes.length * 6 + 65_536 });
    const place = createPlacer(bytes, START);
    const whole = layer.text.trim().length <= 64;
    return result.alone
      .filter(({ role, text }) => role === 'secret' && lengths.includes(text.length))
      .flatMap((secret) => {
        const path = pathOf(secret);
        const named = path !== null ? namer.named(path) : whole ? namer.named(stemOfFile(name)) : null;
        if (named === null || named.kind !== 'secret' || named.vendor !== null) return [];
        // A file that is about another maker's keys, or that holds another ID for this secret.
        if (namer.vendorIn(stemOfFile(name)) !== null || isClaimed(namer, layer.text, secret)) return [];
        const relation = relateStems(key.stem, named.stem);
        if (relation === 'different' || relation === 'overlap') return [];
        if (relation === 'silent' && key.stem.length !== named.stem.length) return [];
        return [{ sibling, secret: secret.text, place: place(secret.start), encoding: secret.encoding }];
      });
  });
  const [first] = candidates;
  return first !== undefined && new Set(candidates.map(({ secret }) => secret)).size === 1 ? first : null;
};
