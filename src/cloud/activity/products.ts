// Which services a key was last used with, in every region and for 400 days: what tells that there is more to see than the
// events of one region. ActionTrail is an hour behind with it.
// https://www.alibabacloud.com/help/en/actiontrail/developer-reference/api-actiontrail-2020-07-06-getaccesskeylastusedproducts

import { type Body, isoTime, type Reading, records, text } from '../body.js';
import { regionIn, type Span, type TrailEvent, unpacked } from './events.js';

export interface Product {
  /** As in events: `Ecs`. */
  readonly service: string;
  /** ISO 8601, whole seconds. */
  readonly last: string;
  /** Where the last use was; null when it is not said. */
  readonly region: string | null;
}

/** Latest first; what is not understood is left out. */
export const readProducts = (body: Body): Reading<readonly Product[]> => {
  const listed = records(body['Products']);
  if (listed === null) return 'malformed';
  const products = listed.flatMap((item) => {
    const service = text(item['ServiceName']);
    const last = isoTime(Number(item['UsedTimestamp']));
    return service === null || last === null ? [] : [{ service, last, region: regionIn(unpacked(item['Detail'])) }];
  });
  return { value: products.sort((a, b) => (a.last < b.last ? 1 : a.last > b.last ? -1 : 0)).slice(0, MOST) };
};

const MOST = 100;

/** Services and regions that are named in a sentence. */
const NAMED = 3;

/**
 * @param region the one whose events were read
 * @returns whole sentences: what it was used for in that time of which there are no events here, and where to ask for them
 */
export const elsewhere = (
  products: readonly Product[],
  events: readonly TrailEvent[],
  span: Span,
  region: string,
): readonly string[] => {
  const seen = new Set(events.map(({ service }) => service.toLowerCase()));
  const unseen = products.filter(({ service, last, region: where }) => {
    const time = Date.parse(last);
    if (time < span.from || time > span.to) return false;
    return !seen.has(service.toLowerCase()) || (where !== null && where !== region && !isGlobal(service));
  });
  const others = unseen.map(elsewhereOf(region));
  const known = [...new Set(others.filter((other) => other !== null))].slice(0, NAMED);
  const services = (of: string | null): string => {
    const names = unseen.filter((_, index) => others[index] === of).map(({ service }) => service);
    return names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ` and ${names.length - NAMED} more` : '');
  };
  return [
    ...known.map((other) => `It was used with ${services(other)}, whose events ${other} may have: ${askThere(other)}.`),
    ...(others.includes(null) ? [`It was used with ${services(null)}, of which ${region} has no events.`] : []),
  ];
};

const askThere = (region: string): string =>
  `ask there with --endpoint actiontrail=https://actiontrail.${region}.aliyuncs.com`;

/** Services without regions. */
const isGlobal = (service: string): boolean => /^(?:ram|ims|sts)$/i.test(service);

/**
 * Events of global services are stored in one of two regions. Which one, GetGlobalEventsStorageRegion tells those who asked
 * Alibaba Cloud for the right to call it: nearly nobody, so that it is not called.
 */
const GLOBAL_REGIONS = ['ap-southeast-1', 'cn-hangzhou'] as const;

const elsewhereOf =
  (region: string) =>
  (product: Product): string | null => {
    if (isGlobal(product.service)) return GLOBAL_REGIONS.find((global) => global !== region) ?? null;
    return product.region === region ? null : product.region;
  };
