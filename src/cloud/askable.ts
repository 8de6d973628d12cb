// Whether a credential may be sent at all: text that would not survive in a header, or a temporary key without the token
// that it is nothing without, is not.

import type { CredentialToVerify } from './types.js';

export const isId = (text: string): boolean => /^[\w.-]{8,128}$/.test(text);

/** What STS issues; such a key is in no account's list. */
export const isTemporary = (accessKeyId: string): boolean => accessKeyId.startsWith('STS.');

const LOOK = 'Look at the place where it was found.';

/** @returns why it is not sent and what to do; null when it may be */
export const unaskable = ({ accessKeyId, secret, token }: CredentialToVerify): string | null => {
  if (!isId(accessKeyId)) return `This text is no AccessKey ID, and was not sent. ${LOOK}`;
  if (secret !== null && !/^[\w+/=.-]{8,128}$/.test(secret))
    return `The secret holds characters that no secret has; it was not tried. ${LOOK}`;
  if (token !== null && !/^[\w+/=.-]{1,16384}$/.test(token))
    return `The security token is no token; it was not tried. ${LOOK}`;
  if (isTemporary(accessKeyId) && token === null) {
    return 'A temporary key cannot be asked about without its security token, which was not found. Look for it near the key.';
  }
  return null;
};
