import { decimalDigits, isFloating } from '../sources/canonical-sql.ts'
import { compareDecimals, decimalText } from '../values/decimal.ts'

/**
 * Where a number stands among the values of a column: the smallest of them that is not less. Comparing the column with
 * it in its own type is exact and needs no conversion of any row; a FLOAT counts as the DOUBLE that means the same.
 */
export interface NumberBound {
  /** As text, fit for the column's own type. */
  at: string
  /** Whether it is the number itself. */
  exact: boolean
}

/** Undefined where every value that the type can hold is less. `decimal` is canonical, `nativeType` a number. */
export function numberBound(nativeType: string, decimal: string): NumberBound | undefined {
  if (isFloating(nativeType)) return doubleBound(decimal)
  const kept = decimalDigits(nativeType)
  const { least, most } = kept === undefined ? wholeRange(nativeType) : { least: 1n - 10n ** BigInt(kept.all), most: 10n ** BigInt(kept.all) - 1n }
  const { value, exact } = roundedUp(decimal, kept?.afterPoint ?? 0)
  if (value > most) return undefined
  const bound = value < least ? { value: least, exact: false } : { value, exact }
  return { at: placed(bound.value, kept?.afterPoint ?? 0), exact: bound.exact }
}

const bits: Record<string, number> = { TINYINT: 8, SMALLINT: 16, INTEGER: 32, BIGINT: 64, HUGEINT: 128 }

function wholeRange(nativeType: string): { least: bigint; most: bigint } {
  const unsigned = nativeType.startsWith('U')
  const size = bits[unsigned ? nativeType.slice(1) : nativeType]
  if (size === undefined) throw new Error(`${nativeType} holds no numbers`)
  return unsigned ? { least: 0n, most: 2n ** BigInt(size) - 1n } : { least: -(2n ** BigInt(size - 1)), most: 2n ** BigInt(size - 1) - 1n }
}

/** The decimal in units of its last kept digit, up to the next where digits go. */
function roundedUp(decimal: string, digits: number): { value: bigint; exact: boolean } {
  const negative = decimal.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.')
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  const exact = fraction.length <= digits
  if (negative) return { value: -kept, exact }
  return { value: exact ? kept : kept + 1n, exact }
}

function placed(units: bigint, digits: number): string {
  if (digits === 0) return units.toString()
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0')
  return `${units < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** A binary number means the shortest decimal that reads back as it; these rise as the numbers do. */
function doubleBound(decimal: string): NumberBound | undefined {
  const nearest = Number(decimal)
  let at = Number.isFinite(nearest) ? nearest : Math.sign(nearest) * Number.MAX_VALUE
  if (compareDecimals(shortest(at), decimal) < 0) at = nextUp(at)
  return Number.isFinite(at) ? { at: String(at), exact: shortest(at) === decimal } : undefined
}

function shortest(double: number): string {
  return decimalText(double) ?? ''
}

function nextUp(double: number): number {
  if (double === 0) return Number.MIN_VALUE
  const bytes = new DataView(new ArrayBuffer(8))
  bytes.setFloat64(0, double)
  bytes.setBigInt64(0, bytes.getBigInt64(0) + BigInt(Math.sign(double)))
  return bytes.getFloat64(0)
}
