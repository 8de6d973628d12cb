// Which product an API version is; a version is enough to tell the simulated ones apart.

import { actiontrail } from './actiontrail.js';
import { ims } from './ims.js';
import type { Product } from './operation.js';
import { ram } from './ram.js';
import { sas } from './sas.js';
import { sts } from './sts.js';

export const products: ReadonlyMap<string, Product> = new Map([
  ['2015-04-01', sts],
  ['2015-05-01', ram],
  ['2019-08-15', ims],
  ['2020-07-06', actiontrail],
  ['2018-12-03', sas],
]);
