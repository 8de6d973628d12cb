// The root account's keys: what replaces one is a RAM user or a role, and all of it is its owner's to do, in the console.

import { rootKeyByHand } from '../by-hand.js';
import type { Candidate, Decision } from '../types.js';

/** https://help.aliyun.com/zh/ram/user-guide/create-a-ram-user and .../create-an-accesskey-pair */
const USERS = 'https://ram.console.aliyun.com/users';

export const rootByHand = (candidate: Candidate): Decision & { readonly kind: 'by-hand' } => {
  const { steps, command } = rootKeyByHand(candidate);
  const [signIn, ...disable] = steps;
  return {
    kind: 'by-hand',
    why: 'It is a root key: what replaces it is a RAM user or a role, never another root key.',
    steps: [
      ...(signIn === undefined ? [] : [signIn]),
      `Open ${USERS}, create a RAM user for each thing that uses it, with no more policies than that needs, and an AccessKey.`,
      'Deploy those keys; then watch the last use of the root key until it stays where it was for as long as the rarest job takes.',
      ...disable,
    ],
    command,
  };
};
