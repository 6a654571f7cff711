import type { AnswerState, FieldNarrowing, NarrowedBy, PlanDetail, WaitReason } from '../../../../contract/shapes.ts'
import type { Raw } from '../../../../contract/states.ts'
import { formatRaw } from '../../../shared/format.ts'

/** Sides of a row by which a list is narrowed, in the order they are offered. */
export const narrowedSides: readonly NarrowedBy[] = ['changedBy', 'field', 'from', 'to', 'reason', 'state']

export function sideWords(by: NarrowedBy, destinationName: string): string {
  switch (by) {
    case 'changedBy':
      return 'Changed by'
    case 'field':
      return 'Field'
    case 'from':
      return `In ${destinationName}`
    case 'to':
      return 'Warehouse'
    case 'reason':
      return 'Reason'
    case 'state':
      return 'State'
  }
}

const reasonWords: Record<WaitReason, string> = {
  removes: 'removes something',
  empties: 'empties the field',
  'never agreed': 'never agreed before',
  person: 'a person changed it',
  'other system': 'another system changed it',
  us: 'Lockstep changed it',
  unknown: 'nobody knows who changed it',
}

function stateWords(state: AnswerState, destinationName: string): string {
  const words: Record<AnswerState, string> = { open: 'open', warehouse: 'take warehouse', destination: `keep ${destinationName}`, value: 'another value', skip: 'skipped for now' }
  return words[state]
}

/** One value of a side as people read it. */
export function valueWords(by: NarrowedBy, value: Raw, plan: Pick<PlanDetail, 'destinationName'>, fieldLabels: Readonly<Record<string, string>> = {}): string {
  switch (by) {
    case 'changedBy':
      return value === null ? 'Unknown' : String(value)
    case 'field':
      return fieldLabels[String(value)] ?? String(value)
    case 'from':
    case 'to':
      return formatRaw(value)
    case 'reason':
      return reasonWords[value as WaitReason]
    case 'state':
      return stateWords(value as AnswerState, plan.destinationName)
  }
}

/** The sides a list is narrowed by, with their values. */
export function narrowedTo(only: FieldNarrowing): { by: NarrowedBy; value: Raw }[] {
  return narrowedSides.flatMap((by) => {
    const value = only[by]
    return value === undefined ? [] : [{ by, value }]
  })
}

/** The list without one side of its narrowing; undefined once nothing narrows it. */
export function widened(only: FieldNarrowing, by: NarrowedBy): FieldNarrowing | undefined {
  const { [by]: _, ...rest } = only
  return Object.keys(rest).length === 0 ? undefined : rest
}
