// The thread from a caller of the SDK to the transport below it. The SDK passes neither an abort signal nor the answer's
// status (it loses it when the body is no JSON), so both travel around it, bound to the asynchronous call.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpLimits, HttpResponse } from './http.js';

/** Where a request goes that was meant for another host; itself where it goes as it is. */
export type Reroute = (url: URL) => URL;

interface Scope {
  readonly limits: HttpLimits;
  readonly reroute: Reroute;
  /** The last answer received in this scope, as it came. */
  response: HttpResponse | null;
  /** Why there was none. */
  fault: unknown;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Runs `call` and tells what its last exchange was, whatever the SDK made of it. */
export const observed = async (
  limits: HttpLimits,
  call: () => Promise<unknown>,
  reroute: Reroute = (url) => url,
): Promise<Pick<Scope, 'response' | 'fault'>> => {
  const scope: Scope = { limits, reroute, response: null, fault: null };
  try {
    await scopes.run(scope, call);
  } catch (error) {
    if (scope.response === null) scope.fault ??= error;
  }
  return scope;
};

export const currentScope = (): Scope | null => scopes.getStore() ?? null;
