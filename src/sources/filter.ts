// --include and --exclude: picomatch globs over paths relative to the target. A glob without a slash is matched against
// the name at any depth, and one that names a folder covers what is in it, as people expect from .gitignore.

export interface Filter {
  /** Whether the path is to be read. */
  admits(path: string): boolean;
}

const EVERYTHING: Filter = { admits: () => true };

export const createFilter = async (include: readonly string[], exclude: readonly string[]): Promise<Filter> => {
  if (include.length === 0 && exclude.length === 0) return EVERYTHING;
  const { default: picomatch } = await import('picomatch');
  const options = { dot: true, nonegate: true };
  const matcher = (globs: readonly string[]): ((path: string) => boolean) =>
    picomatch(
      globs.flatMap((glob) => {
        const bare = glob.replace(/^\.?\/+/, '').replace(/\/+$/, '');
        const anywhere = glob.replace(/\/+$/, '').includes('/') ? bare : `**/${bare}`;
        return [anywhere, `${anywhere}/**`];
      }),
      options,
    );
  const wanted = include.length === 0 ? () => true : matcher(include);
  const unwanted = exclude.length === 0 ? () => false : matcher(exclude);
  return { admits: (path) => wanted(path) && !unwanted(path) };
};
