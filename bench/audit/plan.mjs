// What an organisation is made of, before any of it is written: which repositories there are, how they hang together, and
// where which key is planted. All of it follows from the seed.
import { L, randomness } from '../detection/values.mjs';

/**
 * Shares of all repositories (0 to 1) but for `commits` (from, to; most have few) and `keys` (credentials for each repository).
 * @typedef {object} Shapes
 * @property {number} forks copies that say whose fork they are, with commits of their own
 * @property {number} copies the objects of another repository, and nothing that says so
 * @property {number} empty
 * @property {number} broken a damaged or cut pack, or a ref to an object that is not there
 * @property {number} lfs
 * @property {number} large ten times the most commits
 * @property {readonly [number, number]} commits
 * @property {number} keys
 */

/** @type {Shapes} */
export const MIXED = {
  forks: 0.12,
  copies: 0.04,
  empty: 0.02,
  broken: 0.02,
  lfs: 0.02,
  large: 0.01,
  commits: [1, 120],
  keys: 0.3,
};

/** Where a key can be planted, and the least commits that takes. */
const STORIES = ['head', 'history', 'several', 'rotated', 'branch', 'head', 'two-secrets', 'tag', 'message', 'history'];
const RARE = ['unreachable', 'pull-request'];

const SUBJECTS = ['pay', 'order', 'user', 'media', 'search', 'report', 'gateway', 'device', 'message', 'stock'];
const ROLES = ['service', 'web', 'admin', 'sdk', 'tools', 'jobs', 'infra', 'docs', 'worker', 'mobile'];

/** @param {{ seed: number, repositories: number, shapes?: Partial<Shapes> }} wanted */
export const planOrganisation = ({ seed, repositories, shapes = {} }) => {
  const shape = { ...MIXED, ...shapes };
  const r = randomness(seed);
  const list = planRepositories(r, repositories, shape);
  return { repositories: list, planted: planKeys(r, list, Math.round(shape.keys * repositories)) };
};

const planRepositories = (r, count, shape) => {
  const kinds = ['fork', 'copy', 'empty', 'broken', 'lfs'].flatMap((kind, at) => {
    const share = [shape.forks, shape.copies, shape.empty, shape.broken, shape.lfs][at];
    return Array.from({ length: share === 0 ? 0 : Math.max(1, Math.round(share * count)) }, () => kind);
  });
  const special = kinds.slice(0, Math.max(0, count - 2));
  const ordinary = Array.from({ length: count - special.length }, () => 'ordinary');
  const order = r.shuffle([...special, ...ordinary]);
  const sources = order.flatMap((kind, index) => (kind === 'ordinary' ? [index] : []));
  return order.map((kind, index) => ({
    name: `${r.pick(SUBJECTS)}-${r.pick(ROLES)}-${index}`,
    kind,
    /** What decides its contents, whoever writes it first. */
    seed: r.int(1, 2 ** 30),
    of: kind === 'fork' || kind === 'copy' ? r.pick(sources) : null,
    commits: kind === 'empty' ? 0 : kind === 'fork' ? r.int(1, 5) : kind === 'copy' ? 0 : commitsOf(r, kind, shape),
    /** Seconds: the first commit's. Repositories of the last nine years. */
    began: r.int(1_480_000_000, 1_760_000_000),
  }));
};

/** As many small ones as middle ones: the logarithm is drawn evenly. */
const commitsOf = (r, kind, { commits: [from, to], large }) => {
  if (kind === 'ordinary' && r.chance(large)) return to * 10;
  // A pack is damaged in its middle: there must be one.
  const least = kind === 'broken' ? 60 : from;
  return Math.max(least, Math.round(Math.exp(r.next() * Math.log(Math.max(to, least) / from)) * from));
};

/** @returns {{ id: string, secret: string, story: string, at: { repository: number, path: string | null, where: string }[] }[]} */
const planKeys = (r, list, count) => {
  const may = (...kinds) => list.flatMap(({ kind }, index) => (kinds.includes(kind) ? [index] : []));
  const own = may('ordinary', 'lfs');
  const anywhere = may('ordinary', 'lfs', 'fork');
  const planted = [];
  for (let turn = 0; planted.length < count; turn += 1) {
    const story = turn % 6 === 5 ? RARE[(turn - 5) % 12 === 0 ? 0 : 1] : STORIES[turn % STORIES.length];
    const add = (pair, at) => planted.push({ ...pair, story, at });
    const path = `${r.word()}/${r.word()}-${planted.length}${r.pick(Object.keys(FORMS))}`;
    const pair = newPair(r);
    switch (story) {
      case 'several':
        add(
          pair,
          r
            .shuffle(anywhere)
            .slice(0, r.int(2, 5))
            .map((repository) => ({ repository, path, where: r.pick(['head', 'history']) })),
        );
        break;
      case 'rotated': {
        const repository = r.pick(own);
        add(pair, [{ repository, path, where: 'replaced' }]);
        add(newPair(r), [{ repository, path, where: 'replacing' }]);
        break;
      }
      case 'two-secrets':
        add(pair, [{ repository: r.pick(anywhere), path, where: 'head' }]);
        add({ ...newPair(r), id: pair.id }, [
          { repository: r.pick(anywhere), path: `other/${path}`, where: 'history' },
        ]);
        break;
      case 'head':
      case 'history':
        add(pair, [{ repository: r.pick(anywhere), path, where: story }]);
        break;
      default:
        add(pair, [{ repository: r.pick(own), path: story === 'message' ? null : path, where: story }]);
    }
  }
  return planted;
};

/** A pair of today, with letters of each class in its secret: what is tested is the audit, not what counts as a secret. */
export const newPair = (r) => {
  for (;;) {
    const secret = r.base58(30);
    if (/\d/.test(secret) && /[a-z]/.test(secret) && /[A-Z]/.test(secret))
      return { id: `${L}5t${r.base58(18)}`, secret };
  }
};

/** How a pair is written in a file of a name. */
export const FORMS = {
  '.properties': ({ id, secret }) => `oss.accessKeyId=${id}\noss.accessKeySecret=${secret}\n`,
  '.yaml': ({ id, secret }) => `oss:\n  access_key_id: ${id}\n  access_key_secret: ${secret}\n`,
  '.json': ({ id, secret }) => `{\n  "accessKeyId": "${id}",\n  "accessKeySecret": "${secret}"\n}\n`,
  '.env': ({ id, secret }) => `ALIBABA_CLOUD_ACCESS_KEY_ID=${id}\nALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret}\n`,
};
