import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
// @ts-expect-error a plain script shared with the build
import { alias, forVite } from './scripts/virtual-modules.mjs';

export default defineConfig({
  plugins: [forVite()],
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/temporary-folder.ts'],
    // One core more than by default: most of what takes time waits for git, a server or another akscan.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // CommonJS as Node and the bundle give it, not smoothed over.
    deps: { interopDefault: false },
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/*/assembly/**'] },
  },
});
