import type { ValueType } from '../../contract/definitions.ts'
import { asDouble, doubleText, isFloating } from './canonical-sql.ts'
import { exactJson, holdsBinary, isNested } from './exact-json.ts'

/** DuckDB's type → the type that contracts and mappings speak of; undefined: cannot be sent. */
export function valueTypeOf(nativeType: string): ValueType | undefined {
  if (holdsBinary(nativeType)) return undefined
  if (nativeType.endsWith(']')) return 'list'
  if (/^(STRUCT|MAP|UNION)\b/.test(nativeType) || nativeType === 'JSON') return 'json'
  if (/^DECIMAL\b/.test(nativeType)) return 'number'
  if (/^ENUM\b/.test(nativeType)) return 'string'
  if (/^TIMESTAMP\b|^TIMESTAMP_(S|MS|NS)$/.test(nativeType)) return 'instant'
  switch (nativeType) {
    case 'VARCHAR':
    case 'UUID':
    case 'TIME':
    case 'TIME WITH TIME ZONE':
    case 'INTERVAL':
      return 'string'
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
    case 'HUGEINT':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER':
    case 'UBIGINT':
    case 'UHUGEINT':
    case 'FLOAT':
    case 'DOUBLE':
      return 'number'
    case 'BOOLEAN':
      return 'boolean'
    case 'DATE':
      return 'date'
    default:
      return undefined
  }
}

/** Whether a column of this native type keeps a contract that promises `promised`. */
export function keepsPromise(nativeType: string, promised: ValueType): boolean {
  const found = valueTypeOf(nativeType)
  if (found === 'list') return promised === 'list' || promised === 'set' || promised === 'json'
  return found === promised
}

/** A column as SQL that keeps its value exactly when it is stored in a Parquet file. */
export function storableExpression(name: string, nativeType: string): string {
  if (isNested(nativeType)) return `CAST(${exactJson(name, nativeType)} AS JSON)`
  if (nativeType === 'FLOAT') return asDouble(name, nativeType)
  return storableType(nativeType) === nativeType ? name : `CAST(${name} AS VARCHAR)`
}

/** The native type after {@link storableExpression}. Parquet has no 128-bit integers: DuckDB would store a rounded double. */
export function storableType(nativeType: string): string {
  if (isNested(nativeType)) return 'JSON'
  if (nativeType === 'FLOAT') return 'DOUBLE'
  return /^(U?HUGEINT|UUID|TIME|TIME WITH TIME ZONE|INTERVAL|ENUM\b.*)$/.test(nativeType) ? 'VARCHAR' : nativeType
}

/** A column as the text that a plan reads of it, equal exactly when the value is; lists and structs as JSON. */
export function readText(expression: string, nativeType: string): string {
  if (isNested(nativeType)) return exactJson(expression, nativeType)
  return isFloating(nativeType) ? doubleText(asDouble(expression, nativeType)) : `CAST(${expression} AS VARCHAR)`
}
