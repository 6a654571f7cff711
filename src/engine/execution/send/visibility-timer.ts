import type { Clock } from '../../ports/ports.ts'

/**
 * Since when a run waits for its destination, by a clock that nobody can turn. What an earlier process sent may have left
 * just before it ended, so everything counts from the moment at which this process looked first.
 */
export class VisibilityTimer {
  private readonly clock: Clock
  private lostAt: number
  private deliveredAt: number

  constructor(clock: Clock) {
    this.clock = clock
    this.lostAt = clock.monotonic()
    this.deliveredAt = this.lostAt
  }

  /** An answer was lost just now; its request may be under way still. */
  lost(): void {
    this.lostAt = this.clock.monotonic()
  }

  /** A write was confirmed just now; a read may not show it yet. */
  delivered(): void {
    this.deliveredAt = this.clock.monotonic()
  }

  /** Milliseconds until so long after the last lost answer. */
  untilAfterLost(milliseconds: number): number {
    return this.lostAt + milliseconds - this.clock.monotonic()
  }

  /** Milliseconds until so long after the last delivery. */
  untilAfterDelivered(milliseconds: number): number {
    return this.deliveredAt + milliseconds - this.clock.monotonic()
  }
}
