// The kernel's exports. Everything is raw memory: no classes, no garbage collector.
export { addAnchor, clearAnchors, countLines, search } from './search';
export { hasWord, wordTables } from './words';

/** First address the host may use: everything below belongs to the kernel. */
export function heapBase(): usize {
  return __heap_base;
}
