import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filesOf, secretsOf, silentLog } from '../../testing/connect-to.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { createConnections } from '../connect.ts'
import type { Connection } from '../connect.ts'
import { asListed } from '../registry.ts'
import { NotSent, UnknownOutcome } from '../../drivers/driver.ts'
import type { OpenFile } from '../../drivers/duckdb-file-driver.ts'
import type { Exchanged, RequestRecord } from '../../drivers/request-record.ts'
import { localFileBy } from './index.ts'
import type { WriteRow } from '../destination.ts'
import { openDuckDb, openFileOnce } from '../local-database.ts'

let folder: string
let table: Connection
/** What the file says to a statement in place of carrying it out. */
let statementFails: (sql: string) => boolean = () => false

const fields = ['tier', 'balance', 'renews', 'seen', 'interests']

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-local-file-'))
  const path = join(folder, 'customers.duckdb')
  const file = await openDuckDb({ path, tempFolder: folder })
  await file.run('CREATE TABLE customers (id VARCHAR PRIMARY KEY, tier VARCHAR, balance DECIMAL(18,2), renews DATE, seen TIMESTAMP, interests VARCHAR[])')
  await file.run("INSERT INTO customers VALUES ('a', 'gold', 12.50, '2026-03-29', '2026-03-29 01:00:00', ['x', 'y']), ('b', NULL, NULL, NULL, NULL, NULL)")
  file.closeInstance()
  const ports = {
    // Nothing is waited for: a repeat comes at once.
    clock: { ...createFakeClock(), sleep: async () => undefined },
    random: { next: () => 0 },
    http: { request: () => Promise.reject(new Error('nothing is sent')) },
    secrets: secretsOf(),
    files: filesOf({}),
    log: silentLog,
  }
  statementFails = () => false
  table = await createConnections({ ports, workspaceFolder: folder, destinations: [asListed(localFileBy(failing))] }).connect('table', { name: 'Table', destination: 'local-file', settings: { path, table: 'customers', key: 'id' } })
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The file, with statements that fail where a test says so. */
const failing: OpenFile = async (options) => {
  const file = await openFileOnce(options)
  const run = file.run.bind(file)
  file.run = async (sql, parameters) => {
    if (statementFails(sql)) throw new Error('IO Error: no space left on device')
    await run(sql, parameters)
  }
  return file
}

const row = (position: number, id: string, values: WriteRow['fields']): WriteRow => ({ position, traceId: String(position), id, key: { field: 'id', value: id }, fields: values })
const read = (...values: string[]) => table.read({ object: 'customers', fields, by: { kind: 'key', field: 'id', values } })

describe('a table in a local file', () => {
  it('is described by its columns, and its values compare as what they are', async () => {
    const { fields: described } = await table.object('customers')
    const [record] = await read('a')
    const comparable = Object.fromEntries(described.map((field) => [field.name, table.decode(field, record?.fields[field.name] ?? null)]))
    expect(comparable).toEqual({ id: null, tier: 's:gold', balance: 'n:12.5', renews: 'd:2026-03-29', seen: 't:2026-03-29T01:00:00Z', interests: 'l:["s:x","s:y"]' })
  })

  it('is written as the plan says: rows with different fields, lists, numbers and null', async () => {
    const rows = [row(0, 'a', { tier: null, balance: '7.25' }), row(1, 'b', { tier: "O'Hara", interests: '["z"]' }), row(2, 'gone', { tier: 'gold' })]
    expect(await table.write({ object: 'customers', operation: 'update', rows })).toMatchObject({
      kind: 'rows',
      rows: [{ outcome: 'delivered' }, { outcome: 'delivered' }, { outcome: 'rejected', refusal: { code: 'not-there' } }],
    })
    const found = Object.fromEntries((await read('a', 'b', 'gone')).map((record) => [record.requestedKey, record.fields]))
    expect(found).toMatchObject({ a: { tier: null, balance: '7.25' }, b: { tier: "O'Hara", interests: '["z"]' } })
    expect(Object.keys(found)).toHaveLength(2)
  })

  it('takes new records, not those whose key is there, and lets records go', async () => {
    const rows = [row(0, 'c', { tier: 'gold' }), row(1, 'a', { tier: 'bronze' })]
    expect(await table.write({ object: 'customers', operation: 'create', rows })).toMatchObject({ rows: [{ outcome: 'delivered', id: 'c' }, { outcome: 'rejected', refusal: { code: 'already-there' } }] })
    await table.write({ object: 'customers', operation: 'delete', rows: [row(0, 'b', {})] })
    expect((await table.list({ object: 'customers', fields })).records.map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('refuses a batch with a value that a column does not take, and applies none of it', async () => {
    const answer = await table.write({ object: 'customers', operation: 'update', rows: [row(0, 'b', { tier: 'gold' }), row(1, 'a', { balance: 'much' })] })
    expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'value-invalid' } })
    expect(await read('b')).toMatchObject([{ fields: { tier: null } }])
  })

  it('says what to do when the file is not there', async () => {
    rmSync(folder, { recursive: true })
    await expect(table.discover({ refresh: true })).rejects.toMatchObject({ code: 'destination-unreachable' })
    folder = mkdtempSync(join(tmpdir(), 'lockstep-local-file-'))
  })

  it('does not know what became of a write whose COMMIT fails, and says of every other failure that nothing was kept', async () => {
    const update = () => table.write({ object: 'customers', operation: 'update', rows: [row(0, 'b', { tier: 'gold' })] })
    statementFails = (sql) => sql.startsWith('UPDATE')
    expect(await update()).toMatchObject({ kind: 'refused', refusal: { vendor: expect.stringContaining('no space') as string } })
    statementFails = (sql) => sql === 'COMMIT'
    await expect(update()).rejects.toBeInstanceOf(UnknownOutcome)
    statementFails = () => false
    // The way is open again for the next one.
    expect(await update()).toMatchObject({ rows: [{ outcome: 'delivered' }] })
  })

  it('goes through the limits of its connection and the log of requests as any other, with no value in what is kept', async () => {
    const noted: [RequestRecord, Exchanged][] = []
    const mine = table.for({ onRequest: (record, exchange) => noted.push([record, exchange]) })
    await mine.write({ object: 'customers', operation: 'update', rows: [row(0, 'a', { balance: 'much' })] })
    await mine.read({ object: 'customers', fields: ['tier'], by: { kind: 'key', field: 'id', values: ['a'] } })
    expect(noted).toMatchObject([
      [{ connection: 'table', method: 'UPDATE', path: 'customers', attempt: 1 }, { effect: 'write', end: { state: 'answered', accepted: false }, answer: { body: { error: 'Conversion Error' } } }],
      [{ method: 'SELECT', path: 'customers' }, { effect: 'read', end: { state: 'answered', accepted: true } }],
    ])
    await expect(table.for({ isStale: () => true }).write({ object: 'customers', operation: 'delete', rows: [row(0, 'a', {})] })).rejects.toBeInstanceOf(NotSent)
    expect(await read('a')).toHaveLength(1)
  })
})
