/** One record as the simulated system holds it, whatever anybody else believes. */
export interface HeldRecord {
  id: string
  fields: Record<string, unknown>
  deleted: boolean
  history: Record<string, { value: unknown; at: string; actor: { kind: string; name: string } }[]>
}

export type Snapshot = Map<string, HeldRecord>

/** The control interface of one simulator: what a person sees and types in that system. */
export class SimulatedSystem {
  private readonly url: string

  constructor(url: string) {
    this.url = url
  }

  /** Every record of an object. */
  async records(object: string): Promise<Snapshot> {
    const records: Snapshot = new Map()
    for (let after: string | null = ''; after !== null; ) {
      const page: { records: HeldRecord[]; next: string | null } = await this.call('GET', `records?object=${object}&limit=2000&after=${encodeURIComponent(after)}`)
      for (const record of page.records) records.set(record.id, { ...record, fields: underPlainNames(record.fields), history: underPlainNames(record.history) })
      after = page.next
    }
    return records
  }

  /** What a person types into one field. */
  async type(object: string, id: string, field: string, value: unknown, person: string): Promise<void> {
    await this.call('POST', 'edit', { op: 'set', object, id, field, value, actor: { kind: 'person', name: person } })
  }

  /** Requests so far, except those of this control interface. */
  async requests(): Promise<{ method: string; path: string; rows: number; status: number | null }[]> {
    return (await this.call<{ entries: { method: string; path: string; rows: number; status: number | null }[] }>('GET', 'log')).entries
  }

  private async call<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}/_sim/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }
}

/** Zendesk keeps a team's own fields in a group of their own; definitions name them without it. */
function underPlainNames<Value>(fields: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace(/^user_fields\./, ''), value]))
}
