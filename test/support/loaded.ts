// No configuration, ignore file or baseline.

import type { Loaded } from '../../src/config/load.js';

export const NONE_LOADED: Loaded = {
  configuration: {},
  file: null,
  root: '/nonexistent',
  ignore: [],
  ignoreFile: '.akscanignore',
  baseline: new Set(),
  baselineFile: '.akscan-baseline',
  notes: [],
};
