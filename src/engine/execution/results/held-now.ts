import { AppError } from '../../../contract/errors.ts'
import type { FieldRow, HeldNow } from '../../../contract/shapes.ts'
import type { Session } from '../../session/session.ts'

/** A row of a run as it is kept, with the fields of its record as the plan has them. */
export interface AskedRow {
  connection: string
  object: string
  remoteId: string | undefined
  /** Fields whose read-back found another value, as the journal names them; absent: all that were sent. */
  replaced: string | undefined
  fields: readonly FieldRow[]
}

/** What the destination holds at this moment where a read-back found another value, and who put it there, as far as it says. */
export async function heldNow(session: Session, row: AskedRow, signal?: AbortSignal): Promise<HeldNow> {
  const { remoteId } = row
  if (remoteId === undefined) throw new AppError('not-found', 'The destination never gave this record an id, so it cannot be looked at.', { next: 'Plan again: the record is looked for by its key.' })
  const names = row.replaced?.split(', ')
  const asked = row.fields.filter(({ field, write, answer }) => (names === undefined ? write || answer !== undefined : names.includes(field)))
  const connected = await session.connect(row.connection)
  const history = connected.profile.attribution === 'field'
  const [record] = await connected.read({ object: row.object, fields: asked.map(({ field }) => field), by: { kind: 'id', values: [remoteId] }, ...(history ? { history } : {}) }, signal)
  const at = new Date(session.ports.clock.now()).toISOString()
  if (record === undefined || record.deleted === true) return { at, gone: true, fields: [] }
  return {
    at,
    gone: false,
    fields: asked.map(({ field, fieldLabel, result, warehouse }) => {
      const editor = record.editors?.[field]
      return { field, fieldLabel, sent: result ?? warehouse, held: record.fields[field] ?? null, ...(editor === undefined ? {} : { editor }) }
    }),
  }
}
