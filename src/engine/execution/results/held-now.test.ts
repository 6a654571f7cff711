import { expect, it } from 'vitest'
import type { FieldRow } from '../../../contract/shapes.ts'
import type { Connection } from '../../destinations/connect.ts'
import type { ReadRecord } from '../../destinations/destination.ts'
import type { Session } from '../../session/session.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { heldNow } from './held-now.ts'

const workflow = { kind: 'other system' as const, name: 'Workflow Legacy downgrade', at: '2026-11-30T08:00:00Z' }
const field = (name: string, result: string): FieldRow => ({ field: name, fieldLabel: name.toUpperCase(), write: true, result, warehouse: result }) as FieldRow

/** A session whose one destination holds these records. */
function sessionOver(records: ReadRecord[]): Session {
  const connected = { profile: { attribution: 'field' }, read: async ({ by }: { by: { values: string[] } }) => records.filter(({ id }) => by.values.includes(id)) }
  return { ports: { clock: createFakeClock() }, connect: async () => connected as unknown as Connection } as unknown as Session
}

const asked = { connection: 'crm', object: 'contacts', remoteId: '7', replaced: 'tier', fields: [field('tier', 'gold'), field('risk', 'low')] }

it('says what is held in place of what was sent, by whom and since when', async () => {
  const held = await heldNow(sessionOver([{ id: '7', fields: { tier: 'bronze' }, editors: { tier: workflow } }]), asked)
  expect(held).toMatchObject({ gone: false, fields: [{ field: 'tier', fieldLabel: 'TIER', sent: 'gold', held: 'bronze', editor: workflow }] })
  expect(held.fields).toHaveLength(1)
})

it('says so where the record is gone, or never had an id', async () => {
  expect(await heldNow(sessionOver([]), asked)).toMatchObject({ gone: true, fields: [] })
  await expect(heldNow(sessionOver([]), { ...asked, remoteId: undefined })).rejects.toMatchObject({ code: 'not-found' })
})
