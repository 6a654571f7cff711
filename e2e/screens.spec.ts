import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectAccessible, expectNoClipping, inScheme } from './support/accessibility.ts'
import { leaveDoubt } from './support/doubt.ts'
import { ROOT, lockstep } from './support/lockstep.ts'
import type { RunningApp } from './support/running-app.ts'
import { openSampleOf, simulatorsOf, startApp } from './support/running-app.ts'
import { smallPng } from './support/small-png.ts'

test.describe.configure({ mode: 'serial' })

const FOLDER = join(ROOT, 'docs', 'screens')
const WIDE = { width: 1440, height: 900 }
const SMALLEST = { width: 1024, height: 640 }
/** What is left of 1440 × 900 at 200% zoom. */
const ZOOMED = { width: 720, height: 450 }

/** `npm run screens` asks for them; only then are the pictures in docs made anew. */
const pictured = (): boolean => test.info().config.updateSnapshots === 'all'
/** Pictures show the sample as everybody sees it first; for a check, a tenth of the people fill every queue. */
const sample = () => (pictured() ? { customers: 20_000, heldBack: 128 } : { customers: 2000, heldBack: 9 })

interface Screen {
  name: string
  path: () => string
  /** Also looked at closely when small and when zoomed. */
  main?: boolean
  /** Opens what lies over the screen, or beside its list. */
  then?: (page: Page) => Promise<unknown>
}

let app: RunningApp
let plan = ''
let run = ''
let doubt = ''

const screens: Screen[] = [
  { name: 'home', path: () => '/', main: true },
  { name: 'products', path: () => '/products' },
  { name: 'product', path: () => '/products/customer-360' },
  { name: 'product-contract', path: () => '/products/customer-360', then: (page) => page.getByRole('tab', { name: 'Contract and decisions' }).click() },
  { name: 'product-new', path: () => '/products/choose' },
  { name: 'segments', path: () => '/segments' },
  { name: 'segment', path: () => '/segments/valuable-and-at-risk' },
  { name: 'identity', path: () => '/identity', main: true },
  { name: 'identity-over-time', path: () => '/identity', then: (page) => page.getByRole('img', { name: /^Duplicates within one source: / }).scrollIntoViewIfNeeded() },
  { name: 'identity-ambiguous', path: () => '/identity/queues?show=ambiguous', main: true },
  { name: 'identity-link', path: () => '/identity/queues?show=ambiguous', then: (page) => page.getByRole('button', { name: /^Link \d+ people/ }).click() },
  { name: 'identity-duplicates', path: () => '/identity/queues?show=duplicates', main: true },
  { name: 'identity-unmatched', path: () => '/identity/queues?show=unmatched' },
  { name: 'identity-person', path: () => '/identity/person?record=customer-360%3AHM-0000471', main: true },
  { name: 'identity-rules', path: () => '/identity/rules', main: true },
  { name: 'identity-sample', path: () => '/identity/sample', main: true, then: judgeSome },
  { name: 'activations', path: () => '/activations' },
  { name: 'activation', path: () => '/activations/tier-to-crm' },
  { name: 'activation-match', path: () => '/activations/tier-to-crm/edit?step=match' },
  { name: 'activation-fields', path: () => '/activations/tier-to-crm/edit?step=fields' },
  { name: 'activation-guards', path: () => '/activations/tier-to-crm/edit?step=guards' },
  { name: 'plans', path: () => '/review' },
  { name: 'review', path: () => `/review/${plan}`, main: true },
  { name: 'review-blocked', path: () => `/review/${plan}?show=blocked` },
  { name: 'review-not-selected', path: () => `/review/${plan}?show=not+preselected` },
  { name: 'review-policy', path: () => `/review/${plan}`, then: (page) => page.getByRole('button', { name: 'Save as a policy…' }).click() },
  { name: 'review-hand-over', path: () => `/review/${plan}`, then: (page) => page.getByRole('button', { name: 'Hand over…' }).click() },
  { name: 'runs', path: () => '/runs' },
  { name: 'run', path: () => `/runs/${run}`, main: true, then: (page) => page.getByRole('grid').locator('[aria-rowindex="2"]').click() },
  { name: 'run-doubt', path: () => `/runs/${doubt}?show=unknown`, main: true },
  { name: 'run-requests', path: () => `/runs/${doubt}?view=requests`, main: true, then: (page) => page.getByRole('grid').locator('[aria-rowindex="3"]').click() },
  { name: 'audit', path: () => '/audit', main: true, then: (page) => page.getByRole('grid').locator('[aria-rowindex="2"]').click() },
  { name: 'connections', path: () => '/connections' },
  { name: 'connection', path: () => '/connections/crm' },
  { name: 'connection-new', path: () => '/connections/new?destination=hubspot' },
  { name: 'own-data', path: () => '/own-data' },
  { name: 'settings', path: () => '/settings' },
  { name: 'decisions', path: () => '/settings/decisions' },
  { name: 'health', path: () => '/settings/health', main: true },
  { name: 'health-restore', path: () => '/settings/health', then: (page) => page.getByRole('button', { name: /^Restore the backup of/ }).first().click() },
  { name: 'no-such-screen', path: () => '/an-old-link' },
  { name: 'palette', path: () => '/', then: (page) => page.keyboard.press('Control+k') },
  { name: 'keys', path: () => '/', then: (page) => page.keyboard.press('?') },
  // Last: it leaves an edit that is not saved.
  { name: 'identity-preview', path: () => '/identity/rules', main: true, then: tryRules },
]

/** Draws pairs that the rules joined, and judges the first few. */
async function judgeSome(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Draw \d+ pairs$/ }).click()
  await page.getByRole('heading', { name: 'Are these one person?' }).waitFor()
  for (const judged of [1, 2, 3, 4]) {
    await page.keyboard.press(judged === 3 ? '2' : '1')
    await page.getByText(new RegExp(`, ${judged} judged$`)).waitFor()
  }
}

/** Lets one person have two customer numbers, to see whom that would join. */
async function tryRules(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Edit guards of customer number' }).click()
  await page.getByRole('checkbox', { name: /^Strong/ }).uncheck()
  await page.getByRole('button', { name: 'Preview', exact: true }).click()
  await page.getByRole('region', { name: 'Matches gained and lost' }).waitFor({ timeout: 60_000 })
}

test.beforeAll(async ({ browser }) => {
  app = await startApp(browser, WIDE)
})
test.afterAll(() => app.stop())

test('first screen', async () => {
  await expect(app.page.getByRole('heading', { name: 'Lockstep', level: 1 })).toBeVisible()
  await look('first-screen', true)
})

test('a workspace with a plan to review, a run that is over, one that left a doubt, and a backup', async () => {
  const folder = await openSampleOf(app, sample().customers)
  const command = <Answer>(...words: string[]): Promise<Answer> => lockstep(app.data, '-w', folder, ...words) as Promise<Answer>
  const small = await command<{ planId: string }>('plan', 'tier-to-support', '--limit', '600')
  await command('review', 'resolve', small.planId, '--all', '--take', 'warehouse', '--reason', 'The warehouse decides the tier')
  await command('approve', small.planId)
  run = (await command<{ runId: string }>('apply', small.planId)).runId
  const { crm } = await simulatorsOf(folder)
  doubt = (await leaveDoubt(app.data, folder, crm)).runId
  plan = (await command<{ planId: string }>('plan', 'tier-to-crm')).planId
  const { page } = app
  await page.goto(`${new URL(page.url()).origin}/#/settings/health`)
  await page.getByRole('button', { name: 'Back up now' }).first().click()
  await page.getByRole('list', { name: 'Backups' }).waitFor()
  await page.reload()
})

test('the fix that helps most leads to where it is done', async () => {
  const { page } = app
  await page.goto(`${new URL(page.url()).origin}/#/activations/tier-to-crm/edit?step=match`)
  await page.getByRole('complementary', { name: 'Who it reaches' }).getByRole('link', { name: new RegExp(`Decide under Identity .* ${sample().heldBack} more people`) }).click()
  await expect(page).toHaveURL(/#\/identity\/queues\?.*show=ambiguous/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('a plan that is put away waits for nobody, until it is brought back', async () => {
  const { page } = app
  const review = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: /^Review/ })
  await page.goto(`${new URL(page.url()).origin}/#/review/${plan}`)
  await page.getByRole('button', { name: 'Put away' }).click()
  await expect(page.getByText(/^Put away by .+, it waits for nobody; valid until /)).toBeVisible()
  await expect(review).not.toContainText('waiting')
  await expectNoClipping(page)
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(review).toContainText('1 waiting')
})

test('a count in the narrow rail lies beside its icon, not over it', async () => {
  const { page } = app
  await page.setViewportSize({ width: 1100, height: 700 })
  await page.goto(`${new URL(page.url()).origin}/#/`)
  const review = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: /^Review/ })
  await expect(review).toContainText('waiting')
  const icon = await review.locator('svg').boundingBox()
  const count = await review.locator('svg ~ span').last().boundingBox()
  expect(count?.y).toBeGreaterThanOrEqual((icon?.y ?? 0) + (icon?.height ?? 0))
  await page.setViewportSize(WIDE)
})

for (const { name, path, main = false, then } of screens) {
  test(name, async () => {
    const { page } = app
    await page.goto(`${new URL(page.url()).origin}/#${path()}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settled(page)
    await then?.(page)
    await settled(page)
    await look(name, main)
    await page.keyboard.press('Escape')
  })
}

/** Nothing on the screen is still being read. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
}

/** Free of violations in light and dark, nothing cut off at any size; and a picture when asked for. */
async function look(name: string, main: boolean): Promise<void> {
  const { page } = app
  await expectAccessible(page)
  if (pictured()) for (const colorScheme of ['light', 'dark'] as const) await picture(name, colorScheme)
  await expectNoClipping(page)
  for (const size of main ? [SMALLEST, ZOOMED] : [SMALLEST]) {
    await page.setViewportSize(size)
    await expectNoClipping(page)
    if (main) await expectAccessible(page, ['light'])
  }
  await page.setViewportSize(WIDE)
}

async function picture(name: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await inScheme(app.page, colorScheme)
  await mkdir(FOLDER, { recursive: true })
  await writeFile(join(FOLDER, `${name}-${colorScheme}.png`), smallPng(await app.page.screenshot({ caret: 'hide' })))
  await inScheme(app.page, 'light')
}
