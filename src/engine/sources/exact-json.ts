import { quoteText } from '../storage/duckdb.ts'
import { canonicalText, keyText } from './canonical-sql.ts'

/**
 * A list, struct, map or union as JSON text in which every value means what it would mean alone: the REAL 19.99 is 19.99,
 * long numbers keep their digits, instants are in UTC. What JSON has no number for becomes one that is refused, never null.
 */
export function exactJson(expression: string, nativeType: string): string {
  // DuckDB's own JSON is exact, but for the REALs that it widens and the form of its times.
  if (!/\b(FLOAT|DOUBLE|TIMESTAMP|DATE)\b|TIMESTAMP_/.test(withoutNames(nativeType))) return `CAST(to_json(${expression}) AS VARCHAR)`
  return nested(expression, nativeType, 0)
}

/** Whether values of the type hold others. */
export function isNested(nativeType: string): boolean {
  return nativeType.endsWith(']') || /^(STRUCT|MAP|UNION)\(/.test(nativeType)
}

/** Whether some part of the type is binary, which no system takes as a value. */
export function holdsBinary(nativeType: string): boolean {
  return /\b(BLOB|BIT|GEOMETRY)\b/.test(withoutNames(nativeType))
}

const NO_NUMBER = "'1e999'"

function nested(expression: string, nativeType: string, depth: number): string {
  const inner = (part: string, type: string) => `coalesce(${nested(part, type, depth + 1)}, 'null')`
  const item = `lockstep_${depth}`
  const list = /^(.*)\[\d*\]$/s.exec(nativeType)
  if (list !== null) return joined(expression, '[', `list_transform(${expression}, lambda ${item}: ${inner(item, list[1] ?? '')})`, ']')
  const [, kind, members] = /^(STRUCT|MAP|UNION)\((.*)\)$/s.exec(nativeType) ?? []
  const parts = members === undefined ? [] : partsOf(members)
  if (kind === 'MAP') {
    const [key = '', value = ''] = parts
    const entry = `${named(`${item}.key`, key)} || ':' || ${inner(`${item}.value`, value)}`
    return joined(expression, '{', `list_transform(map_entries(${expression}), lambda ${item}: ${entry})`, '}')
  }
  if (kind === 'STRUCT') {
    const texts = parts.map(memberOf).map(({ name, type }) => `${quoteText(`${JSON.stringify(name)}:`)} || ${inner(`struct_extract(${expression}, ${quoteText(name)})`, type)}`)
    return joined(expression, '{', `[${texts.join(', ')}]`, '}')
  }
  if (kind === 'UNION') {
    const cases = parts.map(memberOf).map(({ name, type }) => `WHEN ${quoteText(name)} THEN ${quoteText(`{${JSON.stringify(name)}:`)} || ${inner(`union_extract(${expression}, ${quoteText(name)})`, type)} || '}'`)
    return `CASE CAST(union_tag(${expression}) AS VARCHAR) ${cases.join(' ')} END`
  }
  return leaf(expression, nativeType)
}

function joined(expression: string, open: string, texts: string, close: string): string {
  return `CASE WHEN ${expression} IS NOT NULL THEN '${open}' || array_to_string(${texts}, ',') || '${close}' END`
}

function named(key: string, nativeType: string): string {
  return `CAST(to_json(coalesce(${canonicalText(key, nativeType) ?? 'NULL'}, CAST(${key} AS VARCHAR))) AS VARCHAR)`
}

function leaf(expression: string, nativeType: string): string {
  if (/^(FLOAT|DOUBLE)$/.test(nativeType)) return `CASE WHEN isfinite(${expression}) THEN ${canonicalText(expression, nativeType) ?? ''} WHEN ${expression} IS NOT NULL THEN ${NO_NUMBER} END`
  if (/^(BOOLEAN|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DECIMAL\(.*\))$/.test(nativeType)) return canonicalText(expression, nativeType) ?? 'NULL'
  if (/^(DATE|TIMESTAMP.*)$/.test(nativeType)) return `CAST(to_json(${keyText(expression, nativeType)}) AS VARCHAR)`
  return nativeType === 'VARCHAR' || nativeType === 'JSON' ? `CAST(to_json(${expression}) AS VARCHAR)` : `CAST(to_json(CAST(${expression} AS VARCHAR)) AS VARCHAR)`
}

function memberOf(part: string): { name: string; type: string } {
  const [, name = '', type = ''] = /^"((?:[^"]|"")*)" (.*)$/s.exec(part) ?? []
  return { name: name.replaceAll('""', '"'), type }
}

/** The parts between commas that stand in no brackets and no quotes. */
function partsOf(members: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quote: string | undefined
  let start = 0
  for (let at = 0; at < members.length; at++) {
    const character = members[at] ?? ''
    if (quote !== undefined) quote = character === quote ? undefined : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '(' || character === '[') depth++
    else if (character === ')' || character === ']') depth--
    else if (character === ',' && depth === 0) {
      parts.push(members.slice(start, at).trim())
      start = at + 1
    }
  }
  return [...parts, members.slice(start).trim()]
}

function withoutNames(nativeType: string): string {
  return nativeType.replaceAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, '')
}
