import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CsvOptions } from '../../../contract/csv.ts'
import { openDuckDb, quoteText } from '../../storage/duckdb.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { spelledColumns } from './column-spelling.ts'
import type { SpelledColumn } from './column-spelling.ts'

let db: DuckDb
beforeAll(async () => {
  db = await openDuckDb({ tempFolder: tmpdir(), keepOrder: true })
})
afterAll(() => db.closeInstance())

/** What columns of these texts are, asked in one go; the first text of each stands there `before` times beforehand. */
async function spelledAll(columns: readonly (readonly string[])[], { before = 0, ...options }: CsvOptions & { before?: number } = {}): Promise<SpelledColumn[]> {
  const names = columns.map((_, at) => `c${at}`)
  const row = (texts: readonly (string | undefined)[]) => texts.map((text) => (text === undefined ? 'NULL' : quoteText(text))).join(', ')
  const longest = Math.max(...columns.map((texts) => texts.length))
  const rows = Array.from({ length: longest }, (_, at) => `(${row(columns.map((texts) => texts[at]))})`)
  const from = `(SELECT ${row(columns.map(([first]) => first))} FROM range(${before}) UNION ALL SELECT * FROM (VALUES ${rows.join(', ')})) AS cells(${names.join(', ')})`
  return spelledColumns(db, from, names, options)
}

async function spelled(texts: readonly string[], options: CsvOptions & { before?: number } = {}) {
  return (await spelledAll([texts], options))[0]
}

const plain: [type: string, texts: string[]][] = [
  ['BIGINT', ['42', '-7', '', '0', ' 12 ']],
  ['DOUBLE', ['12.50', '7', '.05']],
  ['DOUBLE', ['3.0', '2.25']],
  ['BOOLEAN', ['true', 'FALSE', '']],
  ['BOOLEAN', ['yes', 'no']],
  ['DATE', ['2026-01-31', '']],
  ['TIMESTAMP', ['2026-01-31 10:00:00', '2026-01-31T10:00']],
  ['TIMESTAMP WITH TIME ZONE', ['2026-01-31T10:00:00Z', '2026-01-31 10:00:00+02:00']],
  ['VARCHAR[]', ['["vip","newsletter"]', '[]']],
  ['VARCHAR', ['Ann', 'Ben']],
  ['VARCHAR', ['', '']],
]

const kept: [because: string, texts: string[]][] = [
  ['it has leading zeros', ['01067', '10115']],
  ['it has plus signs', ['+4915112345', '+44 20 7946 0001']],
  ['it has numbers of more than 15 digits', ['12345678901234567', '1']],
  ['it has leading zeros and plus signs', ['0170', '+49170']],
  ['it has exponents, such as 12E5', ['12E5', '12E5']],
  ['it has exponents, such as 12E5 and hexadecimal numbers, such as 0x1A', ['12E5', '0x1A']],
  ['it has underscores between digits', ['1_3', '13']],
  ['it has values that begin with #, such as #1001', ['1003', '#1001']],
  ['it has thousands marks', ['1,499.00', '29']],
  ['it has decimal commas', ['1,5', '29']],
  ['it has currency or percent signs', ['€ 199', '29']],
  ['it has a sign before zero', ['-0', '1']],
  ['it has NaN or infinity', ['1.5', 'NaN']],
  ['it has zeros at the end that count, such as 1.10', ['1.9', '1.10', '2.0']],
  ['it has numbers and other texts, such as unknown', ['29', 'unknown']],
  ['it has numbers and other texts, such as 2026-01-31', ['29', '2026-01-31']],
  ['T and F are letters; only true and false, yes and no are truth values', ['F', 'F']],
  ['T and F are letters; only true and false, yes and no are truth values', ['T', 'F', '']],
  ['Y and N are letters; only true and false, yes and no are truth values', ['Y', 'N']],
  ['it has values besides true and false, such as maybe', ['true', 'maybe']],
  ['its dates are not written as 2026-01-31', ['31.01.2026', '1.2.2026']],
  ['its dates are not written as 2026-01-31', ['01/31/2026 10:00']],
  ['it has days that do not exist', ['2026-02-30']],
  ['it has dates with and without a time', ['2001-02-03', '2001-02-03 23:59:00']],
  ['its times are written in several ways', ['2026-01-31T10:00:00Z', '2026-01-31 10:00:00']],
  ['its lists hold more than texts', ['["a",1]']],
]

it('loads as a type what spells it', async () => {
  const found = await spelledAll(plain.map(([, texts]) => texts))
  expect(found).toEqual(plain.map(([type], at) => ({ name: `c${at}`, type, warnings: [], emptyWords: [] })))
})

it('keeps as text what a type would lose, and says why', async () => {
  const found = await spelledAll(kept.map(([, texts]) => texts))
  expect(found.map(({ type, textBecause }) => [textBecause, type])).toEqual(kept.map(([because]) => [because, 'VARCHAR']))
})

it('looks at every row before it calls a column anything but text', async () => {
  expect(await spelled(['42', '#41'], { before: 5000 })).toMatchObject({ type: 'VARCHAR', textBecause: 'it has values that begin with #, such as #41' })
  expect(await spelled(['42', '42.5'], { before: 5000 })).toMatchObject({ type: 'DOUBLE' })
  expect(await spelled(['', '7'], { before: 5000 })).toMatchObject({ type: 'BIGINT' })
})

it('warns of numbers that a spreadsheet has shortened', async () => {
  expect(await spelled(['4.47911E+11', '4.47912E+11', '447911000000'])).toMatchObject({ type: 'VARCHAR', warnings: [expect.stringMatching(/^2 values such as 4\.47911E\+11 have lost digits/)] })
})

it('counts words that often mean no value, until they are declared', async () => {
  expect(await spelled(['29', 'NULL', '\\N', '\\N'])).toMatchObject({ type: 'VARCHAR', emptyWords: [{ text: 'NULL', count: 1 }, { text: '\\N', count: 2 }] })
  expect(await spelled(['29', 'NULL', '\\N', '\\N'], { empty: ['NULL', '\\N'] })).toEqual({ name: 'c0', type: 'BIGINT', warnings: [], emptyWords: [] })
  expect(await spelled(['Ann', 'Null'])).toMatchObject({ emptyWords: [] })
})
