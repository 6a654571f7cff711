import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { previewProduct } from '../audience/look-at-product.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { ownQueries } from '../testing/own-queries.ts'
import { loadWorkspace } from '../workspace/load-workspace.ts'
import { initialiseWorkspace } from './initialise-workspace.ts'
import { checkReplacement, replaceFile } from './replace-file.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-replace-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const ports = () => ({ files: diskFiles, queries: ownQueries, clock: createFakeClock(), tempFolder: join(root, 'scratch') })
const file = (name: string, text: string): string => {
  writeFileSync(join(root, name), text)
  return join(root, name)
}
const access = async () => ({ workspace: await loadWorkspace(join(root, 'shop'), diskFiles), ...ports() })

it('a new file for a source shows what it breaks before anything changes, and takes over only where nothing does', async () => {
  await initialiseWorkspace({ file: file('members.csv', 'id,fee\n1,5\n2,7\n'), folder: join(root, 'shop'), options: {}, ...ports() })
  const before = await previewProduct(await access(), 'members', 9)

  const broken = file('broken.csv', 'id,fee\n1,5\n042,seven\n')
  expect(await checkReplacement(await access(), { source: 'members', file: broken })).toMatchObject({
    fits: false,
    broken: [{ column: 'id', rows: 1, lines: [{ line: 3, text: '042' }] }, { column: 'fee', rows: 1, lines: [{ line: 3, text: 'seven' }] }],
  })
  expect(await checkReplacement(await access(), { source: 'members', file: file('short.csv', 'id\n1\n') })).toMatchObject({ fits: false, columns: { missing: ['fee'] } })
  expect(await checkReplacement(await access(), { source: 'members', file: file('twice.csv', 'id,fee\n1,5\n1,6\n') })).toMatchObject({ fits: false, keys: [{ repeated: 1 }] })
  await expect(replaceFile(await access(), { source: 'members', file: broken, accept: { load: 0, blocked: 2 } })).rejects.toMatchObject({ code: 'file-malformed' })
  expect((await previewProduct(await access(), 'members', 9)).rows).toEqual(before.rows)

  const good = file('good.csv', 'id,fee,city\n2,8,Ulm\n3,9,Bonn\n')
  const shown = await checkReplacement(await access(), { source: 'members', file: good })
  expect(shown).toMatchObject({ before: 2, rows: 2, load: 2, blocked: 0, columns: { added: ['city'], missing: [] }, keys: [{ product: 'Members', key: 'id', added: 1, gone: 1, stay: 1 }], fits: true })
  await expect(replaceFile(await access(), { source: 'members', file: good, accept: { load: 3, blocked: 0 } })).rejects.toMatchObject({ message: expect.stringContaining('not as it was shown') })
  await replaceFile(await access(), { source: 'members', file: good, accept: { load: 2, blocked: 0 } })
  expect((await previewProduct(await access(), 'members', 9)).rows).toEqual([[2, 8, 'Ulm'], [3, 9, 'Bonn']])
  expect(await diskFiles.readText(join(root, 'members.csv'))).toBe('id,fee\n1,5\n2,7\n')
})
