// What only the account's owner can do: nobody but the root account itself can switch a root key off.

import type { Candidate, Decision } from './types.js';

/** https://help.aliyun.com/zh/ram/user-guide/manage-accesskey-pairs ("AccessKey pair of an Alibaba Cloud account") */
const CONSOLE = 'https://ram.console.aliyun.com/manage/ak';

export const rootKeyByHand = ({ accessKeyId, verdict }: Candidate): Decision & { readonly kind: 'by-hand' } => {
  const account = verdict.account ?? 'its account';
  return {
    kind: 'by-hand',
    why: 'A root key can be switched off with credentials of the root account only.',
    steps: [
      `Sign in as the Alibaba Cloud account ${account} itself, not as a RAM user.`,
      `Open ${CONSOLE}, the AccessKey pairs of the account.`,
      `Find ${accessKeyId}, choose Disable, and confirm with the account's MFA or phone.`,
      'Watch for an hour what breaks; then delete it, and give its users RAM users or roles instead.',
    ],
    command: `akscan disable ${accessKeyId} --yes --account ${verdict.account ?? 'UID'} (with credentials of the root account)`,
  };
};
