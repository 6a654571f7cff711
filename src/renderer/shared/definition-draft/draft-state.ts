import type { DefinitionDocument } from '../../../contract/shapes.ts'

/** A definition being edited, and what the file said when the editing began. */
export interface Draft<Value> {
  value: Value
  /** The SQL beside a product. */
  sql?: string
  /** Absent while there is no file yet. */
  file?: { hash: string; value: Value; sql?: string }
  /** The file as somebody else left it while this draft had changes of its own. */
  outside?: DefinitionDocument
}

/** A draft over a file that can be read; undefined when the file has a problem. */
export function draftOfFile<Value>(document: DefinitionDocument): Draft<Value> | undefined {
  if (document.value === undefined) return undefined
  const value = document.value as Value
  return { value, file: { hash: document.hash, value, ...sqlOf(document.sql) }, ...sqlOf(document.sql) }
}

/** A draft of something that has no file yet. */
export function draftOfNew<Value>(value: Value, sql?: string): Draft<Value> {
  return { value, ...sqlOf(sql) }
}

/** Whether saving would change the file. */
export function isChanged<Value>(draft: Draft<Value>): boolean {
  if (draft.file === undefined) return true
  return !sameValue(draft.value, draft.file.value) || (draft.sql ?? '') !== (draft.file.sql ?? '')
}

/**
 * The file was read again. A draft without changes follows it; one with changes is kept, and the
 * person is shown both.
 */
export function afterReading<Value>(draft: Draft<Value> | undefined, document: DefinitionDocument): Draft<Value> | undefined {
  if (draft === undefined) return draftOfFile(document)
  if (draft.file?.hash === document.hash) return draft.outside === undefined ? draft : withoutOutside(draft)
  if (draft.file !== undefined && !isChanged(draft)) return draftOfFile(document) ?? { ...draft, outside: document }
  const theirs = draftOfFile<Value>(document)
  if (theirs !== undefined && sameValue(theirs.value, draft.value) && (theirs.sql ?? '') === (draft.sql ?? '')) return theirs
  return draft.outside?.hash === document.hash ? draft : { ...draft, outside: document }
}

/** Keeps the draft; the next save replaces what the other person wrote. */
export function takeMine<Value>(draft: Draft<Value>): Draft<Value> {
  const outside = draft.outside
  if (outside === undefined) return draft
  const read = draftOfFile<Value>(outside)
  return { ...withoutOutside(draft), file: read?.file ?? { hash: outside.hash, value: draft.value } }
}

/** Drops the draft's own changes. */
export function takeTheirs<Value>(draft: Draft<Value>): Draft<Value> {
  return (draft.outside === undefined ? undefined : draftOfFile<Value>(draft.outside)) ?? draft
}

function withoutOutside<Value>(draft: Draft<Value>): Draft<Value> {
  const { outside: _outside, ...rest } = draft
  return rest
}

function sqlOf(sql: string | undefined): { sql?: string } {
  return sql === undefined ? {} : { sql }
}

/** Equal as a file would show them: the order of keys and absent keys do not count. */
export function sameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(ordered(left)) === JSON.stringify(ordered(right))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  )
}
