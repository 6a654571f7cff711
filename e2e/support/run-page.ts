import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { numberIn } from './review-page.ts'

const STATES = ['planned', 'pending', 'sent', 'accepted', 'delivered', 'rejected', 'skipped', 'quarantined', 'unknown'] as const
export type ShownCounts = Record<(typeof STATES)[number] | 'verified' | 'overridden' | 'unverifiable', number>

/** A run as a person watches it. */
export class RunPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async opened(): Promise<void> {
    await this.page.waitForURL(/\/runs\/[0-9a-f-]{36}/)
    await this.page.getByRole('group', { name: 'Planned rows by state' }).waitFor()
  }

  /** All numbers of one moment, read in one look. */
  async counts(): Promise<ShownCounts> {
    const shown = await this.page.evaluate(() => {
      const numbers = (group: string): string[] => [...document.querySelectorAll(`[aria-label="${group}"] b`)].map((number) => number.textContent ?? '')
      return { balance: numbers('Planned rows by state'), proof: numbers('Delivered rows by proof') }
    })
    const [verified = NaN, overridden = NaN, unverifiable = NaN] = shown.proof.map(numberIn)
    const balance = Object.fromEntries(STATES.map((state, index) => [state, numberIn(shown.balance[index] ?? '')])) as Record<(typeof STATES)[number], number>
    return { ...balance, verified, overridden, unverifiable }
  }

  /** planned = the eight states, and what was proved is part of what was delivered, at this moment. */
  async expectBalance(): Promise<ShownCounts> {
    const counts = await this.counts()
    const { planned, pending, sent, accepted, delivered, rejected, skipped, quarantined, unknown } = counts
    expect(pending + sent + accepted + delivered + rejected + skipped + quarantined + unknown).toBe(planned)
    expect(counts.verified + counts.overridden + counts.unverifiable).toBeLessThanOrEqual(delivered)
    return counts
  }

  get ended(): Locator {
    return this.page.getByText(/, took \d/)
  }

  /** Looks at the numbers whenever the screen changes until the run has come to its end; they balance every time. */
  async watch(): Promise<ShownCounts> {
    for (;;) {
      const seen = await this.page.locator('main').innerText()
      await this.expectBalance()
      // What was read a moment before the end is not its result.
      if (await this.ended.isVisible()) return this.expectBalance()
      await this.page.waitForFunction((before) => document.querySelector('main')?.innerText !== before, seen)
    }
  }

  tile(name: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^[\\d,]+\\s*${name}$`) })
  }

  get status(): Locator {
    return this.page.locator('header')
  }
}
