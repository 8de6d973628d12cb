// One result of another scanner, whatever its form: the values it says it found, the text around them, and where. Their
// reports are anybody's: nothing in them is believed to be of a type before it was looked at.

export const SCANNERS = ['gitleaks', 'betterleaks', 'trufflehog', 'kingfisher', 'sarif'] as const;

export type Scanner = (typeof SCANNERS)[number];

export interface ForeignRecord {
  readonly scanner: Scanner;
  /** Sets of values that belong together: an ID, its secret, its token, in any order. */
  readonly sets: readonly (readonly string[])[];
  /** Text that may hold an ID, and its secret beside it. */
  readonly texts: readonly string[];
  /** A value whose rule speaks of Alibaba; the secret of an ID in the same file, it may be. */
  readonly lone: string | null;
  /** The repository, where one is named. */
  readonly target: string;
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
  readonly commit: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of what may be an object. */
export const member = (value: unknown, ...names: readonly string[]): unknown => {
  let within: unknown = value;
  for (const name of names) {
    if (!isObject(within) || !Object.hasOwn(within, name)) return undefined;
    within = within[name];
  }
  return within;
};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The first of them that is a text, and not empty. */
export const textOf = (...values: readonly unknown[]): string | null => {
  const found = values.find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : null;
};

export const textsOf = (...values: readonly unknown[]): readonly string[] =>
  values.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));

/** A line or a column; 1 where there is none. */
export const positive = (value: unknown): number => {
  const number = typeof value === 'string' && /^[0-9]{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 1 ? number : 1;
};

/** Whether a rule's name says that what it finds is Alibaba Cloud's. */
export const speaksOfAlibaba = (rule: string | null): boolean => rule !== null && /ali(?:baba|yun|cloud)/i.test(rule);
