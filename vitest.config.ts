import { defineConfig } from 'vitest/config'

const tests = ['src/**/*.test.{ts,tsx}', 'simulators/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts']
const integrationTests = tests.map((pattern) => pattern.replace('.test.', '.integration.test.'))

export default defineConfig({
  test: {
    pool: 'threads',
    // Most of the time the tests wait for files and other processes, so that both of two cores are used.
    maxWorkers: 2,
    passWithNoTests: true,
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: tests, exclude: integrationTests, testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        test: { name: 'integration', include: integrationTests, testTimeout: 240_000, hookTimeout: 180_000 },
      },
    ],
  },
})
