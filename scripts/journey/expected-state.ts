import type { HeldRecord, Snapshot } from './simulated-system.ts'
import type { Activation, Mapping, SourceRow } from './warehouse.ts'

/** What was approved: who is held back, and what was answered for each conflict. */
export interface Approved {
  blocked: Set<string>
  /** Record and field → the answer and what the plan promised as its result. */
  answers: Map<string, { take: string; result: unknown }>
}

/** What a system must hold after the run: every record there was, and those that are new. */
export interface ExpectedState {
  records: Map<string, Record<string, unknown>>
  created: Record<string, unknown>[]
  /** Records whose own rule in the CRM puts the tier back. */
  overridden: number
  /** Records that change. */
  updated: number
  /** Records in which a value that a person typed is replaced without an answer to a conflict: they need a selection. */
  replacesPersons: Set<string>
}

export function answerKey(record: string, field: string): string {
  return `${record}\u0000${field}`
}

/**
 * Works out what a system must hold, from what it held, whose record each is (people.ts), the warehouse, and the rules in
 * the activation's file. Written from the description of the product and apart from its code, for a first run: nothing was
 * agreed before.
 */
export function expectedState(activation: Activation, before: Snapshot, rows: SourceRow[], approved: Approved & { held: Map<string, HeldRecord> }): ExpectedState {
  const state: ExpectedState = { records: new Map([...before].map(([id, { fields }]) => [id, { ...fields }])), created: [], overridden: 0, updated: 0, replacesPersons: new Set() }
  for (const row of rows) {
    if (approved.blocked.has(row.customer_id)) continue
    const record = approved.held.get(row.customer_id)
    if (record) change(state, activation, record, row, approved)
    else state.created.push({ [activation.match.field]: matchKey(activation, row[activation.match.column]), ...Object.fromEntries(activation.fields.map((mapping) => [mapping.to, desired(mapping, row)])) })
  }
  return state
}

function change(state: ExpectedState, activation: Activation, record: HeldRecord, row: SourceRow, approved: Approved): void {
  const fields = state.records.get(record.id) ?? {}
  const wanted = new Map<string, unknown>()
  for (const mapping of activation.fields) {
    const value = changedValue(activation, mapping, record, row, approved)
    if (value === undefined) continue
    wanted.set(mapping.to, value)
    if (replacesPerson(record, mapping.to) && !approved.answers.has(answerKey(row.customer_id, mapping.to))) state.replacesPersons.add(row.customer_id)
  }
  if (wanted.size === 0) return
  state.updated += 1
  for (const [field, value] of wanted) fields[field] = value
  // The CRM's own workflow: a churned customer, or one of the old team, is bronze whatever is written.
  const downgraded = activation.destination.connection === 'crm' && (fields['lifecyclestage'] === 'churned' || fields['hs_owner_team'] === 'Legacy')
  if (downgraded && wanted.has('tier') && wanted.get('tier') !== 'bronze') {
    fields['tier'] = 'bronze'
    state.overridden += 1
  }
}

/** The value a field gets, or undefined where it stays as it is. */
function changedValue(activation: Activation, mapping: Mapping, record: HeldRecord, row: SourceRow, approved: Approved): unknown {
  const actual = canonical(record.fields[mapping.to])
  const wanted = desired(mapping, row)
  if (wanted === undefined || canonical(wanted) === null || canonical(wanted) === actual) return undefined
  if (actual === null) return wanted
  const answer = approved.answers.get(answerKey(row.customer_id, mapping.to))
  switch (mapping.authority ?? activation.authority ?? 'review') {
    case 'warehouse':
      return wanted
    case 'review':
      return answered(answer, wanted)
    case 'latest wins': {
      const changedAt = record.history[mapping.to]?.at(-1)?.at
      if (changedAt === undefined) return answered(answer, wanted)
      return new Date(`${String(row['changed_at']).replace(' ', 'T')}Z`) > new Date(changedAt) ? wanted : undefined
    }
    default:
      return undefined
  }
}

/** An unanswered conflict is a broken promise by itself: it shows as a difference. */
function answered(answer: { take: string; result: unknown } | undefined, wanted: unknown): unknown {
  if (!answer) return 'a conflict that nobody was asked about'
  if (answer.take === 'warehouse') return wanted
  return answer.take === 'value' ? answer.result : undefined
}

/** What the warehouse wants in a field; undefined where the value cannot go there and the field is left. */
function desired(mapping: Mapping, row: SourceRow): unknown {
  const value = row[mapping.from]
  if (mapping.onInvalid === 'leave field' && value === 'unrated') return undefined
  if (value === null || value === undefined) return null
  if (mapping.values) return mapping.values[String(value)]
  return mapping.trim && typeof value === 'string' ? value.trim() : value
}

function replacesPerson(record: HeldRecord, field: string): boolean {
  return canonical(record.fields[field]) !== null && record.history[field]?.at(-1)?.actor.kind === 'person'
}

function matchKey({ match }: Activation, value: unknown): string {
  const text = String(value ?? '')
  return match.normalise === 'email' ? text.trim().toLowerCase() : text
}

/** Fields that differ, each in words. An unticked box and an empty text are no value. */
export function differences(id: string, expected: Record<string, unknown>, found: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
    .filter((field) => canonical(expected[field]) !== canonical(found[field]))
    .map((field) => `${id} ${field}: expected ${JSON.stringify(expected[field] ?? null)}, found ${JSON.stringify(found[field] ?? null)}`)
}

/** One form for values that mean the same: 0.030 and 0.03, a date and its midnight, a set in any order. */
export function canonical(value: unknown): string | null {
  if (value === null || value === undefined || value === '' || value === false) return null
  if (Array.isArray(value)) return value.length === 0 ? null : JSON.stringify([...new Set(value.map(String))].sort())
  const text = String(value).normalize('NFC')
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text)) return String(Number(text))
  return /^\d{4}-\d\d-\d\dT00:00:00/.test(text) ? text.slice(0, 10) : text
}
