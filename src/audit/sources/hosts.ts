// The hosts that a person named by naming sources. What is kept for them (git's credential helpers) is given to no other: a
// forge could list a repository at any host.

import { placeOf } from './places.js';
import { parseSpec } from './spec.js';

/** @throws AkscanError for what is no source */
export const hostsOf = (sources: readonly string[], env: NodeJS.ProcessEnv): ReadonlySet<string> =>
  new Set(
    sources.map(parseSpec).flatMap((spec) => {
      if (spec.kind === 'forge') return placeOf(spec, env).origins.map((origin) => new URL(origin).host);
      return spec.kind === 'url' ? [new URL(spec.url).host] : [];
    }),
  );
