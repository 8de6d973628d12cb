// Credentials made ready for questions and changes, outside of a verification.

import { type Auditor, openAuditors } from './auditor.js';
import { resolveEndpoints } from './endpoints.js';
import { createSession, DEFAULT_PACE, type Pace, type Session } from './session.js';
import type { Endpoints, Tell } from './types.js';

export interface Opened {
  readonly session: Session;
  readonly auditors: readonly Auditor[];
}

/** @throws AkscanError when no credentials work, or for endpoints that cannot be used */
export const openCloud = async (
  profiles: readonly string[],
  endpoints: Endpoints,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell?: Tell },
  pace: Pace = DEFAULT_PACE,
): Promise<Opened> => {
  const session = createSession(resolveEndpoints(endpoints, process.env), signal, pace);
  return { session, auditors: await openAuditors(session, profiles, tell) };
};
