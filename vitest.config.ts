import { defineConfig } from 'vitest/config'

const tests = ['src/**/*.test.{ts,tsx}', 'simulators/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts']
const integrationTests = tests.map((pattern) => pattern.replace('.test.', '.integration.test.'))

// One arena of the C library is walked in a tenth of the time that one for each thread takes: half the time of the planning tests.
process.env['MALLOC_ARENA_MAX'] = '1'

export default defineConfig({
  test: {
    // A process each: DuckDB gives freed memory back after every database it closes, and walks all of the process for it.
    pool: 'forks',
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
