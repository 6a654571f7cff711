import { auditHead } from '../audit/audit.ts'
import { anchorHead } from '../proof/anchors.ts'
import type { BackgroundService } from './background-work.ts'

const betweenAnchorsMs = 30_000

/** Keeps the head of the audit outside the database every half minute and once at the end, while there is something new. */
export const anchorService: BackgroundService = {
  name: 'Anchors of the audit',
  endsWith: 'workspace',
  async run(session, signal) {
    const opened = auditHead(session.database).entries
    let kept = -1
    const keep = async (): Promise<void> => {
      try {
        const { entries } = auditHead(session.database)
        if (entries === kept) return
        // That a workspace was opened, and no more, is not worth waking the keychain.
        await anchorHead(session, { keychain: entries > opened })
        kept = entries
      } catch (error) {
        session.ports.log.error('the head of the audit could not be kept', { cause: error })
      }
    }
    while (!signal.aborted) {
      await keep()
      await session.ports.clock.sleep(betweenAnchorsMs, signal).catch(() => undefined)
    }
    await keep()
  },
}
