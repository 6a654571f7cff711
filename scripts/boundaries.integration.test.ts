import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { engineFloors, floorOfEveryFolder, floorRules, noCycles } from '../engine-floors.ts'

let project: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'lockstep-boundaries-'))
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

/** The rules that these files break. */
async function broken(files: Record<string, string>): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  const { output } = await cruise(['src'], { baseDir: project, validate: true, ruleSet: { forbidden: [...floorRules, floorOfEveryFolder, noCycles] }, tsPreCompilationDeps: true })
  if (typeof output === 'string') throw new Error(output)
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))].sort()
}

it('lets arrows between floors go down, and refuses one that goes up, of types too', async () => {
  const low = 'export interface Low { a: string }\n'
  expect(await broken({ 'src/engine/values/low.ts': low, 'src/engine/planning/high.ts': "import type { Low } from '../values/low.ts'\nexport type High = Low\n" })).toEqual([])
  expect(await broken({ 'src/engine/values/up.ts': "import type { High } from '../planning/high.ts'\nexport type Up = High\n" })).toEqual(['floor-of-values'])
})

it('refuses an arrow between two folders of one floor, and one to the engine above them', async () => {
  expect(await broken({ 'src/engine/execution/run.ts': 'export type Run = string\n', 'src/engine/planning/plan.ts': "import type { Run } from '../execution/run.ts'\nexport type Plan = Run\n" })).toEqual(['floor-of-planning'])
  expect(await broken({ 'src/engine/engine.ts': 'export type Engine = string\n', 'src/engine/planning/plan.ts': "import type { Engine } from '../engine.ts'\nexport type Plan = Engine\n" })).toEqual(['floor-of-planning'])
})

it('refuses a circle of types, and a folder that has no floor', async () => {
  expect(await broken({ 'src/engine/values/one.ts': "import type { Two } from './two.ts'\nexport type One = Two\n", 'src/engine/values/two.ts': "import type { One } from './one.ts'\nexport type Two = One | string\n" })).toEqual(['no-cycles'])
  expect(await broken({ 'src/engine/somewhere/new.ts': "import type { One } from '../values/one.ts'\nexport type New = One\n" })).toContain('engine-folder-without-floor')
})

it('knows every folder of the engine, each once', () => {
  const folders = readdirSync(join(import.meta.dirname, '..', 'src', 'engine'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'testing').map(({ name }) => name)
  expect(engineFloors.flat().toSorted()).toEqual(folders.toSorted())
})
