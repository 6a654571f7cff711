import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '../src/platform/project-root.ts'
import { buildCommandLine } from './build-cli.ts'

const folder = join(projectRoot, 'out', `cli-test-${process.pid}`)
beforeAll(() => buildCommandLine(folder))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('is the command line, and notes of which files', () => {
  const run = (...words: string[]): string => execFileSync(process.execPath, [join(folder, 'main.js'), ...words], { encoding: 'utf8', stdio: 'pipe' })
  expect(run('--help')).toContain('activations list')
  // The engine is there too, and says what it finds.
  expect(() => run('-w', join(folder, 'nothing-here'), 'activations', 'list')).toThrow(/There is no workspace in/)
  const inputs = (JSON.parse(readFileSync(join(folder, 'inputs.json'), 'utf8')) as [string, number, number][]).map(([path]) => path)
  expect(inputs).toEqual(expect.arrayContaining(['package-lock.json', 'src/cli/main.ts', 'src/engine/planning/build/build-plan.ts']))
})
