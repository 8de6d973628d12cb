// One message to one place, through the one way to a socket. It is sent again only when nothing of it can have arrived: no
// connection ever stood, or the other side says so itself. A message that somebody may have seen is not sent twice.

import { setTimeout as wait } from 'node:timers/promises';
import { TransportFault } from '../../cloud/transport/fault.js';
import { DEFAULT_LIMITS, type HttpResponse, send } from '../../cloud/transport/http.js';
import { reasonOf } from '../../errors.js';
import { forTerminal } from '../../report/escape.js';
import { createScrubber } from '../../report/mask.js';
import { cut } from '../../report/whereabouts.js';
import { type Answer, refused, type Surface, type ToTell } from './surface.js';
import type { NotifyTarget } from './target.js';

const ATTEMPTS = 3;

/** Milliseconds; nobody waits longer for a notification at the end of an audit. */
const LONGEST_WAIT = 60_000;

export interface Delivery {
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Milliseconds. @throws when `signal` is aborted */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const sleep: Delivery['sleep'] = (milliseconds, signal) => wait(milliseconds, undefined, { signal });

/** @returns why it was not delivered, one sentence without the address; null when it was */
export const deliver = async (
  target: NotifyTarget,
  surface: Surface,
  told: ToTell,
  { signal, now, sleep }: Delivery,
): Promise<string | null> => {
  const to = { url: target.address(), secret: target.secret() };
  // What a server answers may hold the token that it was asked with.
  const { pathname, searchParams } = to.url;
  const scrub = createScrubber([...pathname.split('/'), ...searchParams.values(), to.secret]);
  const inWords = (why: string): string => {
    const words = `${to.url.host}: ${cut(forTerminal(scrub(why)), 300)}`;
    return /[.…]$/.test(words) ? words : `${words}.`;
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { url, headers, body } = surface.write(told, to, now());
      const response = await send({ method: 'POST', url, headers, body }, { ...DEFAULT_LIMITS, signal });
      const answer = answerOf(response, surface);
      if (answer.kind === 'accepted') return null;
      const pause = answer.again ? pauseAfter(response, attempt, now()) : null;
      if (pause === null || attempt === ATTEMPTS) return inWords(answer.why);
      await sleep(pause, signal);
    } catch (error) {
      if (signal.aborted) return inWords('the run was stopped before it was told');
      if (!(error instanceof TransportFault)) return inWords(reasonOf(error));
      const mayHaveArrived = error.unsent || error.kind === 'redirect' ? '' : '; it may have arrived';
      if (!(error.unsent && error.passing) || attempt === ATTEMPTS) return inWords(`${error.message}${mayHaveArrived}`);
      const isStopped = await sleep(1_000 * attempt, signal).then(
        () => false,
        () => true,
      );
      if (isStopped) return inWords('the run was stopped before it was told');
    }
  }
};

const answerOf = (response: HttpResponse, surface: Surface): Answer => {
  const { status, body } = response;
  if (status >= 200 && status <= 299) return surface.read(response);
  if (status === 429) return refused('too many messages (429)', true);
  if (status >= 500) return refused(`it answered ${status}`, true);
  const said = body.toString('utf8').trim().split('\n')[0] ?? '';
  return refused(`it answered ${status}${said === '' || said.startsWith('<') ? '' : `: ${said}`}`);
};

/** Milliseconds until it may be tried again (RFC 9110, 10.2.3: seconds, or a date); null: not in time. */
const pauseAfter = ({ headers }: HttpResponse, attempt: number, now: Date): number | null => {
  const text = headers['retry-after'] ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  const pause = Number.isNaN(asked) ? 2_000 * attempt : Math.max(asked, 0);
  return pause <= LONGEST_WAIT ? pause : null;
};
