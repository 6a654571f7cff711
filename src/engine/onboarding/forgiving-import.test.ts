import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileOptions } from '../../contract/shapes.ts'
import { checkProduct, previewProduct } from '../audience/look-at-product.ts'
import { diskFiles } from '../testing/disk-files.ts'
import { ownQueries } from '../testing/own-queries.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { loadWorkspace } from '../workspace/load-workspace.ts'
import { initialiseWorkspace } from './initialise-workspace.ts'
import { inspectFile } from './inspect-file.ts'

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lockstep-import-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const ports = () => ({ files: diskFiles, queries: ownQueries, clock: createFakeClock(), tempFolder: join(root, 'scratch') })
const file = (name: string, text: string): string => {
  writeFileSync(join(root, name), text)
  return join(root, name)
}
const inspect = (path: string, options: FileOptions = {}) => inspectFile({ path, options, ...ports() })

/** A file whose phone numbers do not repeat, but whose member numbers do: lines 3 and 6. */
const members = () =>
  file('members.csv', ['Member ID,First Name,Phone,MRR,Note', 'M-01,Ben,+44 1,199,"two\nlines"', 'M-02,Eva,+44 2,"1,499.00",', 'M-03,Ida,+44 3,unknown,', 'M-02,Eve,+44 4,0,x', 'M-05,Fay,+44 5,€ 199,', 'M-06,Gus,+44 6,29,', 'M-07,Hal,+44 7,29,', 'M-08,Ivy,+44 8,29,', 'M-09,Jon,+44 9,29,', 'M-10,Kit,+44 10,unknown,'].join('\n'))

const number: FileOptions = { types: { MRR: 'DOUBLE' } }

/** The product as it loads, by the choices that were shown. */
async function loaded(name: string, path: string, options: FileOptions) {
  const folder = join(root, name)
  const { load, blocked } = await inspect(path, options)
  await initialiseWorkspace({ file: path, folder, options, accept: { load, blocked }, ...ports() })
  const access = { workspace: await loadWorkspace(folder, diskFiles), ...ports() }
  const product = [...access.workspace.definitions.product.keys()][0] ?? ''
  return { load, product: access.workspace.definitions.product.get(product)?.value, source: [...access.workspace.definitions.source.values()][0]?.value, rows: (await previewProduct(access, product, 50)).rows, check: await checkProduct(access, product) }
}

describe('a column set to number, in which some values are none', () => {
  it('is shown with those rows by their lines, and the rest as it would load', async () => {
    const found = await inspect(members(), number)
    expect(found).toMatchObject({ rows: 10, load: 5, blocked: 5 })
    expect(found.unfit).toEqual([
      { column: 'MRR', rows: 3, choice: 'block', tooMany: false, lines: [{ line: 5, key: 'M-03', text: 'unknown' }, { line: 7, key: 'M-05', text: '€ 199' }, { line: 12, key: 'M-10', text: 'unknown' }] },
    ])
    expect(found.columns[3]).toMatchObject({ unfit: 3, why: 'with a thousands comma', format: { thousands: ',' }, samples: [{ before: '1,499.00', after: 1499, state: 'changed' }, { state: 'unfit' }, { state: 'unfit' }] })
    expect(found.first.map(({ line }) => line)).toEqual([2, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(found.first[0]?.cells.map(({ state }) => state)).toEqual(['same', 'same', 'same', 'same', 'same'])
    expect(found.blockedRows.map(({ line, blocked }) => [line, blocked])).toEqual([[4, 'its key stands on another row'], [5, 'MRR does not fit'], [6, 'its key stands on another row'], [7, 'MRR does not fit'], [12, 'MRR does not fit']])
  })

  it.each<[string, FileOptions, number, unknown[]]>([
    ['blocked', { ...number, unfit: { MRR: 'block' }, repeated: 'last' }, 6, [['M-01', 199], ['M-02', 0], ['M-06', 29], ['M-07', 29], ['M-08', 29], ['M-09', 29]]],
    ['left empty', { ...number, unfit: { MRR: 'empty' }, repeated: 'first' }, 9, [['M-01', 199], ['M-02', 1499], ['M-03', null], ['M-05', null], ['M-06', 29], ['M-07', 29], ['M-08', 29], ['M-09', 29], ['M-10', null]]],
    ['read as empty in the whole file', { ...number, emptyTexts: ['unknown'], unfit: { MRR: 'empty' }, repeated: 'none' }, 8, [['M-01', 199], ['M-03', null], ['M-05', null], ['M-06', 29], ['M-07', 29], ['M-08', 29], ['M-09', 29], ['M-10', null]]],
    ['text after all', { types: { MRR: 'VARCHAR' }, key: 'Phone' }, 10, []],
  ])('are %s, and exactly as many rows load as were shown', async (name, options, count, rows) => {
    const { load, rows: found, check } = await loaded(name.replaceAll(' ', '-'), members(), options)
    expect([load, check.rows]).toEqual([count, count])
    expect(check.problems).toEqual([])
    if (rows.length > 0) expect(found.map((row) => [row[0], row[3]])).toEqual(rows)
  })

  it('decides about the texts that were seen: another one later is a fault with its line', async () => {
    const path = file('later.csv', 'id,fee\n1,5\n2,none\n')
    const { source, rows } = await loaded('later', path, { types: { fee: 'DOUBLE' }, unfit: { fee: 'block' } })
    expect(rows).toEqual([[1, 5]])
    expect(source).toMatchObject({ csv: { rows: { leaveOut: { fee: ['none'] } } } })
    file('later.csv', 'id,fee\n1,5\n2,none\n3,nothing\n')
    await expect(loadedAgain('later')).rejects.toMatchObject({ code: 'file-malformed', place: { line: 4, field: 'fee' } })
  })
})

async function loadedAgain(name: string) {
  const access = { workspace: await loadWorkspace(join(root, name), diskFiles), ...ports() }
  return previewProduct(access, [...access.workspace.definitions.product.keys()][0] ?? '', 50)
}

it('nothing is left out that nobody agreed to, and a file that changed meanwhile is looked at again', async () => {
  const path = file('agreed.csv', 'id,fee\n1,5\n2,none\n')
  const options: FileOptions = { types: { fee: 'DOUBLE' } }
  const folder = join(root, 'agreed')
  await expect(initialiseWorkspace({ file: path, folder, options, ...ports() })).rejects.toMatchObject({ code: 'file-malformed', place: { line: 3, field: 'fee' } })
  await expect(initialiseWorkspace({ file: path, folder, options, accept: { load: 2, blocked: 0 }, ...ports() })).rejects.toMatchObject({ message: expect.stringContaining('1 rows would load and 1 would be blocked') })
  expect(await diskFiles.exists(join(folder, 'lockstep.yaml'))).toBe(false)
})

describe('the key', () => {
  it('is the column that is meant, not one that happens not to repeat; what repeats is named', async () => {
    const rows = Array.from({ length: 20 }, (_, at) => `M-${at === 19 ? 3 : at},+44 ${at},${at % 2 === 0 ? 'a' : ''}`)
    const { key, keyProposal, columns } = await inspect(file('keys.csv', `Member ID,Phone,Kind\n${rows.join('\n')}\n`))
    expect(key).toMatchObject({ column: 'Member ID', because: 'It is named like a key', distinct: 19, empty: 0, repeated: 1, choice: 'none' })
    expect(key?.examples).toEqual([{ value: 'M-3', lines: [5, 21], differ: ['Phone'] }])
    expect(key?.choices).toEqual([{ choice: 'last', blocked: 1 }, { choice: 'first', blocked: 1 }, { choice: 'none', blocked: 2 }])
    expect(keyProposal).toEqual(['Phone'])
    expect(columns.map(({ distinct, empty }) => [distinct, empty])).toEqual([[19, 0], [20, 0], [1, 10]])
  })

  it('that is empty somewhere blocks those rows, and says so', async () => {
    const path = file('keyless.csv', 'id,name\n1,Ben\n,Eva\n3,Ida\n')
    const { key, load, blocked } = await inspect(path, { key: 'id' })
    expect([key?.empty, load, blocked]).toEqual([1, 2, 1])
    const { rows, source } = await loaded('keyless', path, { key: 'id' })
    expect(rows).toEqual([[1, 'Ben'], [3, 'Ida']])
    expect(source).toMatchObject({ csv: { rows: { key: 'id' } } })
  })
})

it('counts different values exactly', async () => {
  const rows = Array.from({ length: 1000 }, (_, at) => `${at},p${at % 198}`)
  expect((await inspect(file('distinct.csv', `id,phone\n${rows.join('\n')}\n`))).columns.map(({ distinct }) => distinct)).toEqual([1000, 198])
})

it.each<[string, string[], FileOptions, (string | number | null)[], string]>([
  ['decimal commas', ['1.499,00', '29,5'], { types: { x: 'DOUBLE' } }, [1499, 29.5], 'with a thousands point and a decimal comma'],
  ['either way, a point by itself', ['1,499', '29'], { types: { x: 'DOUBLE' } }, [1499, 29], '1,499 is read as 1499.0, not 1.499'],
  ['either way, a comma where the file has these', ['1,499', '29'], { types: { x: 'DOUBLE' }, decimal: ',' }, [1.499, 29], '1,499 is read as 1.499, not 1499.0'],
  ['as somebody says', ['1,499', '29'], { types: { x: 'DOUBLE' }, formats: { x: { decimal: ',' } } }, [1.499, 29], 'with a decimal comma'],
  ['days that can only be first', ['31/1/2026', '2/3/2026'], { types: { x: 'DATE' } }, ['2026-01-31', '2026-03-02'], 'days written as DD/MM/YYYY'],
  ['months first', ['1/2/2026', '2/3/2026'], { types: { x: 'DATE' }, dates: 'month first' }, ['2026-01-02', '2026-02-03'], '1/2/2026 is read as 2026-01-02, not 2026-02-01'],
])('a column set to a type is read as it is written: %s', async (name, texts, options, values, why) => {
  const { columns, preview } = await inspect(file(`${name.replaceAll(/\W/g, '-')}.csv`, `id,x\n${texts.map((text, at) => `${at},"${text}"`).join('\n')}\n`), options)
  expect(preview.map((row) => row[1])).toEqual(values)
  expect(columns[1]).toMatchObject({ unfit: 0, why })
})

it('never dies of many values that do not fit: the column loads as text, or the file is corrected', async () => {
  const rows = Array.from({ length: 300 }, (_, at) => `${at},word${at}`)
  const path = file('words.csv', `id,x\n${rows.join('\n')}\n`)
  const options: FileOptions = { types: { x: 'BIGINT' }, unfit: { x: 'empty' } }
  expect(await inspect(path, options)).toMatchObject({ rows: 300, load: 0, blocked: 300, unfit: [{ column: 'x', rows: 300, tooMany: true }] })
  await expect(initialiseWorkspace({ file: path, folder: join(root, 'words'), options, accept: { load: 0, blocked: 300 }, ...ports() })).rejects.toMatchObject({ code: 'file-malformed', place: { line: 2, field: 'x' } })
})
