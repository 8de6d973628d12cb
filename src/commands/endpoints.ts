// `--endpoint SERVICE=URL`, as typed, to endpoints.

import { resolveEndpoints, SERVICES } from '../cloud/endpoints.js';
import type { Endpoints } from '../cloud/types.js';
import { didYouMean } from '../config/did-you-mean.js';
import { AkscanError } from '../errors.js';

/** @throws AkscanError for a service that is none and a URL that is not safe to sign for */
export const endpointsOf = (typed: readonly string[]): Endpoints => {
  const endpoints = Object.fromEntries(
    typed.map((text) => {
      const at = text.indexOf('=');
      const service = SERVICES.find((name) => name === text.slice(0, Math.max(at, 0)));
      if (service === undefined) {
        const meant = didYouMean(text.slice(0, Math.max(at, 0)), SERVICES);
        throw new AkscanError(
          `--endpoint takes SERVICE=URL, not "${text}".`,
          meant === null || at < 0
            ? `The services are ${SERVICES.join(', ')}; for example --endpoint ram=https://ram.example.com.`
            : `Did you mean "${meant}=..."?`,
        );
      }
      return [service, text.slice(at + 1)];
    }),
  );
  resolveEndpoints(endpoints, process.env);
  return endpoints;
};
