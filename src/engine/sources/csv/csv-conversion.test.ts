import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CsvColumnFormat } from '../../../contract/csv.ts'
import type { Raw } from '../../../contract/states.ts'
import { openDuckDb, quoteText } from '../../storage/duckdb.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { convertColumn } from './csv-conversion.ts'
import { readTable } from '../../storage/raw-values.ts'

let db: DuckDb
beforeAll(async () => {
  db = await openDuckDb({ tempFolder: tmpdir(), keepOrder: true })
})
afterAll(() => db.closeInstance())

async function converted(type: string, texts: readonly string[], format: CsvColumnFormat = {}, empty: string[] = []): Promise<Raw[]> {
  const { text, value } = convertColumn('cell', type, { empty, formats: { cell: format } })
  const cells = texts.map((cell, at) => `(${at}, ${quoteText(cell)})`).join(', ')
  const { rows } = await readTable(db, `SELECT ${value}, ${text} IS NULL FROM (VALUES ${cells}) AS cells(place, cell) ORDER BY place`)
  return rows.map(([read, isEmpty]) => (read === null || read === undefined ? (isEmpty === true ? 'empty' : 'refused') : read))
}

/** Text → what it is read as. */
type Cases = Record<string, Raw>

const number = { '42': 42, '-7': -7, ' 42\t': 42, '': 'empty', '  ': 'empty', '042': 'refused', '-0': 'refused', '+5': 'refused', '1_3': 'refused', '0x10': 'refused', '12E5': 'refused', '42.6': 'refused', '42.0': 'refused', '1,499': 'refused', '٤٢': 'refused', '#41': 'refused', '4 2': 'refused', 'NaN': 'refused' }

const cases: [type: string, cases: Cases, format?: CsvColumnFormat][] = [
  ['BIGINT', { ...number, '9223372036854775807': '9223372036854775807', '9223372036854775808': 'refused' }],
  ['int', { ...number, '3000000000': 'refused' }],
  ['UTINYINT', { '255': 255, '256': 'refused', '-1': 'refused' }],
  ['HUGEINT', { '99999999999999999999999999999999999999': '99999999999999999999999999999999999999', '042': 'refused', '4.0': 'refused' }],
  ['DECIMAL(9,2)', { '12.34': '12.34', '12': '12.00', '-.5': '-0.50', '12.3400': '12.34', '12.345': 'refused', '12.': 'refused', '012.3': 'refused', '12345678.00': 'refused', '1e2': 'refused', '1,5': 'refused', '0.00': '0.00' }],
  ['DOUBLE', { '12.50': 12.5, '7': 7, '.5': 0.5, '0.1': 0.1, '123456789012.345': 123456789012.345, '9.8e-05': 0.000098, '1234567890.1234567': 'refused', '12345678901234567': 'refused', '4.47911E+11': 'refused', '12E5': 'refused', '0x1A': 'refused', '1_0.5': 'refused', inf: 'refused', nan: 'refused', '007.5': 'refused' }],
  ['BOOLEAN', { true: true, FALSE: false, Yes: true, no: false, T: 'refused', F: 'refused', '1': 'refused', '0': 'refused', y: 'refused', on: 'refused' }],
  ['DATE', { '2001-02-03': '2001-02-03', '2001-02-03 23:59:00': 'refused', '2001-2-3': 'refused', '2001-02-30': 'refused', '03.02.2001': 'refused', infinity: 'refused', epoch: 'refused', '0000-01-01': 'refused' }],
  ['TIMESTAMP', { '2026-01-31 10:00:00': '2026-01-31T10:00:00Z', '2026-01-31T10:00': '2026-01-31T10:00:00Z', '2026-01-31T10:00:00.5Z': '2026-01-31T10:00:00.5Z', '2026-01-31 10:00:00+02': '2026-01-31T08:00:00Z', '2026-01-31 10:00:00 UTC': '2026-01-31T10:00:00Z', '2026-01-31': 'refused', '2026-01-31 24:00:00': 'refused', '2026-02-30 10:00:00': 'refused', '2026-01-31 10:00:00.1234567': 'refused', '2026-01-31 10:00:00 CET': 'refused' }],
  ['timestamptz', { '2026-01-31 10:00:00+0230': '2026-01-31T07:30:00Z', '2026-01-31 10:00:00': '2026-01-31T10:00:00Z' }],
  ['TIMESTAMP', { '2026-01-31 10:00:00': '2026-01-31T08:00:00Z', '2026-01-31 10:00:00Z': '2026-01-31T10:00:00Z' }, { offset: '+02:00' }],
  ['TIMESTAMP', { '31.1.2026 10:00': '2026-01-31T10:00:00Z', '2026-01-31 10:00': 'refused' }, { dates: 'DD.MM.YYYY' }],
  ['DATE', { '3.2.2001': '2001-02-03', '31.02.2001': 'refused', '2001-02-03': 'refused', '03.02.01': 'refused' }, { dates: 'DD.MM.YYYY' }],
  ['DATE', { '02/03/2001': '2001-02-03', '13/03/2001': 'refused' }, { dates: 'MM/DD/YYYY' }],
  ['DATE', { '20010203': '2001-02-03', '20011303': 'refused' }, { dates: 'YYYYMMDD' }],
  ['DECIMAL(18,2)', { '1,499.00': '1499.00', '29': '29.00', '1499.5': '1499.50', '1.499,00': 'refused', '14,99': 'refused', '1,4990': 'refused', '€ 199': 'refused' }, { thousands: ',' }],
  ['DOUBLE', { '1.499,5': 1499.5, '0,25': 0.25, '1.49': 'refused' }, { thousands: '.', decimal: ',' }],
  ['DOUBLE', { '1,5': 1.5, '1.5': 'refused' }, { decimal: ',' }],
  ['BIGINT', { '1\u202f499\u00a0000': 1499000, '1 499': 1499, '01 499': 'refused' }, { thousands: ' ' }],
  ['BIGINT', { '1’499': 1499 }, { thousands: "'" }],
  ['VARCHAR', { '007': '007', ' x ': ' x ', '': 'empty', NULL: 'NULL', '\\N': '\\N' }],
  ['VARCHAR', { ' x ': 'x', '  ': 'empty' }, { trim: true }],
  ['VARCHAR', { unknown: 'empty', 'n/a': 'n/a' }, { empty: ['unknown'] }],
  ['VARCHAR[]', { '["vip","newsletter"]': ['vip', 'newsletter'], '[]': [], '': 'empty', '["a",1]': 'refused', '["a",null]': 'refused', '[["a"]]': 'refused', 'vip': 'refused', '["vip"': 'refused', '{"a":1}': 'refused' }],
  ['VARCHAR[]', { 'vip| newsletter |': ['vip', 'newsletter'] }, { separator: '|' }],
  ['JSON', { '{"a":1}': { a: 1 }, '{a}': 'refused' }],
  ['TIME', { '10:00': '10:00:00', '25:00': 'refused' }],
]

describe('a text of a CSV file, read as a type', () => {
  it.each(cases)('%s', async (type, texts, format) => {
    expect(Object.fromEntries((await converted(type, Object.keys(texts), format)).map((read, at) => [Object.keys(texts)[at], read]))).toEqual(texts)
  })

  it('means no value only where that is declared', async () => {
    expect(await converted('VARCHAR', ['\\N', '#N/A', 'NULL', "it's"], {}, ['\\N', '#N/A', "it's"])).toEqual(['empty', 'empty', 'NULL', 'empty'])
    expect(await converted('BIGINT', [' \\N ', 'NULL', '5'], {}, ['\\N'])).toEqual(['empty', 'refused', 5])
  })
})
