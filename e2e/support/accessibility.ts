import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import axe from 'axe-core'

/** Every rule that is on by itself, of WCAG and of good practice, and the size of what is pressed (WCAG 2.2 AA). */
const RULES: axe.RunOptions = { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }
const SCHEMES = ['light', 'dark'] as const
export type ColourScheme = (typeof SCHEMES)[number]

/** The screen as it is now breaks no rule of WCAG 2.2 AA that a program can check, neither in light nor in dark. */
export async function expectAccessible(page: Page, schemes: readonly ColourScheme[] = SCHEMES): Promise<void> {
  for (const colorScheme of schemes) {
    await inScheme(page, colorScheme)
    // A screen that is still coming in is looked at again: what is wrong with it stays wrong.
    await expect(async () => {
      const violations = await violationsOn(page)
      expect(violations.map((violation) => `${colorScheme}, ${violation}`)).toEqual([])
    }).toPass({ timeout: 5000, intervals: [250, 500, 1000] })
  }
  await inScheme(page, 'light')
}

/** Checked in the page itself, where the rules stay from one look to the next: a tenth of the time that a builder takes. */
async function violationsOn(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (rules) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, rules)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`))
  }, RULES)
}

/** Switches the screen to light or dark, and waits until it looks so. */
export async function inScheme(page: Page, colorScheme: ColourScheme): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
  await stoodStill(page)
}

/**
 * No colour is on its way to another, so what is measured is what a person sees. A colour that is inherited sets out only
 * when the one above it has arrived: it is still when three frames in a row found nothing on its way.
 */
async function stoodStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise((drawn) => requestAnimationFrame(drawn))
    for (let still = 0; still < 3; ) {
      await frame()
      const moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
      still = moving.length === 0 ? still + 1 : 0
      await Promise.allSettled(moving.map((animation) => animation.finished))
    }
  })
}

/** Nothing is cut off at the right, and nobody has to scroll the window sideways. */
export async function expectNoClipping(page: Page): Promise<void> {
  const { needed, given } = await page.evaluate(() => ({ needed: document.documentElement.scrollWidth, given: document.documentElement.clientWidth }))
  expect(needed).toBeLessThanOrEqual(given)
}
