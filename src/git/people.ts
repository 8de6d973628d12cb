// Who wrote a commit or tag, and when, as the object itself says (gitformat-commit).

export interface Authorship {
  /** `Name <address>`. */
  readonly author?: string;
  /** ISO 8601 with its zone. */
  readonly date?: string;
}

/** Of the `author` line of a commit or the `tagger` line of a tag; empty when it is malformed or absent. */
export const authorshipOf = (object: Buffer): Authorship => {
  const end = object.indexOf('\n\n');
  const header = textOf(object.subarray(0, end < 0 ? object.length : end));
  const line = /^(?:author|tagger) (.*)$/m.exec(header)?.[1];
  if (line === undefined) return {};
  const match = /^(.*) (-?\d{1,15}) ([+-]\d{4})$/.exec(line);
  if (match === null) return { author: line };
  const date = isoDate(Number(match[2]), match[3] ?? '+0000');
  return { author: match[1] ?? '', ...(date === null ? {} : { date }) };
};

/** The object a tag stands for, when it is a commit. */
export const taggedCommit = (tag: Buffer): string | null =>
  /^object ([0-9a-f]{40,64})\ntype commit\n/.exec(tag.toString('latin1', 0, 256))?.[1] ?? null;

/** @param zone `+0800` */
const isoDate = (seconds: number, zone: string): string | null => {
  const sign = zone.startsWith('-') ? -1 : 1;
  const minutes = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)));
  const local = new Date((seconds + minutes * 60) * 1_000);
  if (Number.isNaN(local.getTime())) return null;
  return `${local.toISOString().slice(0, -5)}${zone.slice(0, 3)}:${zone.slice(3)}`;
};

const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') ? bytes.toString('latin1') : text;
};
