// A real browser for what is shown in one: Debian's Chromium, or whatever Chromium is on the PATH. Where there is none the
// tests are skipped, unless AKSCAN_CHROMIUM=required says that there must be (.ci/run does).

import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** @returns null where there is no browser and none is required */
export const openBrowser = async (): Promise<Browser | null> => {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
  if (found === undefined) {
    if (process.env['AKSCAN_CHROMIUM'] === 'required') throw new Error('no Chromium on the PATH, and one is required');
    return null;
  }
  // Its sandbox refuses root, as whom containers run. What is opened is a file of our own making.
  return chromium.launch({ executablePath: found, chromiumSandbox: process.getuid?.() !== 0 });
};
