import type { Raw } from '../../../contract/states.ts'
import type { CompiledMapping } from '../../values/mapping.ts'
import type { LastSynced } from '../../plans/plan-rows.ts'

export const unknownBase: LastSynced = { known: false }

/** What was last agreed, as it is stored and as it is compared. */
export function lastSyncedOf(compiled: CompiledMapping, value: Raw, readAt: string | null, assumed: boolean): LastSynced {
  return { known: true, value, canonical: compiled.normalise(value), ...(readAt === null ? {} : { at: readAt }), ...(assumed ? { assumed: true } : {}) }
}
