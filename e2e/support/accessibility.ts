import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const SCHEMES = ['light', 'dark'] as const
export type ColourScheme = (typeof SCHEMES)[number]

/** The screen as it is now breaks no rule of WCAG 2.2 AA that a program can check, neither in light nor in dark. */
export async function expectAccessible(page: Page, schemes: readonly ColourScheme[] = SCHEMES): Promise<void> {
  for (const colorScheme of schemes) {
    await inScheme(page, colorScheme)
    const { violations } = await new AxeBuilder({ page }).withTags(LEVELS).options({ rules: { 'target-size': { enabled: true } } }).analyze()
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}, ${colorScheme}: ${html.slice(0, 200)} ${failureSummary ?? ''}`))).toEqual([])
  }
  await inScheme(page, 'light')
}

/** Switches the screen to light or dark, and waits until it looks so. */
export async function inScheme(page: Page, colorScheme: ColourScheme): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
  await stoodStill(page)
}

/** Two frames were drawn and no colour is on its way to another: what is measured is what a person sees. */
async function stoodStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise((drawn) => requestAnimationFrame(drawn))
    await frame()
    await frame()
    await Promise.allSettled(document.getAnimations().flatMap((animation) => (animation instanceof CSSTransition ? [animation.finished] : [])))
  })
}

/** Nothing is cut off at the right, and nobody has to scroll the window sideways. */
export async function expectNoClipping(page: Page): Promise<void> {
  const { needed, given } = await page.evaluate(() => ({ needed: document.documentElement.scrollWidth, given: document.documentElement.clientWidth }))
  expect(needed).toBeLessThanOrEqual(given)
}
