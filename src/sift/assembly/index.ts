// The sift kernel's exports: it lists folders and reads files by itself, through the system calls that WASI gives it, and
// searches what it reads. The host is asked nothing about a file that holds no anchor, which is nearly every file.
//
//   folders ──► list.ts ──► names of files ──► sift.ts: open, read, search, close ──► counted
//      ▲           │  folders in the folder                     │
//      └───────────┘                                            │ an anchor, or no common file
//                  │ no common folder                           ▼
//                  └────────────────────────────► the host looks at it itself      (walk.ts)
export { addAnchor, clearAnchors } from '../../kernel/assembly/search';
export { FOLDERS, FOLDERS_ROOM, LEFT, NAMES, NAMES_ROOM, PATH, UNLISTED } from './memory';
export { closeRoot } from './wasi';
export { begin, bytes, files, folder, foldersEnd, leftEnd, links, names, namesEnd, unlistedEnd, walk } from './walk';

/** First address the host may use: everything below belongs to the kernel. */
export function heapBase(): usize {
  return __heap_base;
}
