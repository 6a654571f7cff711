import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppError } from '../../../contract/errors.ts'
import type { Raw } from '../../../contract/states.ts'
import { openDuckDb, readParquet } from '../../storage/duckdb.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { csvValues } from './csv-values.ts'
import { readTable } from '../../storage/raw-values.ts'

let folder: string
let db: DuckDb
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-csv-property-'))
  db = await openDuckDb({ tempFolder: folder, keepOrder: true })
})
afterAll(() => {
  db.closeInstance()
  rmSync(folder, { recursive: true, force: true })
})

const types = ['BIGINT', 'DECIMAL(9,2)', 'DOUBLE', 'BOOLEAN', 'DATE', 'VARCHAR'] as const

/** What a text spells, said in another way than the reader says it; undefined: it spells no such value. */
function spells(type: string, text: string): Raw | undefined {
  if (type === 'VARCHAR') return text === '' ? null : text
  const bare = text.replace(/^[ \t]+|[ \t]+$/g, '')
  if (bare === '') return null
  switch (type) {
    case 'BIGINT': {
      if (!/^-?\d{1,19}$/.test(bare) || String(BigInt(bare)) !== bare || BigInt.asIntN(64, BigInt(bare)) !== BigInt(bare)) return undefined
      return Number.isSafeInteger(Number(bare)) ? Number(bare) : bare
    }
    case 'DECIMAL(9,2)': {
      const parts = /^(-?)(0|[1-9]\d{0,6})?(?:\.(\d{1,2})0*)?$/.exec(bare)
      if (!parts || bare.replace('-', '') === '' || (parts[2] === undefined && parts[3] === undefined)) return undefined
      const value = `${parts[2] ?? '0'}.${(parts[3] ?? '').padEnd(2, '0')}`
      return /[1-9]/.test(value) ? `${parts[1]}${value}` : value
    }
    case 'DOUBLE': {
      const small = /^-?[1-9](?:\.\d{1,14})?[eE]-\d\d?$/.test(bare)
      const plain = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)$/.test(bare) && bare.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15
      return small || plain ? Number(bare) : undefined
    }
    case 'BOOLEAN':
      return /^(true|yes)$/i.test(bare) ? true : /^(false|no)$/i.test(bare) ? false : undefined
    default: {
      const at = Date.parse(`${bare}T00:00:00Z`)
      return /^\d{4}-\d\d-\d\d$/.test(bare) && Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === bare && !bare.startsWith('0000') ? bare : undefined
    }
  }
}

/** What a spreadsheet, another program or a hostile hand puts into a cell. */
const hostile = ['', ' ', '042', '0012', '42.6', '1_3', '0x10', '12E5', '4.47911E+11', '-0', '+5', '#41', '\\N', 'NULL', 'T', 'F', 'yes', 'FALSE', 'nan', 'Infinity', '1,499.00', '2001-02-03 23:59:00', '2001-02-30', '31.01.2001', '12.345', '12.300', '.5', '5.', '9223372036854775808', '1234567890123456.7', '9.8e-05', ' 42 ', '["a"]', '=1+1', 'a"b', 'two\nlines', 'ü', '٤٢', '12:30', '١']

const right: Record<(typeof types)[number], fc.Arbitrary<string>> = {
  BIGINT: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  'DECIMAL(9,2)': fc.integer({ min: -999_999_999, max: 999_999_999 }).map((cents) => `${cents < 0 ? '-' : ''}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`),
  DOUBLE: fc.integer({ min: -1_000_000, max: 1_000_000 }).map((thousandths) => String(thousandths / 1000)).filter((text) => !text.includes('e')),
  BOOLEAN: fc.constantFrom('true', 'False', 'yes', 'NO'),
  DATE: fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10)),
  VARCHAR: fc.string({ maxLength: 6 }).filter((text) => !text.includes('\0')),
}

/** A column of a type, mostly right, and now and then with a cell that is not. */
const column = fc.constantFrom(...types).chain((type) => {
  const cells = (wrong: number) => fc.array(fc.oneof({ weight: 40, arbitrary: right[type] }, { weight: wrong, arbitrary: fc.constantFrom(...hostile) }), { minLength: 12, maxLength: 12 })
  return fc.tuple(fc.constant(type), fc.oneof(cells(0), cells(1)), cells(1))
})

const quoted = (cell: string) => (/[",\n\r]/.test(cell) || cell.startsWith(' ') || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell)

async function load(cells: readonly (readonly string[])[], pinned: Record<string, string> | undefined): Promise<{ types: string[]; rows: Raw[][] } | AppError> {
  const names = cells.map((_, at) => `c${at}`)
  const lines = (cells[0] ?? []).map((_, row) => cells.map((texts) => quoted(texts[row] ?? '')).join(','))
  const file = join(folder, 'replaced.csv')
  writeFileSync(file, `${[names.join(','), ...lines].join('\n')}\n`)
  try {
    const written = await csvValues({ file, path: 'replaced.csv', options: { delimiter: ',', header: true, ...(pinned ? { types: pinned } : {}) }, tempFolder: folder, threads: 1 })
    const { columns, rows } = await readTable(db, `SELECT * FROM ${readParquet(written)}`)
    return { types: columns.map(({ nativeType }) => nativeType), rows }
  } catch (cause) {
    if (cause instanceof AppError) return cause
    throw cause
  }
}

/** Nothing but what the texts spell, or a refusal that names a text that spells nothing. */
function expectSpelled(result: Awaited<ReturnType<typeof load>>, found: readonly string[], cells: readonly (readonly string[])[]): void {
  const expected = (cells[0] ?? []).map((_, row) => cells.map((texts, at) => spells(found[at] ?? '', texts[row] ?? '')))
  if (!(result instanceof AppError)) return expect(result.rows).toEqual(expected)
  const place = result.place
  const at = Number(place.field?.slice(1))
  expect(cells[at]?.map((text) => text.trim())).toContain(place.value)
  expect(spells(found[at] ?? '', place.value ?? '')).toBeUndefined()
}

it('never gives a value that the text does not spell, at the first load, when the file is replaced, and without types', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(column, { minLength: 6, maxLength: 12 }), async (columns) => {
      const pinned = columns.map(([type]) => type)
      const byName = Object.fromEntries(pinned.map((type, at) => [`c${at}`, type]))
      for (const cells of [columns.map(([, first]) => first), columns.map(([, , replaced]) => replaced)]) {
        expectSpelled(await load(cells, byName), pinned, cells)
        const open = await load(cells, undefined)
        if (open instanceof AppError) throw open
        expectSpelled(open, open.types, cells)
      }
    }),
    { numRuns: 4, endOnFailure: true },
  )
}, 60_000)
