import type { AnswerKind, Raw } from '../../../contract/states.ts'
import { growingSha256, sha256Hex, type GrowingHash } from '../../values/hash.ts'
import { canonicalJson, rawText } from '../../values/json.ts'
import { compareKeys } from './key-order.ts'
import type { FieldChange, RecordChange } from '../../plans/plan-rows.ts'

/**
 * planHash, fed record by record: SHA-256 over the header and the digest of all changes in key order (semantics §4). It
 * covers what a plan says, not the bytes of its files.
 */
export class PlanHash {
  private readonly changes: GrowingHash = growingSha256()
  private last: string | undefined

  /** The next change; keys must come in order, each once. */
  add(change: RecordChange): void {
    if (this.last !== undefined && compareKeys(this.last, change.key) >= 0) throw new Error('the changes of a plan are hashed in key order, each key once')
    this.last = change.key
    this.changes.add(`${changeLine(change)}\n`)
  }

  /** Removals follow the rows of the source, again in key order. */
  beginRemovals(): void {
    this.last = undefined
    this.changes.add('removals\n')
  }

  /** Ends the hash. The header holds definition hashes, snapshot sequence, source fingerprint, read scope and time. */
  finish(header: object): string {
    return sha256Hex(`${canonicalJson(header)}\n${this.changes.digest()}\n`)
  }
}

/**
 * One change as canonical JSON. A list in fixed order, because its members are texts and numbers only: that is RFC 8785
 * already, and spares a million records the sorting of names.
 */
function changeLine(change: RecordChange): string {
  const { blocked } = change
  return JSON.stringify([
    change.ordinal,
    change.key,
    change.label,
    change.remoteId ?? null,
    change.matchKey ?? null,
    change.operation,
    blocked === undefined ? null : [blocked.cause, blocked.field ?? null, blocked.message, blocked.value ?? null],
    change.preselected,
    change.hold ?? null,
    change.fields.map(fieldLine),
  ])
}

// Taking the field apart with a rest would copy it, for every field of a big plan.
function fieldLine(field: FieldChange): unknown[] {
  const { base, editor } = field
  return [
    field.field,
    field.class,
    field.case,
    field.write,
    field.drift,
    field.firstContact,
    field.destroys,
    base.known ? [rawText(base.value), base.canonical, base.assumed === true, base.at ?? null] : null,
    rawText(field.warehouse),
    rawText(field.destination),
    field.d,
    field.a,
    editor === undefined ? null : [editor.kind, editor.name, editor.at ?? null],
  ]
}

/** An answer as it is signed. */
export interface SignedAnswer {
  record: string
  field: string
  kind: AnswerKind
  value?: Raw
  reason?: string
  /** When an override made by it ends, in milliseconds since 1970. */
  expiresAt?: number
}

/** A record that somebody, or a policy, selected or took out. */
export interface SignedSelection {
  record: string
  selected: boolean
}

/**
 * decisionHash: what an approval signs. Answers come ordered by record and field, selections by record, both in key
 * order; any later change gives another hash.
 */
export function decisionHash(planHash: string, answers: Iterable<SignedAnswer>, selections: Iterable<SignedSelection>): string {
  const hash = growingSha256()
  hash.add(`${planHash}\nanswers\n`)
  let last: SignedAnswer | undefined
  for (const answer of answers) {
    if (last !== undefined && (compareKeys(last.record, answer.record) || compareKeys(last.field, answer.field)) >= 0) throw new Error('answers are signed in order of record and field')
    last = answer
    const value = answer.value === undefined ? null : rawText(answer.value)
    hash.add(`${JSON.stringify([answer.record, answer.field, answer.kind, value, answer.reason ?? null, answer.expiresAt ?? null])}\n`)
  }
  hash.add('selections\n')
  let lastRecord: string | undefined
  for (const { record, selected } of selections) {
    if (lastRecord !== undefined && compareKeys(lastRecord, record) >= 0) throw new Error('selections are signed in order of record')
    lastRecord = record
    hash.add(`${JSON.stringify([record, selected])}\n`)
  }
  return hash.digest()
}
