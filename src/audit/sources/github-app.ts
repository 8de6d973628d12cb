// A GitHub App instead of a person's token: its key signs a token for itself, which GitHub changes for one of the installation
// at an organisation, good for an hour. @octokit/auth-app does both, keeps the second and renews it before it ends.

import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { wait } from '../../cloud/limiter.js';
import { AkscanError } from '../../errors.js';
import { createApi } from './api.js';
import { fieldsOf, idOf } from './fields.js';
import { fetchBy, quiet } from './forges/octokit-fetch.js';
import { homeOf, type Place } from './places.js';
import { refusalOf } from './refusal.js';
import type { Exchange } from './types.js';

export interface App {
  readonly id: string;
  readonly privateKey: string;
  /** Null: the one of the organisation that is asked for. */
  readonly installation: string | null;
  readonly place: Place;
}

/** What the environment says of an App for that host; null when nothing. */
export const appIn = (env: NodeJS.ProcessEnv, host: string): App | null => {
  const id = (env['GITHUB_APP_ID'] ?? '').trim();
  if (id === '') return null;
  const place = homeOf('github', env);
  if (host !== place.api.host && !place.origins.some((origin) => new URL(origin).host === host)) return null;
  const installation = (env['GITHUB_APP_INSTALLATION_ID'] ?? '').trim();
  return { id, privateKey: keyIn(env), installation: installation === '' ? null : installation, place };
};

const keyIn = (env: NodeJS.ProcessEnv): string => {
  const file = env['GITHUB_APP_PRIVATE_KEY_FILE'] ?? '';
  let text = env['GITHUB_APP_PRIVATE_KEY'] ?? '';
  if (text === '' && file !== '') {
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      throw new AkscanError(`GITHUB_APP_PRIVATE_KEY_FILE cannot be read: ${file}`, 'Name the .pem file of the App.');
    }
  }
  try {
    // Many keep it on one line. GitHub's own form (PKCS #1) is not the one that it is signed with.
    const key = createPrivateKey(text.replaceAll('\\n', '\n'));
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    throw new AkscanError(
      `GITHUB_APP_ID is set, and ${text === '' ? 'its private key is not' : 'what is given as its private key is none'}`,
      'Set GITHUB_APP_PRIVATE_KEY to the text of the .pem file, or GITHUB_APP_PRIVATE_KEY_FILE to its path.',
    );
  }
};

type Deps = Pick<Exchange, 'signal' | 'http'> & Partial<Exchange>;

interface Installations {
  token(owner: string, deps: Deps): Promise<string>;
}

/** One for each App: what it holds is kept for as long as it is good. */
const known = new Map<string, Promise<Installations>>();

/** @throws Refusal when the App is not installed there, or GitHub does not know it */
export const installationToken = async (app: App, owner: string, deps: Deps): Promise<string> => {
  const key = `${app.place.api.href} ${app.id} ${app.installation ?? ''}`;
  let installations = known.get(key);
  if (installations === undefined) {
    installations = open(app);
    known.set(key, installations);
    installations.catch(() => known.delete(key));
  }
  return (await installations).token(owner, deps);
};

const open = async (app: App): Promise<Installations> => {
  const [{ createAppAuth }, { Octokit }] = await Promise.all([import('@octokit/auth-app'), import('@octokit/core')]);
  const { api: base, host } = app.place;
  // Whoever asks now; what is kept outlives a run.
  let current: Exchange | null = null;
  const asking = (): Exchange => {
    if (current === null) throw new Error('nobody asks');
    return current;
  };
  const exchange: Exchange = {
    get signal() {
      return asking().signal;
    },
    get progress() {
      return asking().progress;
    },
    get wait() {
      return asking().wait ?? wait;
    },
    http: (request, limits) => asking().http(request, limits),
  };
  const asked = { host, variable: 'GITHUB_APP_PRIVATE_KEY', wanted: 'GITHUB_APP_ID and the key that belongs to it' };
  const api = createApi({ base, headers: async () => ({}), asked }, exchange);
  const { request } = new Octokit({
    baseUrl: base.href.replace(/\/$/, ''),
    request: { fetch: fetchBy(api, () => 'the installation of the App') },
    log: quiet,
  });
  const auth = createAppAuth({
    appId: app.id,
    privateKey: app.privateKey,
    log: quiet,
    request,
  });
  const ids = new Map<string, Promise<string>>();
  const find = async (owner: string): Promise<string> => {
    const { token } = await auth({ type: 'app' });
    const what = `an installation of the App at ${owner}`;
    const path = `users/${encodeURIComponent(owner)}/installation`;
    const response = await api.request('GET', path, { headers: { authorization: `Bearer ${token}` } });
    const id = response.status === 200 ? idOf(fieldsOf(JSON.parse(response.body.toString('utf8')))['id']) : null;
    if (id === null) throw api.refusal(response, what);
    return id;
  };
  return {
    token: async (owner, deps) => {
      current = { progress: { update: () => {} }, ...deps };
      let id = ids.get(owner.toLowerCase());
      if (id === undefined) {
        id = app.installation === null ? find(owner) : Promise.resolve(app.installation);
        ids.set(owner.toLowerCase(), id);
        id.catch(() => ids.delete(owner.toLowerCase()));
      }
      try {
        const installationId = Number(await id);
        return (await auth({ type: 'installation', installationId })).token;
      } catch (error) {
        deps.signal.throwIfAborted();
        throw refusalOf(error);
      }
    },
  };
};
