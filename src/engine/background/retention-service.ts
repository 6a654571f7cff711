import type { BackgroundService } from './background-work.ts'
import { applyRetention, keptUnlessSaid } from '../home/retention.ts'

const day = 24 * 60 * 60_000

/** Drops what is kept no longer, at once and then every day, until the workspace closes. */
export const retentionService: BackgroundService = {
  name: 'Retention',
  endsWith: 'work',
  async run(session, signal) {
    while (!signal.aborted) {
      try {
        const { header } = await session.workspace()
        if (signal.aborted) return
        // A header that cannot be read says nothing about how long; then nothing is dropped.
        if (header) await applyRetention(session, header.value.retention ?? keptUnlessSaid)
      } catch (error) {
        session.ports.log.error('what is kept no longer could not be dropped', { cause: error })
      }
      if (signal.aborted) return
      try {
        await session.ports.clock.sleep(day, signal)
      } catch {
        return
      }
    }
  },
}
