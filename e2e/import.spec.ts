import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { membersFile } from './support/members-file.ts'
import { goTo, startApp } from './support/running-app.ts'
import type { RunningApp } from './support/running-app.ts'

// A file with values that do not fit: looked at, decided about, taken back, loaded, and later replaced.
test.describe.configure({ mode: 'serial' })

let app: RunningApp
let file: string
test.beforeAll(async ({ browser }) => {
  app = await startApp(browser)
  file = join(app.data, 'members.csv')
  await writeFile(file, membersFile())
})
test.afterAll(() => app.stop())

const balance = (load: number, blocked: number) => app.page.getByText(`${load} load + ${blocked} blocked = 200`)

test('a column set to number keeps the page, lists what does not fit, and every choice counts', async () => {
  const { page } = app
  await page.goto(`${new URL(page.url()).origin}/#/own-data?path=${encodeURIComponent(file)}`)
  await expect(balance(198, 2)).toBeVisible({ timeout: 60_000 })
  await page.getByRole('combobox', { name: 'Type of MRR' }).click()
  await page.getByRole('option', { name: 'number', exact: true }).click()
  await expect(balance(195, 5)).toBeVisible({ timeout: 60_000 })
  const column = page.getByRole('region', { name: 'Column MRR' })
  await expect(column).toContainText('3 of 200 rows do not fit')
  for (const words of ['18', 'unknown', '1.499,00', '€ 199']) await expect(column.getByRole('cell', { name: words, exact: true })).toBeVisible()
  await expectAccessible(page)
  await column.getByRole('radio', { name: /^Leave MRR empty/ }).check()
  await expect(balance(198, 2)).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(balance(195, 5)).toBeVisible({ timeout: 60_000 })
  await page.getByRole('radio', { name: /^Take line 187/ }).check()
  await expect(balance(196, 4)).toBeVisible({ timeout: 60_000 })
})

test('exactly as many rows load as were shown, and people have their whole name', async () => {
  const { page } = app
  await expect(page.getByText('The first one: Ben Müller')).toBeVisible()
  await page.getByRole('button', { name: 'Make a workspace of 196 rows' }).click()
  await expect(page.getByText('196 rows are ready as')).toBeVisible({ timeout: 60_000 })
})

test('another file shows what it breaks, and takes over only where nothing does', async () => {
  const { page } = app
  await goTo(page, 'Connections')
  const choose = async (name: string, text: string, button: RegExp): Promise<void> => {
    await writeFile(join(app.data, name), text)
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: button }).click()])
    await chooser.setFiles(join(app.data, name))
  }
  await choose('broken.csv', membersFile({ repaired: true }).replace(',199,', ',free,'), /^Replace file… of/)
  await expect(page.getByText('This file breaks what was promised')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('cell', { name: 'free' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Replace with/ })).toBeDisabled()
  await expectAccessible(page)
  await choose('repaired.csv', membersFile({ repaired: true }), /^Choose another file/)
  await page.getByRole('button', { name: 'Replace with 200 rows' }).click({ timeout: 60_000 })
  await expect(page.getByText('200 rows of repaired.csv are in use now')).toBeVisible({ timeout: 60_000 })
})
