import { quoteName } from '../../../storage/duckdb.ts'

/**
 * A column of the warehouse as SQL that gives the text behind its canonical value, as a destination's value gives it too:
 * numbers without needless zeros, instants in UTC.
 */
export function plainText(column: string, nativeType: string): string {
  const name = quoteName(column)
  if (/\[|STRUCT|MAP|UNION/i.test(nativeType)) return `to_json(${name})::VARCHAR`
  if (/^(DECIMAL|DOUBLE|FLOAT)\b/.test(nativeType)) return `regexp_replace(${name}::VARCHAR, '^(-?[0-9]+)(\\.0+|(\\.[0-9]*[1-9])0+)$', '\\1\\3')`
  if (/^TIMESTAMP/.test(nativeType)) return `strftime(${name}::TIMESTAMP, '%Y-%m-%dT%H:%M:%SZ')`
  return nativeType === 'VARCHAR' ? `nfc_normalize(${name})` : `${name}::VARCHAR`
}
