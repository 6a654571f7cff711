import type { Raw } from '../../../contract/states.ts'
import type { ReadRecord } from '../../destinations/destination.ts'
import type { PlanForApply } from '../../plans/plan-for-apply.ts'
import type { PlannedWrite } from './planned-write.ts'
import type { RunDestination } from '../requests/run-destination.ts'

/** The destination's records of some writes, by ordinal; what is not there is absent. Deleted and merged count as absent. */
export type Found = Map<number, ReadRecord>

interface Reading {
  signal?: AbortSignal
  /** A record that was merged into another is there, as that one. */
  merged?: boolean
  /** Ordinal → id that was answered: that one, where several records hold the key. */
  answered?: ReadonlyMap<number, string | null>
}

/** Strong read of what the writes are about: known records by id, new ones by key, which nobody can get wrong for us. */
export async function readNow(target: RunDestination, plan: PlanForApply, writes: PlannedWrite[], { signal, merged = false, answered }: Reading = {}): Promise<Found> {
  const fields = [...new Set(writes.flatMap((write) => Object.keys(write.send)))]
  const found: Found = new Map()
  const byId = writes.filter((write) => idOf(write) !== undefined)
  const byKey = writes.filter((write) => idOf(write) === undefined && write.record.matchKey !== undefined)
  for (const part of inParts(byId, target.profile.rowsPerRead)) {
    const records = await target.read({ object: plan.object, fields, by: { kind: 'id', values: part.map((write) => idOf(write) ?? '') } }, signal)
    const living = new Map(records.filter((record) => !record.deleted && (merged || record.mergedFrom === undefined)).map((record) => [record.mergedFrom ?? record.id, record]))
    collect(found, part, (write) => living.get(idOf(write) ?? ''))
  }
  for (const part of inParts(byKey, target.profile.rowsPerRead)) {
    const values = part.map((write) => write.record.matchKey ?? '')
    const records = await target.read({ object: plan.object, fields, by: { kind: 'key', field: plan.matchField, values } }, signal)
    const living = new Map<string, ReadRecord[]>()
    for (const record of records) if (!record.deleted) living.set(record.requestedKey ?? '', [...(living.get(record.requestedKey ?? '') ?? []), record])
    collect(found, part, (write) => {
      const holders = living.get(write.record.matchKey ?? '') ?? []
      return holders.find(({ id }) => id === answered?.get(write.ordinal)) ?? holders.at(-1)
    })
  }
  return found
}

function idOf(write: PlannedWrite): string | undefined {
  return write.record.remoteId
}

function collect(found: Found, writes: PlannedWrite[], find: (write: PlannedWrite) => ReadRecord | undefined): void {
  for (const write of writes) {
    const record = find(write)
    if (record) found.set(write.ordinal, record)
  }
}

/** Whether every field of `values` is what the record holds, as the plan compares. */
export function holds(plan: PlanForApply, record: ReadRecord, values: Record<string, Raw>): boolean {
  return Object.entries(values).every(([field, value]) => sameValue(plan, field, value, record.fields[field] ?? null))
}

/** Whether two raw values of a field are the same to the plan. Most are equal as they stand, and need not be put in comparable form. */
export function sameValue(plan: PlanForApply, field: string, one: Raw, other: Raw): boolean {
  return one === other || plan.comparable(field, one) === plan.comparable(field, other)
}

/** Why a row may not be written any more, in words; undefined: it is as the plan saw it. */
export function changedSincePlan(plan: PlanForApply, write: PlannedWrite, now: ReadRecord | undefined): string | undefined {
  if (write.how === 'create') return now === undefined ? undefined : 'A record with this key is there by now.'
  if (now === undefined) return 'The record is not there any more.'
  const moved = Object.entries(write.before)
    .filter(([field, value]) => Object.hasOwn(write.send, field) && !sameValue(plan, field, value, now.fields[field] ?? null))
    .map(([field]) => field)
  return moved.length === 0 ? undefined : `Changed in the destination since the plan: ${moved.join(', ')}.`
}

/** Splits into parts of at most `most`. */
export function* inParts<T>(items: readonly T[], most: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += most) yield items.slice(start, start + most)
}
