// What a person calls a source: `github:acme`, `gitlab:https://git.example.com/group`, `dir:.`, `list:FILE`, an address.

import { AkscanError } from '../../errors.js';
import { forTerminal } from '../../report/escape.js';
import { decoded, type GitUrl, looksLikeUrl, parseGitUrl } from './git-url.js';

export type ForgeName = 'github' | 'gitlab' | 'gitee' | 'gitea' | 'codeup' | 'bitbucket';

export interface ForgeSpec {
  readonly kind: 'forge';
  readonly forge: ForgeName;
  /** A forge of one's own, `https://git.example.com`; null: the forge's own, or what the environment names. */
  readonly origin: string | null;
  /** Organisation, user, group or workspace. Empty: everything there. */
  readonly owner: string;
  readonly text: string;
}

export type SourceSpec =
  | ForgeSpec
  | { readonly kind: 'folder'; readonly path: string; readonly text: string }
  | { readonly kind: 'list'; readonly file: string; readonly text: string }
  | ({ readonly kind: 'url'; readonly text: string } & GitUrl);

const FORGES: ReadonlySet<string> = new Set(['github', 'gitlab', 'gitee', 'gitea', 'codeup', 'bitbucket']);
const isForge = (name: string): name is ForgeName => FORGES.has(name);

/** Where everything of an own server may be meant. */
const WHOLE: ReadonlySet<ForgeName> = new Set(['codeup', 'bitbucket', 'gitea']);

const HINT =
  'Write github:ORG, gitlab:GROUP, gitee:ORG, gitea:ORG, codeup:ORG, bitbucket:WORKSPACE, dir:PATH, list:FILE or the address of a repository.';

/** @throws AkscanError for what is none of these */
export const parseSpec = (text: string): SourceSpec => {
  const [, prefix = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  if (isForge(prefix)) return forgeSpec(prefix, rest, text);
  if (prefix === 'dir' || prefix === 'list') {
    if (rest === '' || rest.includes('\0')) throw new AkscanError(`${prefix}: needs a path`, `Write ${prefix}:PATH.`);
    return prefix === 'dir' ? { kind: 'folder', path: rest, text } : { kind: 'list', file: rest, text };
  }
  if (looksLikeUrl(text)) {
    const url = parseGitUrl(text);
    return { kind: 'url', ...url, text: url.url };
  }
  throw new AkscanError(`"${shown(text)}" is not a source of repositories`, HINT);
};

const forgeSpec = (forge: ForgeName, rest: string, text: string): ForgeSpec => {
  if (!/^https?:\/\//i.test(rest)) return { kind: 'forge', forge, origin: null, owner: ownerOf(forge, rest), text };
  if (!URL.canParse(rest))
    throw new AkscanError(`${forge}: is followed by what is not a URL`, `Write ${forge}:https://HOST/NAME.`);
  const url = new URL(rest);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new AkscanError(
      `${forge}:${url.origin} is followed by more than a name`,
      'Take user, password and query out, and give the token in the environment (docs/audit-sources.md).',
    );
  }
  const path = decoded(url.pathname.replace(/^\/+|\/+$/g, ''));
  const owner = path === '' && WHOLE.has(forge) ? '' : ownerOf(forge, path);
  return { kind: 'forge', forge, origin: url.origin, owner, text: `${forge}:${url.origin}/${owner}` };
};

/** A name as forges allow it: no spaces, nothing that ends a path or climbs out of it. GitLab's groups hold groups. */
const ownerOf = (forge: ForgeName, name: string): string => {
  const names = name.replace(/^@/, '').replace(/\/+$/, '').split('/');
  const isName = (each: string): boolean => /^[^\p{Cc}\s?#%\\:]{1,255}$/u.test(each) && !/^(?:-|\.{1,2}$)/.test(each);
  if (!names.every(isName))
    throw new AkscanError(`"${shown(`${forge}:${name}`)}" names no organisation`, `Write ${forge}:NAME.`);
  if (names.length > 1 && forge !== 'gitlab') {
    throw new AkscanError(
      `"${shown(`${forge}:${name}`)}" names more than an organisation`,
      'One repository is given by its address; of an organisation, --include-repo chooses.',
    );
  }
  return names.join('/');
};

/** What stands before an @ may be a password, mistyped as it is: it is not repeated. */
const shown = (text: string): string => {
  const bare = text.replace(/^.*@(?=.)/s, '…@');
  return forTerminal(bare.length > 80 ? `${bare.slice(0, 80)}…` : bare);
};
