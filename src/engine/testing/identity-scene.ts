import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { EngineScene } from './engine-scene.ts'

/** A record of the scene: warehouse, CRM or shop; what is not given is empty. */
export type SceneRecord = { id: string; email?: string; phone?: string; name?: string; loyalty?: string }

export const identityText = `name: People
records:
  - product: customers
  - { connection: sales, object: contacts, columns: { email: mail }, label: [name] }
  - { connection: shop, object: buyers }
keys:
  loyalty: { strong: true, from: { column: loyalty, as: code, optional: true } }
  email: { from: { column: email, as: email }, mostRecords: 6 }
  phone: { from: { column: phone, as: phone, defaultCountry: GB } }
rules:
  - { name: loyalty, keys: [loyalty] }
  - { name: email, keys: [email] }
  - { name: phone, keys: [phone] }
readAgainAfter: 0
`

const files = { customers: 'warehouse.duckdb', contacts: 'sales.duckdb', buyers: 'shop.duckdb' } as const
export type SceneTable = keyof typeof files

const columns: Record<SceneTable, Record<keyof SceneRecord, string>> = {
  customers: { id: 'id', email: 'email', phone: 'phone', name: 'name', loyalty: 'loyalty' },
  contacts: { id: 'id', email: 'mail', phone: 'phone', name: 'name', loyalty: 'loyalty' },
  buyers: { id: 'id', email: 'email', phone: 'phone', name: 'name', loyalty: 'loyalty' },
}

/**
 * A workspace with a product of customers and two destinations, each a table in a file of its own, and rules over all
 * three (`identity/people.yaml`). The CRM calls the address `mail`.
 */
export class IdentityScene {
  readonly scene: EngineScene

  private constructor(scene: EngineScene) {
    this.scene = scene
  }

  static async open(records: Partial<Record<SceneTable, readonly SceneRecord[]>> = {}, text = identityText): Promise<IdentityScene> {
    const scene = await EngineScene.open([], [])
    for (const [name, table, title] of [['sales', 'contacts', 'Sales CRM'], ['shop', 'buyers', 'Web shop']] as const) {
      await scene.writeFile(`connections/${name}.yaml`, `name: ${title}\ndestination: local-file\nsettings: { path: ${join(scene.folder, `${name}.duckdb`)}, table: ${table}, key: id }\n`)
    }
    const contract = Object.values(columns.customers).map((column) => `  - { column: ${column}, type: string }\n`)
    await scene.writeFile('products/customers.yaml', `name: Customers\nsource: warehouse\ntable: customers\nkey: id\nlabel: name\ncontract:\n${contract.join('')}`)
    mkdirSync(join(scene.folder, 'identity'))
    await scene.writeFile('identity/people.yaml', text)
    const opened = new IdentityScene(scene)
    for (const table of Object.keys(files) as SceneTable[]) {
      await scene.sql(files[table], `CREATE TABLE ${table} (${Object.values(columns[table]).map((column) => `${column} VARCHAR`).join(', ')})`)
      await opened.put(table, records[table] ?? [])
    }
    return opened
  }

  get client(): EngineScene['client'] {
    return this.scene.client
  }

  /** Adds records, in the place of those with the same ids. */
  async put(table: SceneTable, records: readonly SceneRecord[]): Promise<void> {
    if (records.length === 0) return
    await this.remove(table, records.map(({ id }) => id))
    const names = Object.keys(columns[table]) as (keyof SceneRecord)[]
    const rows = records.map((record) => `(${names.map((name) => (record[name] === undefined ? 'NULL' : `'${record[name]}'`)).join(', ')})`)
    await this.scene.sql(files[table], `INSERT INTO ${table} VALUES ${rows.join(', ')}`)
  }

  async remove(table: SceneTable, ids: readonly string[]): Promise<void> {
    await this.scene.sql(files[table], `DELETE FROM ${table} WHERE id IN (${ids.map((id) => `'${id}'`).join(', ')})`)
  }

  run(): ReturnType<EngineScene['client']['identity']['run']> {
    this.scene.advance(1000)
    return this.client.identity.run({ identity: 'people' })
  }

  /** Every record with its entity, in the order of the references. */
  async outcome(): Promise<{ reference: string; entity: string; rule: string; ambiguous: boolean }[]> {
    const { index, close } = await this.scene.engine.workspace().identities.open('people')
    const records = []
    for await (const record of index.outcome()) records.push(record)
    close()
    return records
  }

  close(): Promise<void> {
    return this.scene.close()
  }
}
