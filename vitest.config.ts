import { defineConfig } from 'vitest/config'

const tests = ['src/**/*.test.{ts,tsx}', 'simulators/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts']
const integrationTests = tests.map((pattern) => pattern.replace('.test.', '.integration.test.'))

export default defineConfig({
  test: {
    pool: 'threads',
    passWithNoTests: true,
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: tests, exclude: integrationTests, testTimeout: 20_000, hookTimeout: 30_000 },
      },
      {
        extends: true,
        test: { name: 'integration', include: integrationTests, testTimeout: 180_000, hookTimeout: 120_000 },
      },
    ],
  },
})
