// Tells people where they talk that there are new live keys: once a run, and only when there are some. That somebody could
// not be told is said, and is a fault of the run; it never ends it.

import { randomUUID } from 'node:crypto';
import { reasonOf } from '../../errors.js';
import { type Delivery, deliver, sleep } from './deliver.js';
import { messageOf } from './message.js';
import { keyNews, type News } from './news.js';
import type { Surface, ToTell } from './surface.js';
import { dingtalk } from './surfaces/dingtalk.js';
import { feishu } from './surfaces/feishu.js';
import { slack } from './surfaces/slack.js';
import { webhook } from './surfaces/webhook.js';
import { wecom } from './surfaces/wecom.js';
import type { NotifyKind, NotifyTarget } from './target.js';

export interface Notified {
  /** As it was named: `dingtalk:security`. */
  readonly target: string;
  readonly ok: boolean;
  /** One sentence; null when it was told. */
  readonly reason: string | null;
}

const SURFACES: Readonly<Record<NotifyKind, Surface>> = { dingtalk, feishu, lark: feishu, wecom, slack, webhook };

/**
 * @param deps `signal` ends it early; the rest is the clock
 * @returns an entry for each target, in their order; none when there is nothing to tell. Never throws
 */
export const notify = async (
  targets: readonly NotifyTarget[],
  news: News,
  { signal, ...clock }: Pick<Delivery, 'signal'> & Partial<Delivery>,
): Promise<readonly Notified[]> => {
  if (news.newLive.length === 0) return [];
  const distinct = [...new Map(targets.map((target) => [target.label, target])).values()];
  return Promise.all(
    distinct.map(async (target): Promise<Notified> => {
      const delivery: Delivery = { signal, now: () => new Date(), sleep, ...clock };
      const reason = await deliver(target, SURFACES[target.kind], toldOf(news), delivery).catch(reasonOf);
      return { target: target.label, ok: reason === null, reason };
    }),
  );
};

const toldOf = ({ newLive, ...news }: News): ToTell => {
  const keys = keyNews(newLive);
  return { news, keys, message: messageOf(news, keys), id: randomUUID() };
};
