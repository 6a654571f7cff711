/**
 * The one place that says in SQL what `values/canonical.ts` says in TypeScript: the text behind the canonical value of a
 * column (semantics §1), so that a key, a filter and a field mean the same by it. A property test holds the two equal.
 */

const WHOLE = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/
const DECIMAL = /^DECIMAL\((\d+),\s*(\d+)\)$/
const FLOATING = /^(FLOAT|DOUBLE)$/
const INSTANT = /^TIMESTAMP( WITH TIME ZONE|_S|_MS|_NS)?$/
const ENUM = /^ENUM\b/

/** Days that a date can name, years 0001 to 9999, as the canonical form has them. */
export const FIRST_DAY = '0001-01-01'
export const AFTER_LAST_DAY = '10000-01-01'

export function isFloating(nativeType: string): boolean {
  return FLOATING.test(nativeType)
}

/** The digits that a DECIMAL type keeps, all and after the point. */
export function decimalDigits(nativeType: string): { all: number; afterPoint: number } | undefined {
  const parts = DECIMAL.exec(nativeType)
  return parts === null ? undefined : { all: Number(parts[1]), afterPoint: Number(parts[2]) }
}

/**
 * A value as its canonical text, exact; NULL where it has none: empty text, not-a-number, infinities, days that no date
 * can name. Undefined for types whose canonical form is not one text: lists, structs, JSON.
 */
export function canonicalText(expression: string, nativeType: string): string | undefined {
  const text = `CAST(${expression} AS VARCHAR)`
  if (nativeType === 'VARCHAR') return `nullif(nfc_normalize(${expression}), '')`
  if (ENUM.test(nativeType)) return `nullif(nfc_normalize(${text}), '')`
  if (WHOLE.test(nativeType)) return text
  if (FLOATING.test(nativeType)) return `CASE WHEN isfinite(${expression}) THEN ${floatingText(asDouble(expression, nativeType))} END`
  const decimal = decimalDigits(nativeType)
  if (decimal !== undefined) return decimal.afterPoint === 0 ? text : decimalText(expression, text)
  if (nativeType === 'DATE') return `CASE WHEN ${nameable(expression, 'DATE')} THEN ${text} END`
  if (INSTANT.test(nativeType)) return `CASE WHEN ${hasInstant(expression, nativeType)} THEN replace(replace(${text}, '+00', ''), ' ', 'T') || 'Z' END`
  return /^(BOOLEAN|UUID|TIME|TIME WITH TIME ZONE|INTERVAL)$/.test(nativeType) ? text : undefined
}

/**
 * A column as the text of a key: canonical, and where it is no value of its type (`nan`, `infinity`) the word for it, so
 * that the row is not lost but told of. NULL only where there is nothing. For types that can be keys.
 */
export function keyText(expression: string, nativeType: string): string {
  const canonical = canonicalText(expression, nativeType) ?? `CAST(${expression} AS VARCHAR)`
  return nativeType === 'VARCHAR' || ENUM.test(nativeType) ? canonical : `coalesce(${canonical}, CAST(${expression} AS VARCHAR))`
}

/** Whether a value is one at all, as SQL that is true or false, never null. */
export function hasValue(expression: string, nativeType: string): string {
  if (FLOATING.test(nativeType)) return `coalesce(isfinite(${expression}), FALSE)`
  if (nativeType === 'DATE') return `coalesce(${nameable(expression, 'DATE')}, FALSE)`
  if (INSTANT.test(nativeType)) return `coalesce(${hasInstant(expression, nativeType)}, FALSE)`
  if (nativeType === 'VARCHAR') return `coalesce(${expression} <> '', FALSE)`
  if (ENUM.test(nativeType)) return `coalesce(CAST(${expression} AS VARCHAR) <> '', FALSE)`
  if (nativeType === 'JSON') return `coalesce(json_type(${expression}) <> 'NULL', FALSE)`
  return `(${expression} IS NOT NULL)`
}

function hasInstant(expression: string, nativeType: string): string {
  // Nanoseconds reach from 1677 to 2262 only; the bounds themselves could not be written.
  return nativeType === 'TIMESTAMP_NS' ? `isfinite(${expression})` : nameable(expression, 'TIMESTAMP')
}

function nameable(expression: string, as: 'DATE' | 'TIMESTAMP'): string {
  const time = `CAST(${expression} AS ${as})`
  return `(${time} >= ${as} '${FIRST_DAY}' AND ${time} < ${as} '${AFTER_LAST_DAY}')`
}

/** DuckDB writes 0.50 as `.50` where no digit before the point is kept. */
function decimalText(expression: string, text: string): string {
  return `CASE WHEN ${expression} = 0 THEN '0' ELSE regexp_replace(rtrim(rtrim(${text}, '0'), '.'), '^(-?)\\.', '\\10.') END`
}

/** A binary number as the DOUBLE that means the same: the REAL 19.99 is 19.99, not 19.989999771118164. */
export function asDouble(expression: string, nativeType: string): string {
  return nativeType === 'FLOAT' ? `CAST(CAST(${expression} AS VARCHAR) AS DOUBLE)` : expression
}

/** A DOUBLE as the shortest decimal that reads back as it. DuckDB's own cast to text is wrong for some powers of two; JSON is not. */
export function doubleText(double: string): string {
  return `CAST(to_json(${double}) AS VARCHAR)`
}

/** The same without the exponent of very small and very large numbers, and without the needless `.0`. */
function floatingText(double: string): string {
  const text = doubleText(double)
  const digits = `replace(replace(split_part(${text}, 'e', 1), '-', ''), '.', '')`
  const exponent = `CAST(split_part(${text}, 'e', 2) AS INTEGER)`
  const sign = `CASE WHEN ${double} < 0 THEN '-' ELSE '' END`
  const large = `rpad(${digits}, ${exponent} + 1, '0')`
  const small = `'0.' || repeat('0', -${exponent} - 1) || ${digits}`
  return `CASE WHEN ${double} = 0 THEN '0'
    WHEN contains(${text}, 'e') THEN ${sign} || CASE WHEN ${exponent} > 0 THEN ${large} ELSE ${small} END
    WHEN ends_with(${text}, '.0') THEN ${text}[:-3] ELSE ${text} END`
}
