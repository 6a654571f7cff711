import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { member } from './json.ts'
import { runSimulator } from './run-simulator.ts'
import type { RunOptions } from './run-simulator.ts'
import type { Simulator, SimulatorSetting } from './simulator.ts'

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown }

/** A simulator that listens for one test, and ways to call it. */
export type TestSimulator = {
  readonly url: string
  /** A vendor call with the right token. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** A call of the control interface. */
  control(method: string, path: string, body?: unknown): Promise<Answer>
  close(): Promise<void>
}

const TOKEN = 'test-token'

/** Starts a simulator in this process with these seed records. */
export async function startForTest(
  create: (setting: SimulatorSetting) => Simulator,
  seed: readonly unknown[] = [],
  options: Partial<RunOptions> = {},
): Promise<TestSimulator> {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'))
  const seedFile = join(folder, 'seed.jsonl')
  writeFileSync(seedFile, seed.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const running = await runSimulator(create, { pace: 'fast', token: TOKEN, seedFile, ...options })
  return {
    url: running.url,
    call: (method, path, body, headers) => request(running.url + path, method, body, { authorization: `Bearer ${TOKEN}`, ...headers }),
    control: (method, path, body) => request(`${running.url}/_sim/${path}`, method, body, {}),
    async close() {
      await running.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function request(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...(text === undefined ? {} : { body: text }) })
  const answer = await response.text()
  return { status: response.status, headers: response.headers, body: answer === '' ? undefined : (JSON.parse(answer) as unknown) }
}

/** Walks into an answer: `at(answer.body, 'results', 0, 'id')`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((current, step) => {
    if (typeof step === 'string') return member(current, step)
    return Array.isArray(current) ? (current[step] as unknown) : undefined
  }, value)
}

/** A list inside an answer; empty where there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): unknown[] {
  const list = at(value, ...path)
  return Array.isArray(list) ? list : []
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
