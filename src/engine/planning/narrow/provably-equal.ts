import { DEFAULT_INSTANT_PRECISION, textOf } from '../../values/canonical.ts'
import type { CompiledMapping } from '../../values/mapping.ts'
import { rawText } from '../../values/json.ts'
import type { Raw } from '../../../contract/states.ts'
import { quoteText } from '../../storage/duckdb.ts'

/**
 * When DuckDB alone may say that a field is in sync: the warehouse's text and what the destination answered are equal in a
 * way that leaves the classifier no choice (case 1 of semantics §2). The condition holds for too few pairs, never for one
 * too many; what it does not hold for is decided in TypeScript.
 *
 * Two kinds of proof. Values of which there are few (none, true and false, entries of a value map, options) were asked of
 * the mapping itself, and stand in a list. Plain values of the field's own type are compared as text, where the
 * destination says that it keeps them as they are ({@link FieldEncoding.keepsPlain}).
 */

/** Values that are asked of a mapping one by one; more would be slower than deciding them row by row. */
const mostListed = 200

/** Printable ASCII that JSON writes as it is, without white space at its ends. */
const plainText = '[!#-\\[\\]-~]([ !#-\\[\\]-~]*[!#-\\[\\]-~])?'
/** Fifteen digits at most, which a double holds and every system shows alike. */
const plainNumber = '(-?(?:(?:0|[1-9][0-9]{0,14})|(?:0|[1-9][0-9]{0,8})[.][0-9]{1,6}))'
const plainInteger = '-?(0|[1-9][0-9]{0,14})'
const plainDay = '([1-9][0-9]{3}-[0-9]{2}-[0-9]{2})'
/** In UTC, said or not said. */
const plainInstant = '([1-9][0-9]{3}-[0-9]{2}-[0-9]{2})[T ]((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:[.]([0-9]{1,3}))?(?:Z|[+]00(?::00)?)?'

/**
 * SQL that is true where the field is provably in sync, and false or NULL elsewhere. `source`: expression for the
 * warehouse value as text, absent for a constant. `actual`: expression for the destination's value as JSON text.
 * Undefined where nothing about the field can be proved so.
 */
export function provablyEqual(compiled: CompiledMapping, source: string | undefined, actual: string): string | undefined {
  if (source === undefined) return isListed([undefined], compiled, undefined, actual)
  const listed = isListed(listedValues(compiled), compiled, source, actual)
  const plain = compiled.keepsPlain && isTaken(compiled) ? plainlyEqual(compiled, source, actual) : undefined
  const proofs = [listed, plain].filter((proof) => proof !== undefined)
  return proofs.length === 0 ? undefined : `(${proofs.join(' OR ')})`
}

/** A value that no entry of the mapping, and no list of the field, has to say anything about. */
function isTaken({ mapping, field }: CompiledMapping): boolean {
  return mapping.values === undefined && field.options === undefined
}

function listedValues({ mapping, field }: CompiledMapping): (string | null)[] {
  const named = [...Object.keys(mapping.values ?? {}), ...(field.options ?? []).map(({ value }) => value)]
  return [null, '', 'true', 'false', ...(named.length > mostListed ? [] : named)]
}

/** Pairs that the mapping itself, and the field's comparable form, say are equal. */
function isListed(values: (string | null | undefined)[], compiled: CompiledMapping, source: string | undefined, actual: string): string | undefined {
  const pairs: string[] = []
  const withoutValue: string[] = []
  for (const value of new Set(values)) {
    const forwarded = compiled.forward(value)
    if (!forwarded.ok) continue
    const raws = new Set(spellings(forwarded.raw, forwarded.canonical).filter((raw) => compiled.normalise(raw) === forwarded.canonical).map(rawText))
    for (const raw of raws) {
      if (value === null || source === undefined) withoutValue.push(quoteText(raw))
      else pairs.push(`${quoteText(value ?? '')} || chr(31) || ${quoteText(raw)}`)
    }
  }
  if (source === undefined) return withoutValue.length === 0 ? undefined : `${actual} IN (${withoutValue.join(', ')})`
  // JSON text has no control characters, so that the last one parts the two.
  const paired = pairs.length === 0 ? [] : [`(${source} || chr(31) || ${actual}) IN (${pairs.join(', ')})`]
  const empty = withoutValue.length === 0 ? [] : [`${source} IS NULL AND ${actual} IN (${withoutValue.join(', ')})`]
  const all = [...paired, ...empty]
  return all.length === 0 ? undefined : `(${all.join(' OR ')})`
}

/** How a destination may show a value that was sent. */
function spellings(sent: Raw, canonical: string | null): Raw[] {
  if (canonical === null) return [sent, null, '']
  const text = textOf(canonical)
  return [sent, text, ...(text === 'true' || text === 'false' ? [text === 'true'] : [])]
}

function plainlyEqual({ field, columnType }: CompiledMapping, source: string, actual: string): string | undefined {
  const same = `${actual} = '"' || ${source} || '"'`
  const fits = field.maxLength === undefined ? '' : ` AND length(${source}) <= ${field.maxLength}`
  switch (`${columnType ?? ''} to ${field.type}`) {
    case 'string to string':
      return `(${same} AND ${has(plainText, source)}${fits})`
    case 'number to string':
      return `(${same} AND ${has(plainInteger, source)} AND ${source} <> '-0'${fits})`
    case 'number to number': {
      const digits = field.precision === undefined ? '' : ` AND strlen(split_part(${number(source)}, '.', 2)) <= ${field.precision}`
      return `(${likeOrAlike({ same: `(${same} OR ${actual} = ${source})`, pattern: plainNumber, source, actual, form: number })}${digits})`
    }
    case 'date to date':
      return `(${likeOrAlike({ same, pattern: plainDay, source, actual, form: day })} AND ${isDay(day(source))})`
    case 'instant to instant': {
      if ((field.precision ?? DEFAULT_INSTANT_PRECISION) < 3) return undefined
      return `(${likeOrAlike({ same, pattern: plainInstant, source, actual, form: instant })} AND ${isDay(part(plainInstant, source, 1))})`
    }
    default:
      return undefined
  }
}

/** Spelled the same, which most values are and is soon told; or the same value in another spelling. */
function likeOrAlike({ same, pattern, source, actual, form }: { same: string; pattern: string; source: string; actual: string; form(text: string): string }): string {
  // JSON writes a number as it is, and text in quotes; both are the value of one.
  return `(${same} OR (${has(`"?${pattern}"?`, actual)} AND ${form(source)} = ${form(actual)})) AND ${has(pattern, source)}`
}

/** Whether all of the text fits. */
function has(pattern: string, text: string): string {
  return `regexp_full_match(${text}, ${quoteText(pattern)})`
}

/** A group of a text that fits as a whole, with the quotes of JSON or without. */
function part(pattern: string, text: string, group: number): string {
  return `regexp_extract(${text}, ${quoteText(`^"?${pattern}"?$`)}, ${group})`
}

function isDay(text: string): string {
  return `TRY_CAST(${text} AS DATE) IS NOT NULL`
}

/** Without needless zeros, so that 12.50 and 12.5 are one. */
function number(text: string): string {
  const digits = part(plainNumber, text, 1)
  return `CASE WHEN contains(${digits}, '.') THEN rtrim(rtrim(${digits}, '0'), '.') ELSE ${digits} END`
}

function day(text: string): string {
  return part(plainDay, text, 1)
}

function instant(text: string): string {
  return `concat(${part(plainInstant, text, 1)}, 'T', ${part(plainInstant, text, 2)}, '.', rtrim(${part(plainInstant, text, 3)}, '0'))`
}
