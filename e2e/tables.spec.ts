import { expect, test } from '@playwright/test'
import type { Locator } from '@playwright/test'
import { expectAccessible, expectNoClipping } from './support/accessibility.ts'
import { lockstep } from './support/lockstep.ts'
import { numberIn, ReviewPage } from './support/review-page.ts'
import type { RunningApp } from './support/running-app.ts'
import { openSampleOf, startApp } from './support/running-app.ts'

// One plan, one table: every test goes on where the one before it stopped.
test.describe.configure({ mode: 'serial' })

let app: RunningApp
let address: string

test.beforeAll(async ({ browser }) => {
  app = await startApp(browser)
  const folder = await openSampleOf(app, 2000)
  const { planId } = (await lockstep(app.data, '-w', folder, 'plan', 'tier-to-crm')) as { planId: string }
  address = `${new URL(app.page.url()).origin}/#/review/${planId}?show=conflicts`
  await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.page.goto(address)
  await review().opened()
  // Widths follow what is loaded: from here on they stand still.
  await review().record()
})
test.afterAll(() => app.stop())

const review = (): ReviewPage => new ReviewPage(app.page)
const headers = (): Promise<string[]> => review().grid.getByRole('columnheader').allInnerTexts()
const header = (name: string): Locator => review().grid.getByRole('columnheader', { name })
const widthOf = async (name: string): Promise<number> => (await header(name).boundingBox())?.width ?? 0
const copied = (): Promise<string> => app.page.evaluate(() => navigator.clipboard.readText())
const columnsButton = (): Locator => app.page.getByRole('button', { name: /^Columns of/ })

test('a column is made wider by dragging its edge and by keyboard, and stays so', async () => {
  const { page } = app
  const before = await widthOf('Warehouse')
  const box = await header('Warehouse').boundingBox()
  const edge = (box?.x ?? 0) + before - 3
  await page.mouse.move(edge, (box?.y ?? 0) + 15)
  await page.mouse.down()
  await page.mouse.move(edge + 60, (box?.y ?? 0) + 15, { steps: 3 })
  await page.mouse.up()
  await expect.poll(() => widthOf('Warehouse')).toBeCloseTo(before + 60, -1)
  await expect(header('Warehouse')).toHaveAttribute('aria-sort', 'none')
  await review().row(0).click()
  await review().grid.focus()
  for (const key of ['ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key)
  const wide = await widthOf('Person')
  await page.reload()
  await review().opened()
  await expect.poll(() => widthOf('Warehouse')).toBeCloseTo(before + 60, -1)
  expect(await widthOf('Person')).toBeCloseTo(wide, 0)
})

test('columns are hidden, moved and kept in view by the menu, by keyboard alone', async () => {
  const { page } = app
  await columnsButton().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: 'Field' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Move Answer earlier' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Keep Warehouse in view' }).focus()
  await page.keyboard.press('Enter')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(columnsButton()).toBeFocused()
  const shown = ['Warehouse', 'Person', 'In HubSpot now', 'Answer', 'Changed by']
  expect(await headers()).toEqual(shown)
  await page.reload()
  await review().opened()
  expect(await headers()).toEqual(shown)
  await columnsButton().click()
  await page.getByRole('button', { name: 'Reset columns' }).click()
  await page.keyboard.press('Escape')
  expect(await headers()).toEqual(['Person', 'Field', 'In HubSpot now', 'Warehouse', 'Changed by', 'Answer'])
})

test('a cell is copied, and rows with their headers', async () => {
  const { page } = app
  await review().row(1).click()
  await review().grid.focus()
  const person = await review().row(1).getByRole('gridcell').first().innerText()
  for (const key of ['ArrowRight', 'Control+c']) await page.keyboard.press(key)
  expect(await copied()).toBe(person)
  for (const key of ['ArrowLeft', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+c']) await page.keyboard.press(key)
  const lines = (await copied()).split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toBe('Person\tField\tIn HubSpot now\tWarehouse\tChanged by\tAnswer')
  expect(lines[1]).toMatch(new RegExp(`^${person}\t`))
  await expect(review().marked).toHaveCount(3)
})

test('several rows are ticked at once', async () => {
  const { page } = app
  await review().show('Not selected')
  await review().row(0).click()
  await review().row(3).click({ modifiers: ['Shift'] })
  await review().grid.focus()
  await page.keyboard.press('Space')
  for (const index of [0, 1, 2, 3]) await expect(review().row(index).getByRole('checkbox')).toBeChecked()
  await review().row(1).click({ modifiers: ['ControlOrMeta'] })
  await expect(review().row(1).getByRole('checkbox')).not.toBeChecked()
  await expect(review().row(0).getByRole('checkbox')).toBeChecked()
})

test('a list is narrowed by who changed it, by keyboard, and exactly that is answered', async () => {
  const { page } = app
  await review().show('Conflicts')
  const all = await review().rows()
  const bar = page.getByRole('group', { name: 'What the list is narrowed to' })
  await bar.getByRole('button', { name: 'Filter' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Value' }).click()
  const offered = await page.getByRole('option').allInnerTexts()
  const [, name = '', counted = ''] = /^(Workflow .+) \(([\d,]+)\)$/.exec(offered.find((words) => words.startsWith('Workflow ')) ?? '') ?? []
  const count = numberIn(counted)
  await page.getByRole('option', { name: `${name} (` }).click()
  const chip = bar.getByRole('button', { name: `Remove the filter Changed by: ${name}` })
  await expect(chip).toBeVisible()
  await expect.poll(() => review().rows()).toBe(count)
  expect(count).toBeLessThan(all)
  await expectAccessible(page)

  await bar.getByRole('button', { name: `Answer the ${count} open…` }).click()
  const dialog = page.getByRole('dialog', { name: 'Answer what is listed' })
  await expect(dialog.getByText(`Changed by: ${name}`)).toBeVisible()
  const policy = dialog.getByRole('checkbox', { name: 'Also save it as a policy, for this and every later plan of this activation' })
  await policy.check()
  await expect(dialog.getByRole('textbox', { name: 'Name of the policy' })).toHaveValue(`Changed by: ${name}: keep HubSpot`)
  await expectAccessible(page)
  await policy.uncheck()
  await dialog.getByRole('button', { name: new RegExp(`^Keep ${count} edits? in HubSpot$`) }).click()
  await expect(dialog).toBeHidden()
  await expect(bar.getByRole('button', { name: /^Answer the/ })).toBeHidden()
  await expect(review().tile('Conflicts')).toContainText(`${all - count} open`)

  await chip.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => review().rows()).toBe(all)
  await expect(bar.getByRole('button', { name: 'Filter' })).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(review().tile('Conflicts')).toContainText(`${all} open`)
})

test('the table fits the smallest window', async () => {
  const { page } = app
  await review().show('Conflicts')
  await page.setViewportSize({ width: 1024, height: 640 })
  await expectNoClipping(page)
  await page.setViewportSize({ width: 1440, height: 900 })
})
