import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, listAt, pause } from './kit/testing.ts'

let folder: string
let child: ChildProcess | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'))
  mkdirSync(join(folder, '.lockstep', 'simulators'), { recursive: true })
  const seed = { object: 'contacts', id: '101', fields: { customer_id: 'C1', tier: 'gold' }, at: '2026-01-01T00:00:00Z' }
  writeFileSync(join(folder, '.lockstep', 'simulators', 'crm.seed.jsonl'), `${JSON.stringify(seed)}\n`)
})

afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a script of the simulators and waits for its one line. */
async function run(script: string, ...args: string[]): Promise<unknown> {
  child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('No pipes')
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).once('line', (line) => resolve(JSON.parse(line)))
    let complaint = ''
    stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString()
    })
    child?.once('exit', (code) => reject(new Error(`Ended with ${String(code)}: ${complaint}`)))
  })
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    if (!child || child.exitCode !== null) resolve()
    else child.once('exit', () => resolve())
  })
}

async function isGone(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const answered = await fetch(`${url}/_sim/log`).then(() => true, () => false)
    if (!answered) return true
    await pause(50)
  }
  return false
}

const file = () => join(folder, '.lockstep', 'simulators.json')

describe('starting all simulators', () => {
  it('prints their addresses in one line, keeps tokens in a private file, and stops them all on a signal', async () => {
    const line = await run('./start.ts', '--dir', folder, '--pace', 'fast')
    const urls = ['crm', 'support', 'marketing'].map((name) => String(at(line, name, 'url')))
    expect(Object.keys(line as object)).toEqual(['crm', 'support', 'marketing'])
    expect(JSON.stringify(line)).not.toContain('token')
    const known: unknown = JSON.parse(readFileSync(file(), 'utf8'))
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(at(known, 'support', 'email')).toContain('@')
    const read = await fetch(`${urls[0]}/crm/v3/objects/contacts/101`, { headers: { authorization: `Bearer ${String(at(known, 'crm', 'token'))}` } })
    expect(read.status).toBe(200)
    child?.kill('SIGTERM')
    await ended()
    expect(child?.exitCode).toBe(0)
    for (const url of urls) expect(await isGone(url)).toBe(true)
    expect(existsSync(file())).toBe(false)
  })

  it('stops when the process that started it is gone', async () => {
    const line = await run('./start.ts', '--dir', folder, '--pace', 'fast')
    await pause(350)
    child?.stdin?.end()
    await ended()
    expect(await isGone(String(at(line, 'crm', 'url')))).toBe(true)
  })

  it('leaves no simulator behind when it is killed', async () => {
    const line = await run('./start.ts', '--dir', folder, '--pace', 'fast')
    child?.kill('SIGKILL')
    await ended()
    for (const name of ['crm', 'support', 'marketing']) expect(await isGone(String(at(line, name, 'url')))).toBe(true)
  })
})

describe('one simulator', () => {
  it('goes on where it stopped, also after a crash', async () => {
    const args = ['--token', 'T', '--pace', 'fast', '--state', join(folder, 'state'), '--seed-file', join(folder, '.lockstep', 'simulators', 'crm.seed.jsonl')]
    const first = String(at(await run('./crm/server.ts', ...args), 'url'))
    const write = (url: string, inputs: unknown[]) =>
      fetch(`${url}/crm/v3/objects/contacts/batch/upsert`, { method: 'POST', headers: { authorization: 'Bearer T' }, body: JSON.stringify({ inputs }) })
    await write(first, [
      { idProperty: 'customer_id', id: 'C1', properties: { tier: 'silver' } },
      { idProperty: 'customer_id', id: 'C2', properties: { tier: 'gold' } },
    ])
    const before = await (await fetch(`${first}/_sim/records?object=contacts`)).json()
    child?.kill('SIGKILL')
    await ended()
    const second = String(at(await run('./crm/server.ts', ...args), 'url'))
    const after: unknown = await (await fetch(`${second}/_sim/records?object=contacts`)).json()
    expect(after).toEqual(before)
    expect(listAt(after, 'records')).toHaveLength(2)
    await fetch(`${second}/_sim/reset`, { method: 'POST' })
    const reset: unknown = await (await fetch(`${second}/_sim/records?object=contacts`)).json()
    expect(listAt(reset, 'records').map((record) => at(record, 'fields', 'tier'))).toEqual(['gold'])
  })

  it('names the file and line of a seed that it cannot read', async () => {
    const seedFile = join(folder, 'bad.jsonl')
    writeFileSync(seedFile, '{"object":"contacts","id":"1","fields":{}}\n{"object":"contacts","id":"2","fields":{"tier":"tin"}}\n')
    await expect(run('./crm/server.ts', '--token', 'T', '--seed-file', seedFile)).rejects.toThrow(/bad\.jsonl, line 2: tier/)
  })
})
