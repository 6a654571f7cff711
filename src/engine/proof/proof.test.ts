import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportRunRows } from '../exports/row-exports.ts'
import { openDatabase } from '../storage/database.ts'
import { migrations } from '../storage/migrate.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { FakeDestination } from '../testing/fake-destination.ts'
import { FakePlan } from '../testing/fake-plan.ts'
import { RunScene } from '../testing/run-scene.ts'
import { canonicalJson } from '../values/json.ts'
import { appendAudit } from '../audit/audit.ts'
import { auditFacets, listAudit } from '../audit/list.ts'
import { exportAudit } from './export.ts'
import { loadReferenceKey } from '../audit/reference-key.ts'
import { verifyAudit } from './verify.ts'

let scene: RunScene
const privateFiles = { ...diskFiles, writeText: async (path: string, text: string, mode?: number) => writeFileSync(path, text, { mode }) }
let session: Parameters<typeof verifyAudit>[0]
let run: string
const anna = { name: 'Anna' }
/** Where the keychain keeps its text; undefined: there is none. */
let kept: string | undefined
const keychain = { read: async () => kept, write: async (_folder: string, text: string) => ((kept = text), true) }

function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

beforeEach(async () => {
  const destination = new FakeDestination()
  const rows = Array.from({ length: 12 }, (_, index) => {
    destination.add({ id: `id-${index}`, key: `p${index}@example.org`, fields: { tier: 'old' } })
    return { key: `p${index}`, operation: 'update' as const, remoteId: `id-${index}`, changes: { tier: { before: 'old', after: `gold secret ${index}` } } }
  })
  destination.rules = { rejects: (row) => row.id === 'id-3', fault: (request) => (request === 1 ? 'answer lost' : undefined), overrides: (_field, value) => (value === 'gold secret 5' ? 'other' : value) }
  const plan = new FakePlan(rows)
  scene = RunScene.open(destination, plan)
  const ports = { clock: { ...scene.clock, sleep: async () => undefined }, files: privateFiles, ids: { next: () => `0000000${Math.floor(Math.random() * 1e9)}` }, anchors: keychain }
  session = { database: scene.database, folder: '/workspace', ports: ports as never, folders: { state: scene.folder, exports: join(scene.folder, 'exports') } as never }
  await privateFiles.writeText(join(scene.folder, 'reference.key'), 'key\n')
  appendAudit(session, { kind: 'plan approved', actor: 'Anna', subject: plan.id, data: { willSend: 12 } })
  scene.database.run("INSERT INTO approvals (plan, plan_hash, decision_hash, approved_by, at) VALUES (?, ?, 'b', 'Anna', 0)", plan.id, plan.planHash)
  run = (await scene.apply(plan)).runId
})

afterEach(() => scene.close())

describe('the chain', () => {
  test('holds acts with a sentence, counts and hashes, and no value or key of a record', async () => {
    const { entries, total } = listAudit(scene.database, { limit: 100 })
    expect(total).toBe(entries.length)
    expect(entries.at(0)?.words).toMatch(/^Finished the run of .*: 11 delivered, 1 rejected, 10 verified, 1 changed back by the destination\.$/)
    expect(entries.at(-2)?.words).toBe('Approved the plan of “Tiers”: 12 records to send to Fake.')
    expect(JSON.stringify(entries)).not.toMatch(/gold|example\.org|"p3"|id-3/)
    expect(listAudit(scene.database, { limit: 100, kind: 'run started' }).total).toBe(1)
    expect(listAudit(scene.database, { limit: 2, offset: total - 2 }).entries.map((entry) => entry.seq)).toEqual([2, 1])
  })

  test('lists a run as one line with its batches beside it, and narrows by person, kind and object', () => {
    const of = (query: object): string[] => listAudit(scene.database, { limit: 100, ...query }).entries.map(({ kind }) => kind)
    expect(of({ batches: false })).toEqual(['run finished', 'run started', 'plan approved', 'plan stored'])
    expect(of({ kind: 'batch', subject: run }).length).toBeGreaterThan(2)
    expect(of({ actor: 'Anna', batches: false })).toEqual(['run started', 'plan approved', 'plan stored'])
    expect(of({ object: 'activation:tiers', batches: false })).toHaveLength(4)
    expect(of({ object: 'activation:other' })).toEqual([])
    const { actors, kinds, objects } = auditFacets(scene.database)
    const { total } = listAudit(scene.database, { limit: 1 })
    for (const facets of [actors, kinds]) expect(facets.reduce((sum, { entries }) => sum + entries, 0)).toBe(total)
    expect(objects).toEqual([{ value: 'activation:tiers', label: 'Tiers', entries: total }])
  })

  test('verifies, and says what cannot be excluded', async () => {
    const verdict = await verifyAudit(session)
    expect(verdict.problems).toEqual([])
    expect(verdict.ok).toBe(true)
    expect(verdict.words).toBe(`Unbroken to entry ${verdict.entries}; a cut after ${verdict.entries} cannot be excluded.`)
  })

  test('an act that is rolled back leaves no entry', () => {
    const before = listAudit(scene.database, { limit: 1 }).total
    expect(() => scene.database.transaction(() => {
      appendAudit(session, { kind: 'paused', actor: 'Anna', data: { scope: 'all' } })
      throw new Error('no')
    })).toThrow('no')
    expect(listAudit(scene.database, { limit: 1 }).total).toBe(before)
  })
})

describe('tampering', () => {
  const problems = async (manifest?: string): Promise<string[]> => (await verifyAudit(session, manifest)).problems.map(({ kind, seq }) => `${kind} ${seq}`)

  test.each([
    ['data', "UPDATE audit SET data = replace(data, 'tiers', 'other') WHERE sequence = 1"],
    ['actor', "UPDATE audit SET actor = 'Bob' WHERE sequence = 1"],
    ['broken data', "UPDATE audit SET data = '{' WHERE sequence = 1"],
    ['time', "UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE sequence = 1"],
  ])('changed %s', async (_what, sql) => {
    scene.database.sqlite.exec(sql)
    expect(await problems()).toEqual(['changed 1'])
  })

  test('changed together with its own hash', async () => {
    const { content } = { content: { seq: 1, at: listAudit(scene.database, { limit: 500 }).entries.at(-1)?.at, kind: 'plan approved', actor: 'Bob', subject: '00000000-plan', data: { willSend: 12 } } }
    scene.database.run("UPDATE audit SET actor = 'Bob', hash = ? WHERE sequence = 1", sha(`${'0'.repeat(64)}\n${canonicalJson(content)}`))
    expect(await problems()).toEqual(['changed 1'])
  })

  test('missing', async () => {
    scene.database.run('DELETE FROM audit WHERE sequence = 2')
    expect(await problems()).toContain('missing 2')
  })

  test('reordered', async () => {
    scene.database.sqlite.exec('UPDATE audit SET sequence = 1000 WHERE sequence = 1; UPDATE audit SET sequence = 1 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 1000')
    expect(await problems()).toEqual(['reordered 1', 'reordered 2'])
  })

  test('truncated: only an anchor shows it', async () => {
    const { folder } = await exportAudit(session, { version: '1.0.0' }, anna)
    const manifest = readFileSync(join(folder, 'manifest.json'), 'utf8')
    expect(await problems(manifest)).toEqual([])
    const { entries } = JSON.parse(manifest) as { entries: number }
    scene.database.run('DELETE FROM audit WHERE sequence >= ?', entries)
    scene.database.run('DELETE FROM journal')
    scene.database.run("DELETE FROM audit WHERE kind IN ('batch', 'run finished')")
    expect(await problems(manifest)).toContain(`truncated ${listAudit(scene.database, { limit: 1 }).entries[0]?.seq === undefined ? 1 : (listAudit(scene.database, { limit: 1 }).entries[0]?.seq ?? 0) + 1}`)
  })

  test('rewritten from the start: the anchor shows it', async () => {
    const { folder } = await exportAudit(session, { version: '1.0.0' }, anna)
    const manifest = readFileSync(join(folder, 'manifest.json'), 'utf8')
    const { entries } = JSON.parse(manifest) as { entries: number }
    scene.database.sqlite.exec('DELETE FROM audit; DELETE FROM journal;')
    for (let entry = 0; entry <= entries; entry++) appendAudit(session, { kind: 'resumed', actor: 'Mallory', data: { scope: 'all' } })
    scene.database.sqlite.exec('DELETE FROM runs; DELETE FROM plans; DELETE FROM approvals')
    expect(await problems(manifest)).toEqual([`changed ${entries}`])
  })

  test.each([
    ['state', "UPDATE journal SET state = 'delivered' WHERE state = 'rejected'"],
    ['record', "UPDATE journal SET record = 'somebody else' WHERE ordinal = 0"],
    ['remote id', "UPDATE journal SET remote_id = 'other' WHERE ordinal = 0"],
    ['payload', "UPDATE journal SET payload_hash = 'x' WHERE ordinal = 0"],
    ['read-back', "UPDATE journal SET verification = 'verified' WHERE verification = 'overridden'"],
  ])('a row of a run: %s', async (_what, sql) => {
    scene.database.sqlite.exec(sql)
    expect((await problems()).every((problem) => problem.startsWith('changed'))).toBe(true)
    expect(await problems()).not.toEqual([])
  })

  test('a row of a run that is gone', async () => {
    scene.database.run('DELETE FROM journal WHERE ordinal = 0')
    expect((await problems()).some((problem) => problem.startsWith('missing'))).toBe(true)
  })

  test('a manifest that is none is refused in words', async () => {
    await expect(verifyAudit(session, 'nonsense')).rejects.toMatchObject({ code: 'file-malformed' })
  })
})

describe('the export', () => {
  test('can be verified by a third party with nothing but the files', async () => {
    const result = await exportAudit(session, { version: '1.0.0' }, anna)
    expect(readdirSync(result.folder).sort()).toEqual(['entries.csv', 'entries.jsonl', 'how-to-verify.txt', 'lockstep-export.zip', 'manifest.json', 'rows.csv', 'rows.jsonl'])
    expect(statSync(result.folder).mode & 0o777).toBe(0o700)
    const read = (name: string): string => readFileSync(join(result.folder, name), 'utf8')
    const manifest = JSON.parse(read('manifest.json')) as { head: string; entries: number; app: object; files: { name: string; sha256: string; bytes: number }[] }
    for (const file of manifest.files) expect(sha(read(file.name))).toBe(file.sha256)
    const entries = read('entries.jsonl').trim().split('\n').map((line) => JSON.parse(line) as Record<string, never>)
    const rows = read('rows.jsonl').trim().split('\n').map((line) => JSON.parse(line) as Record<string, never>)
    let previous = '0'.repeat(64)
    for (const [index, { hash, previousHash, words: _words, ...content }] of entries.entries()) {
      expect(previousHash).toBe(previous)
      expect(sha(`${previous}\n${canonicalJson(content)}`)).toBe(hash)
      expect(content['seq']).toBe(index + 1)
      previous = hash ?? ''
    }
    expect(manifest).toMatchObject({ head: previous, entries: entries.length, app: { version: '1.0.0', schema: migrations.at(-1)?.number } })
    const batches = entries.filter((entry) => entry['kind'] === 'batch')
    expect(batches.length).toBeGreaterThan(2)
    for (const { data, subject } of batches as unknown as { data: { batch: number; outcomes: string }; subject: string }[]) {
      const lines = rows.filter((row) => row['run'] === subject && row['batch'] === data.batch)
      expect(sha(lines.map(({ ordinal, record, remote, operation, state, reason, payloadHash }) => `${canonicalJson([ordinal, record, remote, operation, state, reason, payloadHash])}\n`).join(''))).toBe(data.outcomes)
    }
    const finished = entries.find((entry) => entry['kind'] === 'run finished')?.['data'] as { outcomes: string } | undefined
    expect(sha(rows.map((row) => `${row['ordinal']} ${row['state']} ${row['verification'] ?? '-'}\n`).join(''))).toBe(finished?.outcomes)
    expect(read('rows.jsonl') + read('entries.jsonl')).not.toMatch(/gold|example\.org|"p\d+"|id-\d/)
  })

  test('of a period holds that period, and the anchor of the whole chain', async () => {
    const result = await exportAudit(session, { version: '1.0.0', from: '2030-01-01T00:00:00Z' }, anna)
    expect(result.rows).toBe(0)
    const manifest = JSON.parse(readFileSync(join(result.folder, 'manifest.json'), 'utf8')) as object
    expect(manifest).toMatchObject({ exported: { entries: 0, first: null }, period: { from: '2030-01-01T00:00:00Z', to: null } })
    expect(await verifyAudit(session, JSON.stringify(manifest))).toMatchObject({ ok: true })
  })

  test('rows of a run come with cause and fix, and without names', async () => {
    const result = await exportRunRows(session, { run, state: 'rejected' }, anna)
    expect(result.rows).toBe(1)
    const [row] = readFileSync(join(result.folder, 'rows.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as object)
    expect(row).toMatchObject({ record: 'p3', state: 'rejected', cause: 'The value is not allowed.', vendor: 'INVALID', field: 'tier' })
    expect(readFileSync(join(result.folder, 'rows.csv'), 'utf8')).not.toContain('Person')
    await expect(exportRunRows(session, { run, state: 'nonsense' }, anna)).rejects.toMatchObject({ code: 'bad-usage' })
  })
})

test('the reference key is made once, for this person only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-key-'))
  let count = 0
  const options = { files: privateFiles, ids: { next: () => `id ${(count += 1)}` }, stateFolder: folder }
  const key = await loadReferenceKey(options)
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(await loadReferenceKey(options)).toBe(key)
  expect(statSync(join(folder, 'reference.key')).mode & 0o777).toBe(0o600)
  rmSync(folder, { recursive: true })
})

test('a chain survives closing and opening', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-chain-'))
  for (let turn = 0; turn < 3; turn++) {
    const database = openDatabase(folder, 1)
    appendAudit({ database, ports: { clock: scene.clock } }, { kind: 'workspace opened', actor: 'Lockstep', data: {} })
    database.close()
  }
  const database = openDatabase(folder, 1)
  expect(listAudit(database, { limit: 10 }).entries.map((entry) => entry.seq)).toEqual([3, 2, 1])
  database.close()
  rmSync(folder, { recursive: true })
})
