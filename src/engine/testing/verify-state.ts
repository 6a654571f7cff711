import type { AuditVerdict } from '../../contract/shapes.ts'
import type { Anchors } from '../ports/ports.ts'
import { verifyAudit } from '../proof/verify.ts'
import type { StateDatabase } from '../storage/database.ts'

/** A machine without a keychain. */
export const noAnchors: Anchors = { read: async () => undefined, write: async () => false }

/** Verifies the audit of a scene's state, whose key is "key", with nothing kept outside it. */
export function verifyState(database: StateDatabase): Promise<AuditVerdict> {
  const files = { exists: async (path: string) => path.endsWith('reference.key'), readText: async () => 'key' }
  return verifyAudit({ database, folder: '', folders: { state: '', exports: '' }, ports: { clock: { sleep: async () => undefined }, files, anchors: noAnchors } } as never)
}
