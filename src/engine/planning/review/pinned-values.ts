import { AppError } from '../../../contract/errors.ts'
import type { ReviewScope } from '../../../contract/shapes.ts'
import type { Raw } from '../../../contract/states.ts'
import { appendAudit } from '../../audit/audit.ts'
import type { Session } from '../../session/session.ts'
import { canonicalise } from '../../values/canonical.ts'
import type { StoredPlan } from '../../plans/plan-store.ts'

/** The value that a person pins for a field, in the destination's form, or why the field does not take it. */
export async function pinnedValue(session: Session, plan: StoredPlan, request: { value?: string; reason?: string; scope: ReviewScope }, fields: string[]): Promise<Raw> {
  if (request.value === undefined) throw new AppError('bad-usage', 'No value was given.', { field: 'value', next: 'Give the value that the field shall hold.' })
  if (request.reason === undefined) throw new AppError('bad-usage', 'A value pinned by hand needs a reason.', { field: 'reason', next: 'Say why in a few words; whoever reads the audit will see it.' })
  const names = [...new Set(fields)]
  if (names.length > 1) throw new AppError('bad-usage', `One value cannot answer ${names.length} different fields.`, { field: 'scope', next: 'Name one field.' })
  if (plan.header.membership) throw new AppError('bad-usage', 'A person is in the list or not; there is no other value to pin.', { field: 'take', next: 'Take the warehouse, keep the destination, or skip for now.' })
  const connected = await session.connect(plan.connection)
  const field = (await connected.object(plan.object)).fields.find((one) => one.name === names[0])
  if (!field) throw new AppError('field-unknown', 'There is no such field in this plan.', { field: 'field', value: request.scope.field ?? '' })
  const canonical = canonicalise(field.type, request.value, field.precision === undefined ? {} : { precision: field.precision })
  if (!canonical.ok) throw new AppError('bad-input', `${field.label}: ${canonical.message}.`, { field: field.name, value: request.value, next: `Give a value of type ${field.type}.` })
  const encoded = connected.encode(field, canonical.value)
  const listed = field.options?.map((option) => option.value)
  if (!encoded.ok) throw new AppError('bad-input', encoded.message, { field: field.name, value: request.value, ...(listed ? { next: `It takes: ${listed.join(', ')}.` } : {}) })
  if (listed && canonical.value !== null && field.type === 'string' && !listed.includes(request.value)) throw new AppError('bad-input', `${field.label} does not offer “${request.value}”.`, { field: field.name, value: request.value, next: `It takes: ${listed.join(', ')}.` })
  return encoded.raw
}

/** Values pinned by hand become overrides once they are sent: they replace the warehouse value until they expire. */
export function storePinnedValues(session: Session, plan: StoredPlan): void {
  const pinned = session.database.all<{ record: string; field: string; value: string; reason: string | null; by: string; expires_at: number | null }>("SELECT record, field, value, reason, by, expires_at FROM answers WHERE plan = ? AND kind = 'value'", plan.id)
  if (pinned.length === 0) return
  session.database.transaction(() => {
    const now = session.ports.clock.now()
    for (const { record, field, value, reason, by, expires_at: expiresAt } of pinned) {
      session.database.run(
        `INSERT INTO overrides (activation, record, field, value, reason, owner, at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (activation, record, field) DO UPDATE SET value = excluded.value, reason = excluded.reason, owner = excluded.owner, at = excluded.at, expires_at = excluded.expires_at`,
        plan.activation, record, field, value, reason ?? '', by, now, expiresAt,
      )
    }
    appendAudit(session, { kind: 'value pinned', actor: pinned[0]?.by ?? '', subject: plan.id, data: { fields: pinned.length, activation: plan.activation } })
  })
}
