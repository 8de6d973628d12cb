// An organisation to audit, and the forge it lies on. What is in it is written by bench/audit/organisation.mjs, which knows
// what it planted because it planted it: nothing of akscan is asked.

// @ts-expect-error a plain script that imports nothing of ours
import * as written from '../../bench/audit/organisation.mjs';

export interface Place {
  readonly repository: string;
  /** Null: in a commit's message. */
  readonly path: string | null;
  /** `history`: was once on the main branch. What is `unreachable` is in the folder only: it travels in no clone. */
  readonly where: 'head' | 'history' | 'branch' | 'tag' | 'message' | 'pull-request' | 'unreachable';
}

export interface Planted {
  readonly id: string;
  readonly secret: string;
  /** `several`: in more than one repository. `two-secrets`: the ID stands elsewhere with another. */
  readonly story: 'several' | 'rotated' | 'two-secrets' | Place['where'];
  readonly places: readonly Place[];
}

export interface Made {
  /** Without `.git`. */
  readonly name: string;
  readonly folder: string;
  readonly kind: 'ordinary' | 'fork' | 'copy' | 'empty' | 'broken' | 'lfs';
  /** What a fork was forked from; a copy does not say. */
  readonly parent: string | null;
  /** Whose objects a fork or copy has. */
  readonly source: string | null;
  /** Seconds since 1970: before its first commit. */
  readonly began: number;
}

export interface Organisation {
  readonly folder: string;
  readonly repositories: readonly Made[];
  readonly planted: readonly Planted[];
}

/** Shares of all repositories, from 0 to 1, but for the last two. */
export interface Shapes {
  readonly forks: number;
  readonly copies: number;
  readonly empty: number;
  readonly broken: number;
  readonly lfs: number;
  /** With ten times the most commits. */
  readonly large: number;
  /** From and to; most have few. */
  readonly commits: readonly [number, number];
  /** Credentials for each repository. */
  readonly keys: number;
}

/** Writes `folder/NAME.git` for each repository: some 15 ms each. The same from the same seed. */
export const buildOrganisation: (wanted: {
  readonly folder: string;
  readonly seed: number;
  readonly repositories: number;
  readonly shapes?: Partial<Shapes>;
}) => Promise<Organisation> = written.buildOrganisation;

/** A week later: commits on top of some repositories, keys in the first of them, and keys replaced in place. */
export const growOrganisation: (
  organisation: Organisation,
  wanted: {
    readonly seed: number;
    readonly repositories: number;
    readonly keys: number;
    readonly rotated: number;
  },
) => Promise<Organisation> = written.growOrganisation;

/** How the organisation is read, which decides what can be seen of it. */
export type Way = 'folder' | 'clone' | 'clone-with-pull-requests';

const HIDDEN: Readonly<Record<Way, readonly Place['where'][]>> = {
  folder: [],
  clone: ['unreachable', 'pull-request'],
  'clone-with-pull-requests': ['unreachable'],
};

/** What an audit has to find, a line for each: `ID SECRET in REPOSITORY, REPOSITORY`, sorted. */
export const expected = ({ planted }: Organisation, way: Way): readonly string[] =>
  planted
    .flatMap(({ id, secret, places }) => {
      const seen = places.filter(({ where }) => !HIDDEN[way].includes(where)).map(({ repository }) => repository);
      return seen.length === 0 ? [] : [line(id, secret, seen)];
    })
    .sort();

/** The parts of a finding that say what was found and where. */
interface Found {
  readonly accessKeyId: string | null;
  readonly secret: string | null;
  readonly target: string;
  readonly occurrences: readonly { readonly target?: string }[];
}

/** What was found, in the same lines; the findings must show their secrets. */
export const found = (findings: readonly Found[]): readonly string[] =>
  findings
    .map(({ accessKeyId, secret, target, occurrences }) =>
      line(
        accessKeyId ?? '-',
        secret ?? '-',
        occurrences.map((occurrence) => repositoryOf(occurrence.target ?? target)),
      ),
    )
    .sort();

const line = (id: string, secret: string, repositories: readonly string[]): string =>
  `${id} ${secret} in ${[...new Set(repositories)].sort().join(', ')}`;

/** The name of the repository in a path or an address. */
export const repositoryOf = (target: string): string => /([^/]+?)(?:\.git)?\/*$/.exec(target)?.[1] ?? target;
