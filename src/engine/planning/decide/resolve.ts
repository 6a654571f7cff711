import type { Raw } from '../../../contract/states.ts'
import type { Sending } from '../../plans/plan-for-apply.ts'
import { rawText } from '../../values/json.ts'
import type { Answer, FieldChange, RecordChange, Resolution } from '../../plans/plan-rows.ts'

/**
 * What one planned record comes to once answers and selection are known. Everything that is sent travels in one
 * request: an unanswered conflict holds the record, a kept or skipped field only leaves itself out.
 */
export function resolveRecord(change: Pick<RecordChange, 'operation' | 'fields'>, answers: ReadonlyMap<string, Answer>, selected: boolean): Resolution {
  if (change.operation === 'unchanged' || change.operation === 'blocked' || change.operation === 'gone') {
    throw new Error(`a record that is ${change.operation} is not part of a run`)
  }
  const conflicts = change.fields.filter(({ class: fieldClass }) => fieldClass === 'conflict')
  const open = conflicts.filter(({ field }) => !answers.has(field)).map(({ field }) => field)
  if (open.length > 0) return { hold: 'answers missing', open }
  if (!selected) return { skip: 'not selected' }
  const send: Record<string, Raw> = {}
  const changes = change.fields.filter((field) => {
    const value = valueToSend(field, answers)
    if (value === undefined) return false
    send[field.field] = value
    return true
  })
  // A new record may consist of its key alone, and a removal may have no fields to clear.
  if (changes.length > 0 || change.operation !== 'update') return { send, changes }
  return { skip: reasonToSkip(conflicts, answers) }
}

/** The value a field contributes to the request; undefined where it stays as it is. */
function valueToSend(field: FieldChange, answers: ReadonlyMap<string, Answer>): Raw | undefined {
  if (field.write) return field.warehouse
  if (field.class !== 'conflict') return undefined
  const answer = answers.get(field.field)
  if (answer?.kind === 'warehouse') return field.warehouse
  if (answer?.kind !== 'value' || answer.value === undefined) return undefined
  return rawText(answer.value) === rawText(field.destination) ? undefined : answer.value
}

/** "Skip for now" weighs most: such a record comes back in the next plan. */
function reasonToSkip(conflicts: FieldChange[], answers: ReadonlyMap<string, Answer>): 'kept' | 'skip for now' | 'nothing left to send' {
  const kinds = conflicts.map(({ field }) => answers.get(field)?.kind)
  if (kinds.includes('skip')) return 'skip for now'
  return kinds.length > 0 && kinds.every((kind) => kind === 'destination') ? 'kept' : 'nothing left to send'
}

/** The same for a run, which compares with what was there and needs the fields by name. */
export function sendingOf(fields: readonly FieldChange[], { send, changes }: Extract<Resolution, { send: unknown }>): Sending {
  const before: Record<string, Raw> = {}
  for (const change of changes) before[change.field] = change.destination
  const everything = fields.every(({ field, write, class: of, warehouse }) => !(write || of === 'conflict') || (Object.hasOwn(send, field) && isSame(send[field] ?? null, warehouse)))
  return { send: byName(send), before, everything }
}

function byName(send: Record<string, Raw>): Record<string, Raw> {
  return Object.fromEntries(Object.entries(send).sort(([one], [other]) => (one < other ? -1 : 1)))
}

function isSame(one: Raw, other: Raw): boolean {
  return one === other || rawText(one) === rawText(other)
}
