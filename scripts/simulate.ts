/**
 * `npm run simulate -- --seeds 2000 [--from N]`: plays execution through as many seeded worlds, each with its own faults,
 * and checks the invariants against the simulated destination. `--seed N` replays one with its trace.
 * The last line is "seeds N faults N recoveries N violations N"; exit 1 when anything was violated.
 */
import { parseArgs } from 'node:util'
import { playSeed } from '../src/engine/testing/simulation/one-seed.ts'
import type { SeedResult } from '../src/engine/testing/simulation/one-seed.ts'

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' }, seed: { type: 'string' } } })
const first = wholeNumber('--from', values.seed ?? values.from)
const seeds = values.seed === undefined ? wholeNumber('--seeds', values.seeds) : 1
const progressEvery = 250

const total = { faults: 0, recoveries: 0, violations: 0 }
const failed: number[] = []
for (let seed = first; seed < first + seeds; seed += 1) {
  const result = await playSeed(seed, { keepTrace: values.seed !== undefined })
  total.faults += result.faults
  total.recoveries += result.recoveries
  total.violations += result.violations.length
  if (values.seed !== undefined) show(result)
  if (result.violations.length > 0) {
    failed.push(seed)
    // Playing it again with its trace costs nothing, and is what a person needs next.
    if (values.seed === undefined && failed.length === 1) show(await playSeed(seed, { keepTrace: true }))
  }
  if ((seed - first + 1) % progressEvery === 0 && seeds > progressEvery) console.log(`${seed - first + 1} seeds played, ${failed.length} failed`)
}
if (failed.length > 0) console.log(`Failed seeds: ${failed.join(', ')}. Replay one with --seed N, and add it to src/engine/testing/simulation/known-seeds.ts.`)
console.log(`seeds ${seeds} faults ${total.faults} recoveries ${total.recoveries} violations ${total.violations}`)
process.exit(total.violations > 0 ? 1 : 0)

function show({ seed, character, trace, traceHash, violations }: SeedResult): void {
  for (const line of trace) console.log(line)
  console.log(`seed ${seed}, destination "${character}", trace ${traceHash}`)
  for (const { invariant, words } of violations) console.log(`${invariant}: ${words}`)
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0) return number
  console.error(`${option} takes a whole number, not ${text}.`)
  process.exit(2)
}
