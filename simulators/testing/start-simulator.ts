import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A simulator in a process of its own, as a test sees it: an address, a token and the control interface. */
export interface StartedSimulator {
  readonly url: string
  readonly token: string
  records(object: string): Promise<ShownRecord[]>
  edit(edit: unknown): Promise<unknown>
  faults(faults: unknown[]): Promise<void>
  log(): Promise<{ method: string; path: string; rows: number; status: number | null }[]>
  reset(): Promise<void>
  stop(): Promise<void>
}

export interface ShownRecord {
  readonly id: string
  readonly keys: Record<string, string>
  readonly fields: Record<string, unknown>
  readonly deleted: boolean
  readonly mergedInto: string | null
}

export interface StartOptions {
  readonly pace?: 'vendor' | 'fast'
  readonly seedFile?: string
  /** The simulator's own limits by name, in place of the vendor's. */
  readonly limits?: Readonly<Record<string, number>>
}

const TOKEN = 'test-token'

/** Starts one simulator for a test; it ends with the test's process or with `stop`. */
export async function startSimulator(name: 'crm' | 'support' | 'marketing' | 'bulk', options: StartOptions = {}): Promise<StartedSimulator> {
  const args = ['--token', TOKEN, '--pace', options.pace ?? 'fast']
  if (options.seedFile !== undefined) args.push('--seed-file', options.seedFile)
  if (options.limits !== undefined) args.push('--limits', JSON.stringify(options.limits))
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../${name}/server.ts`, import.meta.url)), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const line = await firstLine(child.stdout)
  const { url } = JSON.parse(line) as { url: string }

  async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${url}/_sim/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const answer = (await response.json()) as T & { error?: string }
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.error ?? response.status}`)
    return answer
  }

  return {
    url,
    token: TOKEN,
    async records(object) {
      const all: ShownRecord[] = []
      let after: string | null = ''
      do {
        const page: { records: ShownRecord[]; next: string | null } = await call('GET', `records?object=${object}&after=${after}&limit=1000`)
        all.push(...page.records)
        after = page.next
      } while (after !== null)
      return all
    },
    edit: (edit) => call('POST', 'edit', edit),
    async faults(faults) {
      await call('POST', 'faults', faults)
    },
    log: async () => (await call<{ entries: { method: string; path: string; rows: number; status: number | null }[] }>('GET', 'log')).entries,
    async reset() {
      await call('POST', 'reset')
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

async function firstLine(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) return line
  throw new Error('The simulator ended before it was ready')
}
