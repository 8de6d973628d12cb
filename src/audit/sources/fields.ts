// Reading what a forge sent: JSON of a stranger. What has not the expected shape is as if it were not there; addresses are
// taken only from hosts that they may point to.

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const listOf = (value: unknown): readonly Fields[] | null => (Array.isArray(value) ? value.map(fieldsOf) : null);

/** One line without control characters, not longer than any name is. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' &&
  value !== '' &&
  value.length <= 2_000 &&
  !/[\p{Cc}\p{Surrogate}\u2028\u2029]/u.test(value)
    ? value
    : null;

/** A number or another short name that a forge gives to what it keeps. */
export const idOf = (value: unknown): string | null => {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && /^[\w.-]{1,64}$/.test(text) ? text : null;
};

export const flagOf = (value: unknown): boolean => value === true;

/** Kilobytes; what is negative, broken or huge beyond belief is not known. */
export const sizeOf = (value: unknown, perKilobyte = 1): number | null => {
  const size = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof size === 'number' && size >= 0 && size < Number.MAX_SAFE_INTEGER ? Math.ceil(size / perKilobyte) : null;
};

/** ISO 8601, in UTC; numbers are milliseconds since 1970. */
export const dateOf = (value: unknown): string | null => {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

export const visibilityOf = (value: unknown): 'public' | 'internal' | 'private' | null =>
  value === 'public' || value === 'internal' || value === 'private' ? value : null;

/**
 * An address that a forge gave, without user, password, query and fragment.
 * @param origins of which its own has to be one, `https://git.example.com`; null when it is not
 */
export const addressOf = (value: unknown, origins: readonly string[]): string | null => {
  if (typeof value !== 'string' || value.length > 4_000 || !URL.canParse(value)) return null;
  const url = new URL(value);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || !origins.includes(url.origin)) return null;
  return `${url.origin}${url.pathname}`;
};
