// An error as the API writes it: status, code, sentence, and the envelope around them, in JSON or XML.

import { randomUUID } from 'node:crypto';

export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Further members of the envelope, such as AccessDeniedDetail. */
    readonly detail: Readonly<Record<string, unknown>> = {},
    /** In milliseconds, for a request that came too early. */
    readonly retryAfterMs: number | undefined = undefined,
  ) {
    super(message);
  }
}

/** @param host the server's own name */
export const envelope = (refusal: Refusal, host: string, requestId: string): Readonly<Record<string, unknown>> => ({
  RequestId: requestId,
  HostId: host,
  Code: refusal.code,
  Message: refusal.message,
  Recommend: `https://api.aliyun.com/troubleshoot?q=${refusal.code}`,
  ...refusal.detail,
});

export const newRequestId = (): string => randomUUID().toUpperCase();

/** Nested objects become nested elements; enough for errors and flat answers. */
export const asXml = (root: string, value: Readonly<Record<string, unknown>>): string =>
  `<?xml version='1.0' encoding='UTF-8'?>${element(root, value)}`;

const element = (name: string, value: unknown): string => {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, item]) => element(key, item))
          .join('')
      : escaped(String(value));
  return `<${name}>${inner}</${name}>`;
};

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));
