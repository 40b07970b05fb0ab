import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/ledger-app/**/*.test.ts'],
          // Some work through hundreds of drawn pictures; a busy machine takes several times as long.
          testTimeout: 30_000,
          // They start no browser and leave nothing behind: both cores work, and what a file imports stays loaded
          // for the next (444 s -> 218 s on two cores).
          maxWorkers: '100%',
          isolate: false,
        },
      },
      {
        test: {
          // Real browsers and processes on two cores: one file at a time, generous deadlines.
          name: 'system',
          include: [
            'test/browser/**/*.test.ts',
            'test/cli/**/*.test.ts',
            'test/targets/cheetah-grid.test.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          // A browser on a starved machine may miss a deadline once; what fails twice is a failure.
          retry: 1,
        },
      },
      {
        test: {
          // Applications nobody here wrote; some need Debian packages: `node scripts/targets/install.mjs`.
          name: 'targets',
          include: ['test/targets/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
