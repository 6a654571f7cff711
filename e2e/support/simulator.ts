/** A record as a simulated system really holds it, also what is not visible to readers yet. */
export interface SimulatedRecord {
  id: string
  fields: Record<string, unknown>
  deleted: boolean
  mergedInto: string | null
}

export interface Edit {
  op: 'set' | 'clear' | 'delete'
  object: string
  id: string
  field?: string
  value?: string
  actor: { kind: 'person' | 'workflow' | 'integration'; name: string }
}

export interface Fault {
  match: { method?: string; path: string }
  after?: number
  times?: number
  do: { kind: 'delay'; ms: number } | { kind: 'status'; status: number } | { kind: 'dropResponse' } | { kind: 'retryAfter'; seconds: number }
}

const PAGE = 1000

/** The control interface of one simulated system: what it holds, what a person does there, what goes wrong. */
export class Simulator {
  private readonly url: string

  constructor(url: string) {
    this.url = url
  }

  /** Every living record of an object. */
  async records(object: string): Promise<SimulatedRecord[]> {
    const all: SimulatedRecord[] = []
    for (let after: string | null = ''; after !== null; ) {
      const query: URLSearchParams = new URLSearchParams({ object, limit: String(PAGE), ...(after === '' ? {} : { after }) })
      const answer = await fetch(`${this.url}/_sim/records?${query}`)
      const page = (await answer.json()) as { records: SimulatedRecord[]; next: string | null }
      all.push(...page.records)
      after = page.next ?? null
    }
    return all.filter((record) => !record.deleted && record.mergedInto === null)
  }

  async edit(edit: Edit): Promise<void> {
    await this.post('/_sim/edit', edit)
  }

  /** Replaces what goes wrong; an empty list makes all well. */
  async faults(faults: Fault[]): Promise<void> {
    await this.post('/_sim/faults', faults)
  }

  /** How often one of the faults has happened, or those of one path. */
  async faultsFired(path?: string): Promise<number> {
    const { faults } = (await (await fetch(`${this.url}/_sim/faults`)).json()) as { faults: { fault: Fault; fired: number }[] }
    return faults.filter(({ fault }) => path === undefined || fault.match.path === path).reduce((sum, { fired }) => sum + fired, 0)
  }

  /** From now on requests to these paths are counted as faults that do no harm, so that none passes unseen. */
  async count(...paths: string[]): Promise<void> {
    await this.faults(paths.map((path) => ({ match: { method: 'POST', path }, times: 1000, do: { kind: 'delay', ms: 1 } })))
  }

  private async post(path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${this.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`The simulator refused ${path}: ${await answer.text()}`)
  }
}
