import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { SystemName } from './systems.ts'

/** One record as the simulator itself keeps it. */
export interface Held {
  id: string
  fields: Record<string, unknown>
  deleted: boolean
  history: Record<string, { value: unknown; at: string; actor: { kind: string; name: string } }[]>
}

const token = 'crash-loop'

/** A simulator in a process of its own, at fast pace, with its control interface. */
export class Simulator {
  readonly url: string
  readonly token = token
  private readonly child: ChildProcess

  private constructor(url: string, child: ChildProcess) {
    this.url = url
    this.child = child
  }

  static async start(name: SystemName, seedFile: string): Promise<Simulator> {
    const script = join(import.meta.dirname, '..', '..', 'simulators', name, 'server.ts')
    const child = spawn(process.execPath, [script, '--token', token, '--pace', 'fast', '--seed-file', seedFile], { stdio: ['pipe', 'pipe', 'inherit'] })
    for await (const line of createInterface({ input: child.stdout })) return new Simulator((JSON.parse(line) as { url: string }).url, child)
    throw new Error(`the ${name} simulator ended before it was ready`)
  }

  async records(object: string): Promise<Held[]> {
    const all: Held[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: { records: Held[]; next: string | null } = await this.call('GET', `records?object=${object}&limit=2000&after=${encodeURIComponent(after)}`)
      all.push(...page.records.map((record) => ({ ...record, fields: plain(record.fields), history: plain(record.history) })))
      after = page.next
    }
    return all
  }

  /** Rows that writes brought in so far, whether or not their answer was heard. */
  async rowsTaken(writes: readonly { method: string; path: string }[]): Promise<number> {
    const { entries } = await this.call<{ entries: { method: string; path: string; rows: number; status: number; fault?: string }[] }>('GET', 'log')
    const taken = entries.filter(({ method, path, status, fault }) => writes.some((one) => one.method === method && path.startsWith(one.path)) && fault !== 'reset' && (status === 0 || status < 300))
    return taken.reduce((total, { rows, fault }) => total + (fault === 'half' ? Math.ceil(rows / 2) : rows), 0)
  }

  /** What a person types. */
  async edit(object: string, id: string, field: string, value: string): Promise<void> {
    await this.call('POST', 'edit', { op: 'set', object, id, field, value, actor: { kind: 'person', name: 'Jo Park' } })
  }

  async faults(faults: object[]): Promise<void> {
    await this.call('POST', 'faults', faults)
  }

  async reset(): Promise<void> {
    await this.call('POST', 'reset', {})
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return
    this.child.kill('SIGTERM')
    await once(this.child, 'exit')
  }

  private async call<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}/_sim/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }
}

/** A team's own fields lie in a group at the support desk; definitions name them without it. */
function plain<Value>(fields: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace(/^user_fields\./, ''), value]))
}
