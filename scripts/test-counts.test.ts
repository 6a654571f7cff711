import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addCounts, countsLine, journeyCounts, unitCounts } from './test-counts.ts'

const folder = mkdtempSync(join(tmpdir(), 'lockstep-counts-'))

function report(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}

it('adds what both runners report, and counts a test file that could not be loaded as a failure', () => {
  const unit = report('unit.json', {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  })
  const journeys = report('journeys.json', { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 1 }, errors: [] })
  const total = addCounts(unitCounts(unit), journeyCounts(journeys))
  expect(total).toEqual({ passed: 9, failed: 2, skipped: 3 })
  expect(countsLine(total)).toBe('9 passed, 2 failed')
})

it('counts nothing where a runner never started', () => {
  expect(unitCounts(join(folder, 'absent.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 })
})
