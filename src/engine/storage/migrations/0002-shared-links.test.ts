import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate, migrations } from '../migrate.ts'

let sqlite: SqliteDatabase.Database
beforeEach(() => {
  sqlite = new SqliteDatabase(':memory:')
  migrate(sqlite, { now: 0, steps: migrations.slice(0, 1) })
})
afterEach(() => sqlite.close())

let number = 0
function plan(activation: string, connection: string, product: string, at: number): void {
  const header = JSON.stringify({ definitions: [{ kind: 'source', id: 'warehouse', hash: '' }, { kind: 'product', id: product, hash: '' }] })
  sqlite
    .prepare("INSERT INTO plans (id, activation, connection, object, kind, state, plan_hash, header, counts, read_scope, guards, number, created_at, expires_at, folder) VALUES (?, ?, ?, 'contacts', 'ordinary', 'applied', '', ?, '{}', '{}', '[]', ?, ?, 0, '')")
    .run(`p${++number}`, activation, connection, header, number, at)
}

function file(id: string, kind: string, scope: string, at: number, retiredAt: number | null = null): void {
  sqlite.prepare('INSERT INTO data_files VALUES (?, ?, ?, ?, ?, 1, ?, ?)').run(id, kind, scope, `${id}.parquet`, Number(id), at, retiredAt)
}

const files = (): unknown[] => sqlite.prepare('SELECT kind, scope, path, sequence, retired_at IS NOT NULL AS retired FROM data_files ORDER BY sequence, kind').raw().all()

it('shares the links that an activation had for itself, and keeps what it settled', () => {
  plan('tier', 'crm', 'customers', 10)
  plan('risk', 'crm', 'customers', 20)
  file('1', 'links', 'tier', 10)
  file('2', 'links', 'risk', 21)
  file('3', 'base', 'crm/contacts', 21)
  migrate(sqlite, { now: 0 })
  expect(files()).toEqual([
    ['links', 'crm/contacts/customers', '1.parquet', 1, 0],
    ['settled', 'crm/contacts/customers/tier', '1.parquet', 1, 0],
    ['links', 'crm/contacts/customers', '2.parquet', 2, 0],
    ['settled', 'crm/contacts/customers/risk', '2.parquet', 2, 0],
    ['base', 'crm/contacts', '3.parquet', 3, 0],
  ])
})

it('gives links to the destination and product of the plan that they came from', () => {
  plan('tier', 'old-crm', 'customers', 10)
  plan('tier', 'crm', 'people', 30)
  file('1', 'links', 'tier', 11, 31)
  file('2', 'links', 'tier', 31)
  migrate(sqlite, { now: 0 })
  expect(files()).toEqual([
    ['links', 'old-crm/contacts/customers', '1.parquet', 1, 1],
    ['settled', 'old-crm/contacts/customers/tier', '1.parquet', 1, 1],
    ['links', 'crm/contacts/people', '2.parquet', 2, 0],
    ['settled', 'crm/contacts/people/tier', '2.parquet', 2, 0],
  ])
})
