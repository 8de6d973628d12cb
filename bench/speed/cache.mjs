// What is measured on is made once and kept: the same from the same description, made anew when that changes.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A folder that `build` has filled, now or in an earlier run.
 * @param recipe all that decides what the folder holds; a changed recipe is built again
 */
export const cached = async (cache, name, recipe, build) => {
  const folder = path.join(cache, name);
  const stamp = `${folder}.json`;
  const wanted = JSON.stringify(recipe);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  rmSync(stamp, { force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build(folder);
  writeFileSync(stamp, wanted);
  return folder;
};

/** The same, gone after `use`: for what is too large to be kept. */
export const temporary = async (cache, name, build, use) => {
  const folder = path.join(cache, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await build(folder);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
