import { membership } from '../../destinations/destination.ts'
import type { Blocked, FieldInput, RecordDecision, RecordMatch } from './decide-record.ts'
import type { FieldChange } from '../../plans/plan-rows.ts'

/** Being in a list or not, as far as is known. */
export type Membership = 'in' | 'out' | 'unknown'

/** What is asked about one place in a list (semantics §3, Members). */
export interface MemberQuestion {
  /** Last agreed. */
  b: Membership
  /** Whether the audience has the person, by a complete extraction. */
  d: 'in' | 'out'
  /** In the destination now. */
  a: Membership
  /** This activation put the person in, and they have been in since. */
  added: boolean
  /** Unsubscribed or suppressed over there. */
  suppressed: boolean
  /** A choice stands for exactly these two sides. */
  sticky: boolean
}

/**
 * in sync: as it should be · add, remove: to be sent · unverifiable: already sent, nobody can look · kept: settled before ·
 * keep: somebody else's · conflict: agreed as in, and taken out over there · suppressed: not put back.
 */
export type MemberVerdict = 'in sync' | 'add' | 'remove' | 'unverifiable' | 'kept' | 'keep' | 'conflict' | 'suppressed'

/** Total over every question. Only what we added is removed, and nobody who was taken out is put back unasked. */
export function classifyMember({ b, d, a, added, suppressed, sticky }: MemberQuestion): MemberVerdict {
  if (a === d) return 'in sync'
  if (sticky) return 'kept'
  if (a === 'unknown') return delta(b, d, added)
  // d is out and a is in: a person's place stays, also one that was put back after we had taken it.
  if (d === 'out') return added && b === 'in' ? 'remove' : 'keep'
  if (b !== 'in') return 'add'
  return suppressed ? 'suppressed' : 'conflict'
}

/** Nobody can look, so what was sent last counts. */
function delta(b: Membership, d: 'in' | 'out', added: boolean): MemberVerdict {
  if (d === 'in') return b === 'in' ? 'unverifiable' : 'add'
  if (b !== 'in') return 'unverifiable'
  return added ? 'remove' : 'keep'
}

export interface MemberInput {
  match: RecordMatch
  doNotSend: boolean
  /** This activation put the person in, as its links have it. */
  added: boolean
  /** The one field of the list; what it forwards is always "in". */
  field: FieldInput
}

export interface MemberDecision extends RecordDecision {
  /** Whether the place is still ours after this look. */
  added: boolean
}

/** Decides what a plan does with somebody who is in the audience. Who left it is decided by {@link decideLeaving}. */
export function decideMember({ match, doNotSend, added, field }: MemberInput): MemberDecision {
  const blocked = 'blocked' in match && match.blocked !== undefined ? match.blocked : match.state === 'unmatched' ? notThere : undefined
  if (blocked) return nothing(added, blocked)
  const question = questionOf(field, 'in', added)
  const verdict = classifyMember(question)
  const agreed = question.a === 'in' && question.b !== 'in' ? [{ field: field.compiled.field.name, value: field.actual, canonical: canonical('in') }] : []
  // A place that is ours has not been lost since; a conflict may still give it back to us.
  const stillOurs = added && question.b !== 'out' && (question.a !== 'out' || verdict === 'conflict')
  if (doNotSend) return nothing(stillOurs, doNotSendReason)
  switch (verdict) {
    case 'in sync':
    case 'unverifiable':
      return { ...nothing(stillOurs), agreed }
    case 'add':
      return { ...nothing(stillOurs), operation: 'create', preselected: true, fields: [change(field, 'in', { class: 'fill', case: 6 })] }
    case 'conflict':
      return { ...nothing(stillOurs), operation: 'update', preselected: true, fields: [change(field, 'in', { class: 'conflict', case: 7 })] }
    case 'kept':
      return { ...nothing(stillOurs), fields: [change(field, 'in', { class: 'kept', case: 2 })] }
    case 'suppressed':
      return nothing(stillOurs, suppressedReason)
    case 'keep':
    case 'remove':
      throw new Error(`who is in the audience is not to ${verdict}`)
  }
}

/** The change that takes somebody who left the audience out; undefined: nothing to take away that is ours. */
export function decideLeaving(field: FieldInput, added: boolean): FieldChange | undefined {
  return classifyMember(questionOf(field, 'out', added)) === 'remove' ? change(field, 'out', { class: 'clear', case: 4 }) : undefined
}

function questionOf({ compiled, base, actual, sticky }: FieldInput, d: 'in' | 'out', added: boolean): MemberQuestion {
  const a = compiled.normalise(actual)
  return {
    b: base.known ? stateOf(base.canonical) : 'unknown',
    d,
    a: stateOf(a),
    added,
    suppressed: a === canonical('suppressed'),
    sticky: sticky !== undefined && sticky.d === canonical(d) && sticky.a === a,
  }
}

function stateOf(value: string | null): Membership {
  if (value === null) return 'unknown'
  return value === canonical('in') ? 'in' : 'out'
}

/** Membership is text, so its canonical form carries that tag. */
function canonical(state: keyof typeof membership): string {
  return `s:${membership[state]}`
}

function change({ compiled, base, actual, editor }: FieldInput, to: 'in' | 'out', row: Pick<FieldChange, 'class' | 'case'>): FieldChange {
  const conflict = row.class === 'conflict'
  return {
    ...row,
    field: compiled.field.name,
    write: row.class === 'fill' || row.class === 'clear',
    // Agreed as in, and only the destination moved.
    drift: conflict,
    firstContact: false,
    destroys: false,
    base,
    warehouse: membership[to],
    destination: actual,
    d: canonical(to),
    a: compiled.normalise(actual),
    ...(editor === undefined ? {} : { editor }),
  }
}

function nothing(added: boolean, blocked?: Blocked): MemberDecision {
  return { operation: blocked ? 'blocked' : 'unchanged', ...(blocked ? { blocked } : {}), preselected: false, fields: [], agreed: [], leftOut: [], added }
}

const notThere: Blocked = { cause: 'not there', message: 'The record is not in the destination, so it cannot be put into the list.' }
const doNotSendReason: Blocked = { cause: 'do not send', message: 'The activation’s do-not-send condition holds for this record.' }
const suppressedReason: Blocked = { cause: 'suppressed', message: 'Unsubscribed or suppressed in the destination after being taken out of the list.' }
