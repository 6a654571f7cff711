import type { DuckDb } from '../storage/duckdb.ts'
import { quoteName } from '../storage/duckdb.ts'
import { readCsvAsText, readCsvDetecting } from '../sources/csv-reader.ts'
import type { CsvOptions } from '../sources/csv-reader.ts'
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
  const { rows } = await readTable(db, `SELECT ${detected.flatMap(({ name }) => signs(name)).join(', ')} FROM ${readCsvAsText(path, options)}`)
  const found = rows[0] ?? []
  return detected.map(({ name, nativeType }, at) => {
    const because = textBecause(nativeType, found.slice(SIGNS * at, SIGNS * (at + 1)).map((sign) => sign === true))
    return because === undefined ? { name, detectedType: nativeType, type: nativeType } : { name, detectedType: nativeType, type: 'VARCHAR', textBecause: because }
  })
}

const SIGNS = 6

/** What the text of a column shows: any leading zero, plus sign or long number; whether all are numbers, ISO dates, local dates. */
function signs(name: string): string[] {
  const value = `trim(${quoteName(name)})`
  return [
    `coalesce(bool_or(regexp_matches(${value}, '^[+-]?0[0-9]')), FALSE)`,
    `coalesce(bool_or(starts_with(${value}, '+')), FALSE)`,
    `coalesce(bool_or(length(regexp_replace(${value}, '[^0-9]', '', 'g')) > 15), FALSE)`,
    `coalesce(bool_and(regexp_matches(${value}, '^[+-]?[0-9]+([.][0-9]+)?$')), FALSE)`,
    `coalesce(bool_and(regexp_matches(${value}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?$')), FALSE)`,
    `coalesce(bool_and(regexp_matches(${value}, '^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}([T ].*)?$')), FALSE)`,
  ]
}

/** DuckDB itself keeps some of these as text, without a word. */
function textBecause(type: string, [zeros, plus, long, allNumbers, allIso, allLocal]: boolean[]): string | undefined {
  const isText = type === 'VARCHAR'
  if ((isTime(type) && !allIso) || (isText && allLocal)) return 'its dates are not written as 2026-01-31'
  if (!numeric.test(type) && !(isText && allNumbers)) return undefined
  const reasons = [...(zeros ? ['leading zeros'] : []), ...(plus ? ['plus signs'] : []), ...(long ? ['numbers of more than 15 digits'] : [])]
  return reasons.length === 0 ? undefined : `it has ${reasons.join(' and ')}`
}

function isTime(type: string): boolean {
  return /^(DATE|TIMESTAMP\b.*)$/.test(type)
}
