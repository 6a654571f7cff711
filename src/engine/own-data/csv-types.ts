import type { DuckDb } from '../storage/duckdb.ts'
import { quoteName } from '../storage/duckdb.ts'
import { readCsvAsText, readCsvDetecting } from '../sources/csv-reader.ts'
import type { CsvOptions } from '../sources/csv-reader.ts'
import type { NativeColumn } from '../sources/raw-values.ts'
import { describeQuery, readTable } from '../sources/raw-values.ts'

export interface CsvColumn {
  name: string
  detectedType: string
  /** What it loads as. */
  type: string
  /** Why it loads as text although it looks like something else. */
  textBecause?: string
}

const numeric = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\b.*)$/

/**
 * What DuckDB sees in each column over the whole file, and what it loads as: numbers that are rather numbers of
 * something (leading zeros, a plus sign, more digits than a number keeps exactly) and dates in local notations load
 * as text, so that nothing is lost or turned around.
 */
export async function csvTypes(db: DuckDb, path: string, options: CsvOptions): Promise<CsvColumn[]> {
  const detected = await describeQuery(db, `SELECT * FROM ${readCsvDetecting(path, options)}`)
  const text = readCsvAsText(path, options)
  const first = await readSigns(db, `(SELECT * FROM ${text} LIMIT ${FIRST_ROWS})`, detected)
  // Text that already in its first rows is neither number nor date stays text; only the others are looked at in full.
  const open = detected.filter(({ name, nativeType }) => nativeType !== 'VARCHAR' || first.get(name)?.allNumbers || first.get(name)?.allLocal)
  const full = await readSigns(db, text, open)
  return detected.map(({ name, nativeType }) => {
    const signs = full.get(name)
    const because = signs && textBecause(nativeType, signs)
    return because === undefined ? { name, detectedType: nativeType, type: nativeType } : { name, detectedType: nativeType, type: 'VARCHAR', textBecause: because }
  })
}

const FIRST_ROWS = 2000

/** What the text of a column shows. */
interface Signs {
  zeros: boolean
  plus: boolean
  long: boolean
  allNumbers: boolean
  allIso: boolean
  allLocal: boolean
}

const tests: Record<keyof Signs, (value: string) => string> = {
  zeros: (value) => `bool_or((starts_with(${value}, '0') OR starts_with(${value}, '-0') OR starts_with(${value}, '+0')) AND regexp_matches(${value}, '^[+-]?0[0-9]'))`,
  plus: (value) => `bool_or(starts_with(${value}, '+'))`,
  long: (value) => `bool_or(length(${value}) > 15 AND length(regexp_replace(${value}, '[^0-9]', '', 'g')) > 15)`,
  allNumbers: (value) => `bool_and(regexp_matches(${value}, '^[+-]?[0-9]+([.][0-9]+)?$'))`,
  allIso: (value) => `bool_and(substr(${value}, 5, 1) = '-' AND substr(${value}, 8, 1) = '-')`,
  allLocal: (value) => `bool_and(regexp_matches(${value}, '^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}([T ].*)?$'))`,
}

/** The signs that matter for a type; the others count as absent. */
function signsOf(type: string): (keyof Signs)[] {
  if (isTime(type)) return ['allIso']
  if (numeric.test(type)) return ['zeros', 'plus', 'long']
  return type === 'VARCHAR' ? ['zeros', 'plus', 'long', 'allNumbers', 'allLocal'] : []
}

async function readSigns(db: DuckDb, from: string, columns: readonly NativeColumn[]): Promise<Map<string, Signs>> {
  const asked = columns.flatMap(({ name, nativeType }) => signsOf(nativeType).map((sign) => ({ name, sign })))
  const found = new Map<string, Signs>()
  if (asked.length === 0) return found
  const { rows } = await readTable(db, `SELECT ${asked.map(({ name, sign }) => `coalesce(${tests[sign](`trim(${quoteName(name)})`)}, FALSE)`).join(', ')} FROM ${from}`)
  asked.forEach(({ name, sign }, at) => {
    const signs = found.get(name) ?? { zeros: false, plus: false, long: false, allNumbers: false, allIso: false, allLocal: false }
    signs[sign] = rows[0]?.[at] === true
    found.set(name, signs)
  })
  return found
}

/** DuckDB itself keeps some of these as text, without a word. */
function textBecause(type: string, { zeros, plus, long, allNumbers, allIso, allLocal }: Signs): string | undefined {
  const isText = type === 'VARCHAR'
  if ((isTime(type) && !allIso) || (isText && allLocal)) return 'its dates are not written as 2026-01-31'
  if (!numeric.test(type) && !(isText && allNumbers)) return undefined
  const reasons = [...(zeros ? ['leading zeros'] : []), ...(plus ? ['plus signs'] : []), ...(long ? ['numbers of more than 15 digits'] : [])]
  return reasons.length === 0 ? undefined : `it has ${reasons.join(' and ')}`
}

function isTime(type: string): boolean {
  return /^(DATE|TIMESTAMP\b.*)$/.test(type)
}
