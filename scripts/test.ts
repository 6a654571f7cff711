/**
 * `npm test`: everything there is, in order, stopping at the first failure, with the time each step took.
 * Leaves the counts of all test runners in test-results/counts.txt, which the CI prints as its last line.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { addCounts, countsLine, journeyCounts, unitCounts } from './test-counts.ts'

const steps = ['types', 'lint', 'boundaries', 'unit', 'build', 'journeys']

rmSync('test-results', { recursive: true, force: true })
mkdirSync('test-results')

const timings: string[] = []
let failed: string | undefined
for (const name of steps) {
  console.log(`\n── ${name} ──`)
  const started = performance.now()
  const { status } = spawnSync('npm', ['run', '--silent', name], { stdio: 'inherit', shell: process.platform === 'win32' })
  timings.push(`${name} ${((performance.now() - started) / 1000).toFixed(1)} s`)
  if (status !== 0) {
    failed = name
    break
  }
}

const unit = unitCounts('test-results/unit.json')
const journeys = journeyCounts('test-results/journeys.json')
const total = addCounts(unit, journeys)
writeFileSync('test-results/counts.txt', `${countsLine(total)}\n`)
console.log(`\n${timings.join(' · ')}`)
console.log(`unit: ${countsLine(unit)}, ${unit.skipped} skipped · journeys: ${countsLine(journeys)}, ${journeys.skipped} skipped`)
if (failed) console.log(`Stopped: ${failed} failed.`)
process.exit(failed ? 1 : 0)
