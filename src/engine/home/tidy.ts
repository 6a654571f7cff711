import type { Session } from '../session.ts'
import { applyRetention, type Retention } from './retention.ts'

const day = 24 * 60 * 60_000
const unlessSaid: Retention = { bulkDays: 90, proofYears: 7 }

/** Drops what is kept no longer, at once and then every day, until the workspace closes. Never rejects. */
export async function keepTidy(session: Session, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const { header } = await session.workspace()
      if (signal.aborted) return
      // A header that cannot be read says nothing about how long; then nothing is dropped.
      if (header) await applyRetention(session, header.value.retention ?? unlessSaid)
    } catch (error) {
      session.ports.log.error('what is kept no longer could not be dropped', { cause: error })
    }
    try {
      await session.ports.clock.sleep(day, signal)
    } catch {
      return
    }
  }
}
