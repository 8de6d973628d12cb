// Where each API is asked: the public hosts, the user's own (`--endpoint`, AKSCAN_ENDPOINT_*), never a scanned
// repository's. A private cloud or a simulated one has hosts of its own.

import { AkscanError } from '../errors.js';
import { isLoopback } from './transport/loopback.js';
import type { Reroute } from './transport/scope.js';
import type { Endpoints, Service } from './types.js';

/**
 * Public hosts. RAM, IMS and STS are central, Security Center has one host for mainland China. ActionTrail is regional; events of RAM and STS keys can be asked for in
 * its default region. (https://api.aliyun.com/product, endpoints of each product)
 */
const PUBLIC: Readonly<Record<Service, string>> = {
  ram: 'https://ram.aliyuncs.com',
  ims: 'https://ims.aliyuncs.com',
  sts: 'https://sts.aliyuncs.com',
  actiontrail: 'https://actiontrail.cn-hangzhou.aliyuncs.com',
  sas: 'https://tds.aliyuncs.com',
};

export const SERVICES = ['ram', 'ims', 'sts', 'actiontrail', 'sas'] as const satisfies readonly Service[];

export type ResolvedEndpoints = Readonly<Record<Service, URL>>;

/**
 * What the command line said wins over the environment, the environment over the public hosts.
 * @throws AkscanError for an address that is no URL, has a path, or would send signatures in the clear
 */
export const resolveEndpoints = (given: Endpoints, env: NodeJS.ProcessEnv): ResolvedEndpoints => {
  const resolved = (service: Service): URL => {
    const variable = `AKSCAN_ENDPOINT_${service.toUpperCase()}`;
    const own = given[service];
    if (own !== undefined) return parsed(own, `--endpoint ${service}`);
    const fromEnv = env[variable];
    return fromEnv ? parsed(fromEnv, variable) : new URL(PUBLIC[service]);
  };
  return {
    ram: resolved('ram'),
    ims: resolved('ims'),
    sts: resolved('sts'),
    actiontrail: resolved('actiontrail'),
    sas: resolved('sas'),
  };
};

/** STS by its public names: central, of a region, and for use from inside a VPC. */
const STS_HOST = /^sts(?:-vpc)?(?:\.[a-z0-9-]+)?\.aliyuncs\.com$/;

/**
 * The user's own STS is asked for roles' sessions, too. The SDK knows it by its public names only; a host that a profile
 * names stays.
 */
export const rerouteSts =
  ({ sts }: ResolvedEndpoints): Reroute =>
  (url) => {
    if (sts.href === new URL(PUBLIC.sts).href || !STS_HOST.test(url.hostname)) return url;
    const there = new URL(url);
    there.protocol = sts.protocol;
    there.host = sts.host;
    // Setting a host that names no port keeps the one before.
    there.port = sts.port;
    return there;
  };

const EXAMPLE = 'Give a scheme and a host, such as https://ram.example.com.';

const parsed = (text: string, from: string): URL => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new AkscanError(`${from}: "${printable(text)}" is not a URL.`, EXAMPLE);
  }
  if (url.username !== '' || url.password !== '') {
    throw new AkscanError(`${from}: an endpoint takes no user name or password.`, EXAMPLE);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new AkscanError(`${from}: "${printable(text)}" is neither https:// nor http://.`, EXAMPLE);
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new AkscanError(`${from}: "${printable(text)}" has more than a host; the APIs live at /.`, EXAMPLE);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new AkscanError(
      `${from}: ${url.origin} is plain HTTP, which is spoken to this machine only.`,
      'Use https://, or a loopback address.',
    );
  }
  return url;
};

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
