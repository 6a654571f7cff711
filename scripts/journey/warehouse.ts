import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'yaml'

/** A row of the audience, as the warehouse has it. */
export type SourceRow = Record<string, unknown> & { customer_id: string }

/** What of an activation's file decides which values end up where. */
export interface Activation {
  id: string
  segment?: string
  destination: { connection: 'crm' | 'support' | 'marketing'; object: string }
  match: { identity?: string; column: string; field: string; normalise?: string }
  mode: string
  authority?: string
  fields: Mapping[]
}

export interface Mapping {
  from: string
  to: string
  authority?: string
  trim?: boolean
  values?: Record<string, string>
  onInvalid?: string
}

/** The segments of the sample once more, written by hand: the journey must not ask the product who is in them. */
const segments: Record<string, string> = {
  'active-customers': `status = 'active'`,
  'reachable-customers': `status = 'active' AND email IS NOT NULL AND (country IS NULL OR country <> 'JP')`,
}

/** The workspace's own files, read without the product. */
export class Warehouse {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  async activation(id: string): Promise<Activation> {
    return { id, ...(parse(await readFile(join(this.folder, 'activations', `${id}.yaml`), 'utf8')) as Omit<Activation, 'id'>) }
  }

  async customers(): Promise<number> {
    return Number((await this.query('SELECT count(*) AS customers FROM customers'))[0]?.['customers'])
  }

  /** The audience of an activation. */
  async audience(activation: Activation): Promise<SourceRow[]> {
    const product = await readFile(join(this.folder, 'products', 'customer-360.sql'), 'utf8')
    const where = activation.segment === undefined ? 'true' : (segments[activation.segment] ?? 'false')
    return (await this.query(`SELECT * FROM (${product}) WHERE ${where} ORDER BY customer_id`)) as SourceRow[]
  }

  /** Runs a statement on the warehouse file, as a nightly load would. */
  async query(sql: string): Promise<Record<string, unknown>[]> {
    const instance = await DuckDBInstance.create(join(this.folder, 'warehouse.duckdb'))
    const connection = await instance.connect()
    try {
      await connection.run("SET TimeZone = 'UTC'")
      return (await connection.runAndReadAll(sql)).getRowObjectsJson()
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  }
}
