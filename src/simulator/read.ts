// A request off the wire, as the scheme that it is signed in.

import { Refusal } from './refusal.js';
import type { OpenRequest, RawRequest, SignedRequest } from './request.js';
import { isUnsigned, readOpen, readV1 } from './v1.js';
import { readV3 } from './v3.js';

/** @throws Refusal for a request that is signed in neither way, in both, or against the rules of its own */
export const readRequest = (raw: RawRequest): SignedRequest | OpenRequest => {
  if (raw.method !== 'GET' && raw.method !== 'POST') {
    throw new Refusal(405, 'UnsupportedHTTPMethod', 'This http method is not supported.');
  }
  // The APIs live at the root; an absolute target or one with two slashes would name another host.
  if (!/^\/(?:\?|$)/.test(raw.target)) {
    throw new Refusal(404, 'InvalidAction.NotFound', 'The specified action is not found.');
  }
  if (raw.headers.authorization === undefined) return isUnsigned(raw) ? readOpen(raw) : readV1(raw);
  const request = readV3(raw);
  if (request.parameters['Signature'] !== undefined) {
    throw new Refusal(400, 'IncompleteSignature', 'The request is signed in two ways.');
  }
  return request;
};
