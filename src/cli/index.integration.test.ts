import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'

/** A project in which the sources and what was built of them say which of them runs. */
let project: string
const start = (): string => execFileSync(process.execPath, [join(project, 'src', 'cli', 'index.js')], { encoding: 'utf8' })
const noteInputs = (): void => {
  const { mtimeMs, size } = statSync(join(project, 'src', 'cli', 'main.ts'))
  writeFileSync(join(project, 'out', 'cli', 'inputs.json'), JSON.stringify([['src/cli/main.ts', mtimeMs, size]]))
}
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'lockstep-built-'))
  mkdirSync(join(project, 'src', 'cli'), { recursive: true })
  mkdirSync(join(project, 'out', 'cli'), { recursive: true })
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  copyFileSync(join(import.meta.dirname, 'index.js'), join(project, 'src', 'cli', 'index.js'))
  writeFileSync(join(project, 'src', 'cli', 'main.ts'), "console.log('sources' as string)")
  writeFileSync(join(project, 'out', 'cli', 'main.js'), "console.log('built')")
})

it('runs what was built of the sources only while they are as they were', () => {
  noteInputs()
  expect(start()).toBe('built\n')
  writeFileSync(join(project, 'src', 'cli', 'main.ts'), "console.log('changed' as string)")
  expect(start()).toBe('changed\n')
})

it('runs the sources where nothing was built, or what was built does not say of what', () => {
  expect(start()).toBe('sources\n')
  writeFileSync(join(project, 'out', 'cli', 'inputs.json'), '[["src/cli/gone.ts", 1, 1]]')
  expect(start()).toBe('sources\n')
  writeFileSync(join(project, 'out', 'cli', 'inputs.json'), 'half a fi')
  expect(start()).toBe('sources\n')
})
