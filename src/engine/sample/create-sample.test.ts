import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDuckDb } from '../storage/duckdb.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { loadWorkspace } from '../workspace/load-workspace.ts'
import { createSample } from './create-sample.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-sample-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function sample(name: string, seed: number, customers = 3000) {
  const folder = join(root, name)
  await createSample({ folder, files: diskFiles, customers, seed })
  const db = await openDuckDb({ path: join(folder, 'warehouse.duckdb'), readOnly: true, tempFolder: join(root, 'spill') })
  const tables: Record<string, unknown> = {}
  for (const table of ['customers', 'policies', 'payments', 'tickets', 'decisions']) {
    tables[table] = (await db.row(`SELECT count(*) AS rows, md5(string_agg(CAST(t AS VARCHAR), chr(10) ORDER BY CAST(t AS VARCHAR))) AS content FROM ${table} AS t`)) ?? {}
  }
  const dirt = await db.row<Record<string, number>>(`SELECT
    count(*) AS customers, count(DISTINCT customer_id) AS ids, count(DISTINCT country) AS countries, count(*) FILTER (email IS NULL) AS no_email,
    count(*) FILTER (email NOT LIKE '%@%') AS junk, count(email) - count(DISTINCT lower(trim(email))) AS shared, count(phone) - count(DISTINCT phone) AS recycled,
    count(*) FILTER (marketing_consent = 'unsubscribed') AS unsubscribed, count(*) FILTER (first_name <> nfc_normalize(first_name)) AS combining
    FROM customers`)
  db.closeInstance()
  const seeds = Object.fromEntries(['crm', 'support', 'marketing'].map((system) => [system, readFileSync(join(folder, '.lockstep', 'simulators', `${system}.seed.jsonl`), 'utf8')]))
  return { folder, tables, dirt: dirt ?? {}, seeds }
}

describe('createSample', () => {
  it('gives the same data for the same seed, other data for another', async () => {
    const [first, again, other] = [await sample('first', 7), await sample('again', 7), await sample('other', 8)]
    expect(again.tables).toEqual(first.tables)
    expect(again.seeds).toEqual(first.seeds)
    expect(other.tables).not.toEqual(first.tables)
    // The numbers of one seed, so that a release of DuckDB that changed them would be noticed.
    expect(first.tables['customers']).toEqual({ rows: 3000, content: '5a6fdf18833a753db961fbf4237a329a' })
    expect(first.tables['payments']).toEqual({ rows: 6402, content: '3095eb6d82532043b007ba8740578c45' })
  })

  it('has the dirt of a real company', async () => {
    const { dirt } = await sample('dirt', 1)
    expect(dirt).toMatchObject({ customers: 3000, ids: 3000, countries: 11 })
    for (const kind of ['no_email', 'junk', 'shared', 'recycled', 'unsubscribed', 'combining']) expect(dirt[kind], kind).toBeGreaterThan(0)
  })

  it('makes a workspace without problems', async () => {
    const { folder } = await sample('workspace', 1, 50)
    expect((await loadWorkspace(folder, diskFiles)).problems).toEqual([])
  })

  it('seeds systems that hold most customers, each once, some typed over by people', async () => {
    const { seeds } = await sample('seeds', 1)
    const contacts = (seeds['crm'] ?? '').trim().split('\n').map((line) => JSON.parse(line) as { id: string; fields: Record<string, string>; history: Record<string, { actor: { kind: string } }[]>; mergedInto: string | null })
    const numbers = contacts.flatMap(({ fields }) => fields['customer_id'] ?? [])
    const emails = contacts.flatMap(({ fields }) => fields['email'] ?? [])
    expect(new Set(contacts.map(({ id }) => id)).size).toBe(contacts.length)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(new Set(emails).size).toBe(emails.length)
    expect(numbers.length / 3000).toBeGreaterThan(0.8)
    const typed = contacts.filter(({ history }) => history['tier']?.some(({ actor }) => actor.kind === 'person'))
    expect(typed.length).toBeGreaterThan(15)
    const merged = contacts.filter(({ mergedInto }) => mergedInto !== null)
    expect(merged.length).toBeGreaterThan(0)
    expect(merged.every(({ mergedInto }) => contacts.some(({ id, mergedInto: further }) => id === mergedInto && further === null))).toBe(true)
    const churned = contacts.filter(({ fields }) => fields['lifecyclestage'] === 'churned')
    expect(churned.length).toBeGreaterThan(5)
    // The CRM's own rule already holds for everybody it concerns.
    expect(churned.every(({ fields }) => fields['tier'] === 'bronze')).toBe(true)
    const users = (seeds['support'] ?? '').trim().split('\n').map((line) => JSON.parse(line) as { fields: { user_fields?: Record<string, unknown> } })
    expect(users.some(({ fields }) => typeof fields.user_fields?.['vip'] === 'boolean' && typeof fields.user_fields['open_balance'] === 'number')).toBe(true)
    const profiles = (seeds['marketing'] ?? '').trim().split('\n').map((line) => JSON.parse(line) as { fields: { custom_attributes: Record<string, unknown> } })
    expect(profiles.some(({ fields }) => Array.isArray(fields.custom_attributes['interests']))).toBe(true)
  })

  it('does not touch a folder that holds a workspace', async () => {
    const { folder } = await sample('once', 1, 10)
    await expect(createSample({ folder, files: diskFiles })).rejects.toMatchObject({ code: 'workspace-exists' })
  })
})
