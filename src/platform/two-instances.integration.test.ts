import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../engine/storage/database.ts'

const SCRIPT = join(import.meta.dirname, 'testing', 'own-workspace.ts')

interface Started {
  kind: string
  child: ChildProcess
  ended: Promise<void>
}

let folder: string
const started: Started[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-two-'))
})
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all(started.splice(0).map(({ ended }) => ended))
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<Started> {
  const child = spawn(process.execPath, [SCRIPT, join(folder, 'state')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const kind = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve))
  const one = { kind, child, ended }
  started.push(one)
  return one
}

function owners(): unknown {
  const database = openDatabase(join(folder, 'state'), 1)
  try {
    expect(database.integrityProblems(true)).toEqual([])
    return database.get("SELECT value FROM sequence WHERE name = 'owners'")
  } finally {
    database.close()
  }
}

it('lets exactly one of several processes that start at once own a new workspace', async () => {
  const all = await Promise.all([start(), start(), start(), start()])
  expect(all.map(({ kind }) => kind).sort()).toEqual(['owned', 'owned', 'owned', 'owner'])
  expect(owners()).toEqual({ value: 1 })
})

it('hands the workspace on when its owner ends, and when its owner is killed', async () => {
  const first = await start()
  expect((await start()).kind).toBe('owned')
  first.child.stdin?.end()
  await first.ended
  const second = await start()
  expect(second.kind).toBe('owner')
  second.child.kill('SIGKILL')
  await second.ended
  expect((await start()).kind).toBe('owner')
  expect(owners()).toEqual({ value: 3 })
})
