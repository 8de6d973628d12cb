// Puts our transport below Alibaba Cloud's SDK, as the bundle does (scripts/virtual-modules.mjs): in tests the SDK is
// loaded by Node itself, which knows no aliases, so the module is put where `require('httpx')` looks first.

import { createRequire } from 'node:module';
import * as httpx from '../../src/cloud/transport/httpx.js';

const require = createRequire(import.meta.url);
// As the SDK itself would find it.
const file = createRequire(require.resolve('@alicloud/credentials')).resolve('httpx');
require.cache[file] = Object.assign(Object.create(null), {
  id: file,
  filename: file,
  loaded: true,
  exports: Object.assign(Object.create(null), { __esModule: true, ...httpx }),
  children: [],
  paths: [],
});
