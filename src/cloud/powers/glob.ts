// Patterns of policies: `*` stands for any run of characters, also none and also of colons and slashes; `?` for any one.

/**
 * Whether all that `text` stands for is matched by `pattern`. Where `text` holds wildcards itself, a yes is certain and a
 * no is not: `a*` covers `a?b*`, and `?*` is not seen to cover `*x`.
 * Takes at most length times length steps.
 */
export const globCovers = (pattern: string, text: string): boolean => {
  let at = 0;
  let read = 0;
  let star = -1;
  let starRead = 0;
  while (read < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      starRead = read;
    } else if (wanted === text[read] || (wanted === '?' && text[read] !== '*')) {
      at++;
      read++;
    } else if (star !== -1) {
      at = star + 1;
      read = ++starRead;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
};

/** Whether there is a text that both patterns match. Takes length times length steps. */
export const globsMeet = (one: string, other: string): boolean => {
  // open[j]: the part of `one` that was read, and the first j characters of `other`, can stand for the same text.
  let open = new Uint8Array(other.length + 1);
  open[0] = 1;
  for (let j = 0; j < other.length && other[j] === '*'; j++) open[j + 1] = 1;
  for (const character of one) {
    const next = new Uint8Array(other.length + 1);
    const isStar = character === '*';
    next[0] = isStar ? (open[0] ?? 0) : 0;
    for (let j = 0; j < other.length; j++) {
      const facing = other[j];
      const stays = isStar || facing === '*';
      const isSame = character === facing || character === '?' || facing === '?';
      next[j + 1] = (stays ? open[j + 1] || next[j] || open[j] : isSame ? open[j] : 0) ? 1 : 0;
    }
    open = next;
  }
  return open[other.length] === 1;
};

/**
 * The same for names of resources, `acs:SERVICE:REGION:ACCOUNT:NAME`, where a wildcard stays in its part: otherwise
 * `acs:ram:*:*:role/a` and `acs:ram:*:*:user/*` would meet in a user whose name ends in `:role/a`.
 */
export const namesMeet = (one: string, other: string): boolean => {
  const parts = partsOf(one);
  const others = partsOf(other);
  if (parts === null || others === null) return globsMeet(one, other);
  return parts.every((part, at) => globsMeet(part, others[at] ?? ''));
};

const partsOf = (name: string): readonly string[] | null => {
  const parts = name.split(':');
  return parts[0] === 'acs' && parts.length >= 5 ? [...parts.slice(0, 4), parts.slice(4).join(':')] : null;
};

/** What stands before the first wildcards does not differ; where it does, neither pattern covers or meets the other. */
export const startsAgree = (one: string, other: string): boolean => {
  for (let at = 0; at < one.length && at < other.length; at++) {
    const left = one[at];
    const right = other[at];
    if (left === '*' || right === '*') return true;
    if (left !== right && left !== '?' && right !== '?') return false;
  }
  return true;
};
