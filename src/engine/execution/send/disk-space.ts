import { AppError } from '../../../contract/errors.ts'
import type { Clock } from '../../ports/ports.ts'
import { saysNoRoom } from '../../storage/database.ts'
import type { RunControl } from '../runs/control.ts'

/** How often it is tried again while the disk is full. */
const lookAgainMs = 5000
/** What a row takes in the journal, its audit entry, the data files and their copies, about. */
const bytesPerRow = 2000
const leastBytes = 20 * 1024 * 1024

/** Who waits for room, and how many rows it still has to record. */
export interface NeedsRoom {
  control: RunControl
  clock: Clock
  journal: { counts: Readonly<{ planned: number }> }
  /** Something worth showing happened that moved no row. */
  moved: () => void
}

/** Whether something failed only because the disk is full: it changed nothing and may be done again. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AppError) return error.code === 'storage-failed' && error.place.retryable === true
  return saysNoRoom(error)
}

/**
 * Does it, or waits until there is room on the disk and does it then. Nothing leaves meanwhile: whoever sends waits here
 * for its intent. Ends only with the engine; what is known of rows that were sent is kept until it can be recorded.
 */
export async function whenDiskHasSpace<T>(needs: NeedsRoom, act: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      const result = await act()
      if (needs.control.wait?.reason === 'room') needs.control.wait = undefined
      return result
    } catch (error) {
      if (!isDiskFull(error)) throw error
    }
    needs.control.throwIfClosing()
    await waitForRoom(needs)
  }
}

async function waitForRoom({ control, clock, journal, moved }: NeedsRoom): Promise<void> {
  const megabytes = Math.ceil(Math.max(leastBytes, journal.counts.planned * bytesPerRow) / (1024 * 1024))
  control.wait = {
    label: `room on the disk that holds this workspace: free about ${megabytes.toLocaleString('en-US')} MB`,
    until: clock.now() + lookAgainMs,
    reason: 'room',
    why: 'The disk is full. Nothing more is sent until there is room, and nothing is lost.',
  }
  moved()
  await clock.sleep(lookAgainMs, control.signal)
}
