// Stands in for Node's `url` where the cloud SDK imports it (scripts/virtual-modules.mjs puts it there). The SDK calls the
// old `url.parse`, for which Node 24 prints a warning on every run; it wants no more of it than whether there is a query.

interface Parsed {
  readonly href: string;
  /** Without its question mark; null when there is none. */
  readonly query: string | null;
}

/** @throws TypeError for text that is no absolute URL */
export const parse = (text: string): Parsed => {
  const { href, search } = new URL(text);
  return { href, query: search === '' ? null : search.slice(1) };
};

const { URL, URLSearchParams } = globalThis;

export { URL, URLSearchParams };
