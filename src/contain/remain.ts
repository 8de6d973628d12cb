// What switching a key off does not end: sessions that it started, and what was made with it.
//
// Sessions: https://www.alibabacloud.com/help/en/ram/support/faq-about-ram-roles-and-sts-tokens ("What do I do if an STS
// token is leaked?"): its role's policies are asked at every call, so a Deny attached to the role stops them at once. There
// is no documented condition on when a token was issued: the Deny holds for everybody who uses the role, until detached.

import type { Activity, Power } from '../findings/model.js';
import type { Candidate } from './types.js';

/** Attached to a role, it stops every session of that role. */
export const STOP_ALL = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

export interface Remaining {
  /** One sentence. */
  readonly what: string;
  /** What to do about it, one sentence. */
  readonly todo: string;
  /** A policy to attach, JSON. */
  readonly policy?: string;
}

/** A session lasts 12 hours at most, whatever its role allows. */
const LONGEST_MS = 12 * 3_600_000;

const MAY_HAND_ON: readonly Power[] = ['everything', 'administrator', 'ram-write', 'assume-roles'];

/** @param offAt when the key stopped working */
export const remainingOf = ({ verdict }: Candidate, offAt: Date): readonly Remaining[] => {
  const { activity, powers } = verdict;
  const latest = new Date(offAt.getTime() + LONGEST_MS).toISOString().slice(0, 16).replace('T', ' ');
  if (activity === undefined) {
    const could = powers === undefined || powers.some((power) => MAY_HAND_ON.includes(power));
    if (!could) return [];
    return [
      {
        what: `Sessions that it started go on until ${latest} UTC at the latest, and what was made with it stays.`,
        todo: 'Run akscan verify with --activity on this ID: it lists both.',
      },
    ];
  }
  return [...sessions(activity, offAt, latest), ...made(activity), ...unread(activity, latest)];
};

const sessions = ({ created }: Activity, offAt: Date, latest: string): readonly Remaining[] =>
  created
    .filter(({ kind, until }) => kind === 'session' && (until === undefined || Date.parse(until) > offAt.getTime()))
    .map(({ name, until }) => ({
      what: `A session of the role ${name} goes on until ${until === undefined ? `${latest} UTC at the latest` : `${until.slice(0, 16).replace('T', ' ')} UTC`}.`,
      todo: `Attach a policy that denies everything to the role ${name} until then; it stops all who use the role.`,
      policy: STOP_ALL,
    }));

const TODO: Readonly<Partial<Record<Activity['created'][number]['kind'], string>>> = {
  'access-key': 'Switch it off as well:',
  user: 'Remove the RAM user, or its keys and its password.',
  login: 'Take the password back (DeleteLoginProfile).',
  role: 'Remove the role, or what it trusts.',
  policy: 'Take the policy back to the version before, or remove it.',
  group: 'Remove the group.',
  attachment: 'Detach it.',
  instance: 'Stop it, and look at what it did.',
};

const made = ({ created }: Activity): readonly Remaining[] =>
  created
    .filter(({ kind }) => kind !== 'session')
    .map(({ kind, name, at, accessKeyId }) => {
      const todo = TODO[kind] ?? 'Look at it.';
      return {
        what: `Made with it at ${at}: ${kind === 'access-key' ? 'an AccessKey' : kind} ${name}.`,
        todo: accessKeyId === undefined ? todo : `${todo} akscan disable ${accessKeyId}`,
      };
    });

const unread = ({ complete, leftOut }: Activity, latest: string): readonly Remaining[] =>
  complete && leftOut === undefined
    ? []
    : [
        {
          what: `Not all of its events were read: there may be more sessions, until ${latest} UTC at the latest, and more that was made.`,
          todo: 'Read ActionTrail for this AccessKey ID.',
        },
      ];
