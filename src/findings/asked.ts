// Which findings the cloud may be asked about.

import type { Finding } from './model.js';

/** Our own rules, and IDs given by hand: what a user's rule finds is somebody else's, and Alibaba Cloud is not to see it. */
const OURS = /^(?:alibaba-|given$)/;

/** From another scanner's report: its rules may take anything for an AccessKey, so the ID must have the shape of one. */
const IMPORTED = /^imported-/;
const SHAPE = /^(?:LTAI[0-9A-Za-z]{12}(?:[0-9A-Za-z]{8})?|STS\.[0-9A-Za-z]{20,28})$/;

/** Other clouds have an STS as well: `STS.GetCallerIdentityRequest` is the name of a class. */
const CLASS = /^STS\.(?:[A-Z]{1,5}[a-z]{2,})+[0-9]{0,3}$/;

/** The lengths and letters of rules/*.yml. */
export const hasIdShape = (text: string): boolean => SHAPE.test(text) && !CLASS.test(text);

/** Without an ID there is nothing to ask about. */
export const mayBeAsked = ({ rule, accessKeyId }: Pick<Finding, 'rule' | 'accessKeyId'>): boolean =>
  accessKeyId !== null && (OURS.test(rule) || (IMPORTED.test(rule) && hasIdShape(accessKeyId)));
