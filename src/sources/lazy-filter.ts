// The filter of paths, loaded only when there is something to filter: globs take longer to load than a small scan.

import type { Filter } from './filter.js';

export const filterFor = async (include: readonly string[], exclude: readonly string[]): Promise<Filter> => {
  if (include.length === 0 && exclude.length === 0) return { admits: () => true, admitsAll: true };
  const { createFilter } = await import('./filter.js');
  return createFilter(include, exclude);
};
