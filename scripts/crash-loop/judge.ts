import type { JournalRow } from './journal-copy.ts'
import type { Held } from './simulator.ts'
import { customer, customers, partOf, wanted } from './systems.ts'
import type { System } from './systems.ts'

/** What a round broke, in words; nothing, if all went as promised. */
export interface Verdict {
  duplicates: string[]
  lost: string[]
  /** Written without being in the plan. */
  outside: string[]
  /** What a person had typed, replaced without a question. */
  overwritten: string[]
}

export interface Evidence {
  system: System
  before: Held[]
  after: Held[]
  rows: JournalRow[]
  /** How many rows the system's writes have taken in. */
  taken: number
  /** Product keys of records that a person changed while the engine lay dead. */
  edited: ReadonlySet<string>
}

/** Compares what the journal claims with what the system holds, record by record and write by write. */
export function judge(evidence: Evidence): Verdict {
  const { system, after, rows, taken } = evidence
  const byKey = Map.groupBy(after.filter(({ deleted }) => !deleted), ({ fields }) => String(fields[system.keyField]))
  return {
    duplicates: [
      ...[...byKey].filter(([, records]) => records.length > 1).map(([key, records]) => `${key} is there ${records.length} times`),
      // What had arrived was sent again without a look.
      ...(taken > rows.length ? [`${taken} rows were taken in for ${rows.length} planned`] : []),
    ],
    lost: lostRows(evidence, new Map([...byKey].map(([key, [record]]) => [key, record]))),
    outside: writtenOutside(evidence),
    overwritten: overwrittenPeople(evidence),
  }
}

function lostRows({ system, before, rows, edited }: Evidence, held: Map<string, Held | undefined>): string[] {
  const journal = Map.groupBy(rows, ({ record }) => record)
  const old = new Map(before.map((record) => [String(record.fields[system.keyField]), record]))
  return Array.from({ length: customers }, (_, index) => index)
    .filter((index) => partOf(index) !== 'right')
    .flatMap((index) => {
      const key = customer(index).customer_id
      const [row, second] = journal.get(key) ?? []
      if (!row || second) return [`${key} is ${row ? 'twice' : 'not'} in the journal`]
      const differing = Object.entries(wanted(system, index)).filter(([field, value]) => !same(held.get(key)?.fields[field], value)).map(([field]) => field)
      const problem = problemOf({ row, edited: edited.has(key), differing, editedField: system.editedField, untouched: sameRecord(old.get(key), held.get(key)) })
      return problem === undefined ? [] : [`${key}: ${problem} (${row.state}, ${row.reason ?? 'no reason'}: ${row.message ?? ''}; differs in ${differing.join(', ') || 'nothing'})`]
    })
}

interface Finding {
  row: JournalRow
  edited: boolean
  differing: string[]
  editedField: string
  untouched: boolean
}

function problemOf({ row, edited, differing, editedField, untouched }: Finding): string | undefined {
  switch (row.state) {
    case 'delivered':
      if (row.verification === null) return 'delivered and never read back'
      return differing.every((field) => edited && field === editedField) ? undefined : 'said to be delivered, and the system does not hold it'
    case 'unknown':
      return row.reason === 'needs a person' ? undefined : 'in doubt, and nobody is asked'
    case 'skipped':
      return row.reason === 'moved' && edited ? undefined : 'left out although nobody touched it'
    case 'quarantined':
      return untouched || edited ? undefined : 'set apart although it arrived'
    default:
      return `ended as ${row.state}`
  }
}

function writtenOutside({ system, before, after }: Evidence): string[] {
  const ours = new Map(Array.from({ length: customers }, (_, index) => [customer(index).customer_id, index]))
  const old = new Map(before.map((record) => [record.id, record]))
  const mapped = new Set([system.keyField, ...Object.keys(system.fields)])
  return after.flatMap((record) => {
    const key = String(record.fields[system.keyField])
    const index = ours.get(key)
    const written = Object.entries(record.history).flatMap(([field, entries]) => entries.filter(({ actor }) => actor.name === 'Lockstep').map(({ value }) => ({ field, value })))
    if (index === undefined || partOf(index) === 'right') return written.map(({ field }) => `${key} ${field} was written, and no plan said so`)
    if (!old.has(record.id) && partOf(index) !== 'new') return [`${key} was made a second time`]
    const target = wanted(system, index)
    return written.filter(({ field, value }) => mapped.has(field) && !same(value, target[field])).map(({ field, value }) => `${key} ${field} was written as ${JSON.stringify(value)}`)
  })
}

function overwrittenPeople({ system, after }: Evidence): string[] {
  return after.flatMap((record) =>
    Object.entries(record.history).flatMap(([field, entries]) => {
      const person = entries.findIndex(({ actor }) => actor.kind === 'person')
      const ours = entries.findLastIndex(({ actor }) => actor.name === 'Lockstep')
      return person !== -1 && ours > person ? [`${String(record.fields[system.keyField])} ${field}`] : []
    }),
  )
}

function same(one: unknown, other: unknown): boolean {
  return String(one ?? '') === String(other ?? '')
}

function sameRecord(one: Held | undefined, other: Held | undefined): boolean {
  if (!one || !other) return one === other
  return [...new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])].every((field) => same(one.fields[field], other.fields[field]))
}
