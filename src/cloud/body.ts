// Reading members of a successful answer. Nothing is trusted to be there: a body of another shape is `malformed`, which is
// a fault and never a word about a key.

export type Body = Readonly<Record<string, unknown>>;

/** `none`: a well-formed answer that there is no such thing. */
export type Reading<T> = { readonly value: T } | 'none' | 'malformed';

/** A member that should be an object; an empty one where it is not. */
export const record = (value: unknown): Body => (typeof value === 'object' && value !== null ? (value as Body) : {});

/** A member that should be a list of objects; null where it is none. */
export const records = (value: unknown): readonly Body[] | null => (Array.isArray(value) ? value.map(record) : null);

/** Names end up in reports and terminals: no control characters, no novels. */
export const text = (value: unknown): string | null =>
  typeof value === 'string' && /^[^\x00-\x1f\x7f]{1,256}$/.test(value) ? value : null;

/** Whole seconds: the sources know no more. */
export const isoTime = (milliseconds: number): string | null =>
  milliseconds > 0 && milliseconds < 8.64e15 ? `${new Date(milliseconds).toISOString().slice(0, 19)}Z` : null;
