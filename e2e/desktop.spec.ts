import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShellBridge } from '../src/contract/shell.ts'
import { desktopKind, openDesktop } from './support/desktop.ts'
import type { DesktopApp } from './support/desktop.ts'
import { expect, test as base } from './support/journey.ts'
import { ReviewPage, numberIn } from './support/review-page.ts'
import { goTo } from './support/running-app.ts'
import { RunPage } from './support/run-page.ts'
import { Simulator } from './support/simulator.ts'

declare global {
  interface Window {
    lockstepShell: ShellBridge
  }
}

const test = base.extend<{ desktop: DesktopApp }>({
  desktop: async ({ data, sample }, use) => {
    const desktop = await openDesktop(data, sample.folder)
    await use(desktop)
    await desktop.close()
  },
})

test.skip(desktopKind() === undefined, 'Neither Electron nor the stand-in for it is on this machine.')

test('opens one window that shows the workspace and reaches nothing of the machine', async ({ desktop }) => {
  const { page } = desktop
  await expect(page.getByText('Harbour Mutual').first()).toBeVisible()
  await expect.poll(async () => (await desktop.windows()).map((window) => window.visible)).toEqual([true])
  expect(await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window))).toEqual([])
})

test('says that the engine ended, starts it again on the same workspace and goes on', async ({ desktop }) => {
  const { page } = desktop
  await expect(page.getByText('Harbour Mutual').first()).toBeVisible()
  const message = page.getByText('Connecting to the engine again')
  const appeared = message.waitFor({ state: 'visible' })
  await desktop.killEngine()
  await appeared
  await expect(message).toBeHidden()
  await goTo(page, 'Connections')
  await expect(page.getByText('Harbour Mutual').first()).toBeVisible()
})

test('does the main job once: plan, answer, apply, verify', async ({ desktop, sample }) => {
  const { page } = desktop
  await goTo(page, 'Activations')
  await page.getByRole('button', { name: 'Plan Tier to CRM' }).click()
  const review = new ReviewPage(page)
  await review.opened()
  await review.show('Conflicts')
  await review.row(0).click()
  await review.record()
  await review.answerAll({ take: 'Keep HubSpot', field: 'every field', by: 'anyone' })
  const before = new Map((await new Simulator(sample.crm).records('contacts')).map((record) => [record.id, record.fields['tier']]))

  await review.apply.click()
  const dialog = page.getByRole('dialog', { name: /^Apply/ })
  const label = await dialog.getByText(/^Type [\d,]+ to approve this many$/).innerText()
  await dialog.getByLabel(label).fill(String(numberIn(label)))
  await dialog.getByRole('button', { name: /^Apply/ }).click()
  await desktop.leave()

  const run = new RunPage(page)
  await run.opened()
  const counts = await run.watch()
  expect(counts.delivered).toBeGreaterThan(0)
  expect(counts.verified + counts.overridden).toBe(counts.delivered)
  const told = await desktop.notifications()
  if (told) expect(told).toEqual([expect.objectContaining({ title: 'Tier to CRM is done', body: expect.stringContaining('delivered to HubSpot') })])
  const after = await new Simulator(sample.crm).records('contacts')
  expect(after.filter((record) => record.fields['tier'] !== before.get(record.id)).length).toBeGreaterThan(0)
})

test('takes commands from the menu and from its keys', async ({ desktop }) => {
  const { page } = desktop
  await expect(page.getByText('Harbour Mutual').first()).toBeVisible()
  await desktop.chooseMenu('go activations')
  await expect(page.getByRole('heading', { name: 'Activations', level: 1 })).toBeVisible()
  await page.keyboard.press('Control+1')
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
})

test('asks for files and places with the dialogs of the system', async ({ desktop, data }) => {
  const { page } = desktop
  const file = join(data, 'customers.csv')
  writeFileSync(file, 'id,email\n1,ada@example.com\n')
  await desktop.answerOpenDialog(file)
  expect(await page.evaluate(() => window.lockstepShell.chooseFile(['.csv']))).toBe(file)
  expect(await page.evaluate(() => window.lockstepShell.saveExport('../..', 'owner.json').catch(() => 'refused'))).toBe('refused')
})

test('saves an export where the person says', async ({ desktop, data }) => {
  const { page } = desktop
  await goTo(page, 'Audit')
  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('button', { name: 'Export the log' }).click()
  const place = join(data, 'audit for the auditor.jsonl')
  await desktop.answerSaveDialog(place)
  await page.getByRole('button', { name: 'Save entries.jsonl' }).click()
  await expect(page.getByText(`Saved as ${place}.`)).toBeVisible()
  const [first] = readFileSync(place, 'utf8').split('\n')
  expect(JSON.parse(first ?? '')).toMatchObject({ seq: 1 })
})

test('comes to the front instead of starting twice', async ({ desktop }) => {
  await expect.poll(async () => (await desktop.windows()).length).toBe(1)
  await desktop.startAgain()
  expect(await desktop.windows()).toHaveLength(1)
})

test('lets no page out and opens no other window', async ({ desktop }) => {
  const { page } = desktop
  const before = page.url()
  expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull()
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: 'https://example.com/link', target: '_blank' })
    document.body.append(link)
    link.click()
    location.href = 'https://example.com/navigation'
  })
  await page.waitForTimeout(300)
  expect(page.url()).toBe(before)
  expect(await desktop.windows()).toHaveLength(1)
  const findings = await desktop.audit()
  expect(findings?.filter((finding) => finding.result === 'fail') ?? []).toEqual([])
})
