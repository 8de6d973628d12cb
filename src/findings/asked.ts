// Which findings the cloud may be asked about.

import type { Finding } from './model.js';

/** Our own rules, and IDs given by hand: what a user's rule finds is somebody else's, and Alibaba Cloud is not to see it. */
const OURS = /^(?:alibaba-|given$)/;

/** Without an ID there is nothing to ask about. */
export const mayBeAsked = ({ rule, accessKeyId }: Pick<Finding, 'rule' | 'accessKeyId'>): boolean =>
  accessKeyId !== null && OURS.test(rule);
