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
          // They start no browser: both cores work (444 s -> 332 s on two), where vitest's default leaves one idle.
          maxWorkers: '100%',
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
