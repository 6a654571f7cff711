import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scriptedWarehouse } from '../../testing/scripted-source.ts'
import { fileBenches, scriptedBench } from '../../testing/source-benches.ts'
import { sources } from '../registry.ts'
import type { SourceBench } from './bench.ts'
import { sourceCases } from './cases.ts'

const benches: Readonly<Record<string, (folder: string) => SourceBench>> = {
  ...fileBenches,
  scripted: (folder) => scriptedBench(folder, scriptedWarehouse()),
}

describe.each(Object.entries(benches))('%s', (_id, benchIn) => {
  let folder: string
  let bench: SourceBench
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-source-'))
    bench = benchIn(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(sourceCases)('$name', ({ run }) => run(bench))
})

it('every kind of source has its bench', () => {
  expect(sources.map(({ id }) => id).filter((id) => !(id in benches))).toEqual([])
})
