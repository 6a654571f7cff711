import { existsSync, readFileSync } from 'node:fs'

export type TestCounts = { passed: number; failed: number; skipped: number }

const none: TestCounts = { passed: 0, failed: 0, skipped: 0 }

/** The totals of vitest's JSON report; zeros where the runner never got to write one. */
export function unitCounts(file: string): TestCounts {
  if (!existsSync(file)) return none
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
    testResults: { status: string; assertionResults: unknown[] }[]
  }
  // A file that cannot be loaded fails without a single test in it: it counts as one failure.
  const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** The totals of Playwright's JSON report; a test that passed on a retry counts as passed. */
export function journeyCounts(file: string): TestCounts {
  if (!existsSync(file)) return none
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    errors: unknown[]
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped }
}

export function addCounts(one: TestCounts, other: TestCounts): TestCounts {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed, skipped: one.skipped + other.skipped }
}

export function countsLine({ passed, failed }: TestCounts): string {
  return `${passed} passed, ${failed} failed`
}
