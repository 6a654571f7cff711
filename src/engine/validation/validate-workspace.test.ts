import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { createSample } from '../sample/create-sample.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { ownQueries } from '../testing/own-queries.ts'
import { loadWorkspace } from '../workspace/load-workspace.ts'
import { validateWorkspace } from './validate-workspace.ts'

let root: string
let folder: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-validate-'))
  folder = join(root, 'sample')
  await createSample({ folder, files: diskFiles, customers: 50 })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const destinations = ['hubspot', 'zendesk', 'braze'].map((id) => ({ id, settings: z.strictObject({ instance: z.string() }) }))

async function problems() {
  const workspace = await loadWorkspace(folder, diskFiles)
  return validateWorkspace({ workspace, files: diskFiles, queries: ownQueries, clock: createFakeClock(), tempFolder: join(root, 'spill') }, destinations)
}

async function withFile<T>(path: string, change: (text: string) => string, work: () => Promise<T>): Promise<T> {
  const before = await diskFiles.readText(join(folder, path))
  writeFileSync(join(folder, path), change(before))
  try {
    return await work()
  } finally {
    writeFileSync(join(folder, path), before)
  }
}

it('finds nothing wrong with the sample', async () => {
  expect(await problems()).toEqual([])
})

it.each<[string, string, (text: string) => string, object]>([
  ['SQL that writes', 'products/customer-360.sql', () => 'DROP TABLE customers', { code: 'sql-refused', file: 'products/customer-360.sql' }],
  ['a column the SQL does not give', 'products/customer-360.sql', (text) => text.replace('  c.city,\n', ''), { code: 'column-missing', file: 'products/customer-360.yaml', field: 'city', line: expect.any(Number) }],
  ['keys that repeat', 'products/policies.yaml', (text) => text.replace('key: policy_id', 'key: customer_id'), { code: 'duplicate-keys', file: 'products/policies.yaml', field: 'key', line: 6 }],
  ['a source that is gone', 'sources/warehouse.yaml', (text) => text.replace('path: warehouse.duckdb', 'path: gone.duckdb'), { code: 'source-missing', file: 'sources/warehouse.yaml' }],
  ['a destination that does not exist', 'connections/crm.yaml', (text) => text.replace('hubspot', 'hubspott'), { code: 'definition-invalid', file: 'connections/crm.yaml', line: 2, field: 'destination', next: "Did you mean 'hubspot'?" }],
  ['settings the destination does not take', 'connections/crm.yaml', () => 'name: CRM\ndestination: hubspot\nsettings: { instance: 3 }\n', { file: 'connections/crm.yaml', line: 3, field: 'settings.instance' }],
])('names %s', async (_name, path, change, problem) => {
  expect(await withFile(path, change, problems)).toContainEqual(expect.objectContaining(problem))
})
