// What is in a folder and no file, in words. Fits what `stat` gives and what a folder lists.

interface Kinds {
  isFIFO(): boolean;
  isSocket(): boolean;
}

export const specialName = (kinds: Kinds): string => {
  if (kinds.isFIFO()) return 'a pipe';
  if (kinds.isSocket()) return 'a socket';
  return 'a device';
};
