import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import type { Doubt } from './support/doubt.ts'
import { leaveDoubt } from './support/doubt.ts'
import { lockstep } from './support/lockstep.ts'
import { RunPage } from './support/run-page.ts'
import type { RunningApp } from './support/running-app.ts'
import { goTo, openSampleOf, simulatorsOf, startApp } from './support/running-app.ts'
import type { Simulator } from './support/simulator.ts'

// What a person sees and does when a run does not go well. One app for all of it.
test.describe.configure({ mode: 'serial' })

const UPDATE = '/crm/v3/objects/contacts/batch/update'
const CREATE = '/crm/v3/objects/contacts/batch/create'
const READ = '/crm/v3/objects/contacts/batch/read'
/** So many that a destination which refuses everything is given up before all are sent. */
const CUSTOMERS = 3000

let app: RunningApp
let folder: string
let crm: Simulator
let doubt: Doubt

test.beforeAll(async ({ browser }) => {
  app = await startApp(browser)
  folder = await openSampleOf(app, CUSTOMERS)
  // They start beside the app.
  await expect(async () => {
    crm = (await simulatorsOf(folder)).crm
  }).toPass({ timeout: 30_000 })
})
test.afterAll(() => app.stop())

const run = (): RunPage => new RunPage(app.page)
const command = <Answer>(...words: string[]): Promise<Answer> => lockstep(app.data, '-w', folder, ...words) as Promise<Answer>

/** A small plan with an answer to every conflict, opened in Review and applied there. */
async function apply(activation: string, rows: number): Promise<void> {
  const { planId } = await command<{ planId: string }>('plan', activation, '--limit', String(rows))
  await command('review', 'resolve', planId, '--all', '--take', 'warehouse', '--reason', 'The warehouse decides')
  const { page } = app
  await page.goto(`${new URL(page.url()).origin}/#/review/${planId}`)
  await page.getByRole('button', { name: /^Apply [\d,]+ changes?/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^Apply [\d,]+ changes?/ }).click()
  await run().opened()
}

test('says what a wait is for and when it ends, and what is done already when paused', async () => {
  const { page } = app
  await crm.faults([{ match: { method: 'POST', path: UPDATE }, times: 20, do: { kind: 'retryAfter', seconds: 8 } }])
  await apply('tier-to-crm', 120)
  await expect(page.getByText(/Waiting for .+, goes on at \d\d:\d\d:\d\d \w+/)).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Paused: nothing more is sent until you resume')).toBeVisible()
  await expect(page.getByText(/Nothing is delivered|[\d,]+ of [\d,]+ records (is|are) in HubSpot/)).toBeVisible()
  await expectAccessible(page, ['dark'])
  await crm.faults([])
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(run().ended).toBeVisible({ timeout: 60_000 })
  expect((await run().expectBalance()).unknown).toBe(0)
})

test('groups what was refused, and plans just that again', async () => {
  const { page } = app
  await crm.faults([{ match: { method: 'POST', path: CREATE }, times: 1000, do: { kind: 'status', status: 400 } }])
  await apply('tier-to-crm', 220)
  await expect(run().ended).toBeVisible({ timeout: 60_000 })
  const { rejected, quarantined } = await run().expectBalance()
  const refused = rejected + quarantined
  expect(refused).toBeGreaterThan(0)
  await expect(page.getByRole('list', { name: 'Causes' })).toBeVisible()
  await crm.faults([])
  await run().tile(rejected > 0 ? 'Rejected' : 'Set aside').click()
  await page.getByRole('button', { name: new RegExp(`^Plan ${refused} [\\w-]+ rows? again$`) }).click()
  await page.waitForURL(/\/review\//)
  await expect(page.getByRole('button', { name: new RegExp(`^${refused}\\s*Create$`) })).toBeVisible()
})

test('hands the plan over to somebody else, who has seven days', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'Hand over…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'To' }).fill('Ben')
  await dialog.getByLabel('What they should look at (optional, kept in the audit)').fill('These were refused yesterday')
  await dialog.getByRole('button', { name: 'Hand over to Ben' }).click()
  await expect(page.getByRole('note')).toContainText('“These were refused yesterday”')
  await expect(page.getByText(/^Plan valid until \d+ \w+, \d\d:\d\d \w+/)).toBeVisible()
  await goTo(page, 'Review')
  await expect(page.getByText('In review with Ben').first()).toBeVisible()
})

test('keeps a queue of records that nobody could settle, with what was sent and what was tried', async () => {
  const { page } = app
  doubt = await leaveDoubt(app.data, folder, crm, 400)
  await goTo(page, 'Home')
  await page.getByRole('button', { name: /^Settle 1: 1 record in doubt in “Tier to CRM”/ }).click()
  await expect(page.getByRole('heading', { name: 'In doubt 1' })).toBeVisible()
  const pane = page.getByRole('complementary', { name: 'Record in doubt' })
  await expect(pane.getByText(`HubSpot ${doubt.remoteId}`)).toBeVisible()
  await expect(pane.getByText('Churn risk')).toBeVisible()
  await expect(pane.getByText(/^It was sent once, and the answer was lost/)).toBeVisible()
  await expect(pane.getByRole('region', { name: 'Requests about this record' }).getByText(/^Update \d+ people/)).toBeVisible()
  await expectAccessible(page)
})

test('looks again, and leaves to a person what cannot be told', async () => {
  const { page } = app
  await crm.count(UPDATE, CREATE, READ)
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect.poll(() => crm.faultsFired(READ)).toBeGreaterThan(0)
  // Read anew, the screen cannot show the end of the run before it was looked at.
  await page.reload()
  await expect(run().ended).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { name: 'In doubt 1' })).toBeVisible()
  for (const path of [UPDATE, CREATE]) expect(await crm.faultsFired(path), 'looking only reads').toBe(0)
  await crm.faults([])
})

test('takes a person’s word with a reason, and plans the record again where it did not arrive', async () => {
  const { page } = app
  await page.getByRole('button', { name: 'It did not arrive…' }).click()
  const dialog = page.getByRole('dialog')
  await expectAccessible(page, ['light'])
  await expect(dialog.getByRole('button', { name: 'Settle 1 record as not arrived' })).toBeDisabled()
  await dialog.getByLabel('How do you know? Kept in the audit').fill('Ben typed it himself')
  await dialog.getByRole('button', { name: 'Settle 1 record as not arrived' }).click()
  await page.waitForURL(/\/review\//, { timeout: 60_000 })
  await goTo(page, 'Audit')
  await expect(page.getByText('Said of 1 record of “Tier to CRM” whose answer was lost that it did not arrive: Ben typed it himself.')).toBeVisible()
})

test('shows the requests of a run: what was sent, what came back, when and how often, without a value of a record', async () => {
  const { page } = app
  await page.goto(`${new URL(page.url()).origin}/#/runs/${doubt.runId}`)
  await page.getByRole('radiogroup', { name: 'What is listed' }).getByText('Requests').click()
  const grid = page.getByRole('grid', { name: 'Requests of the run' })
  await expect(grid.getByText(/^Update \d+ people/).first()).toBeVisible()
  await page.getByRole('searchbox', { name: /^Find in requests/ }).fill('connection broke')
  await expect(page.getByRole('heading', { name: /^Found \d+ requests?/ })).toBeVisible()
  await grid.locator('[aria-rowindex="2"]').click()
  const pane = page.getByRole('complementary', { name: 'Request' })
  await expect(pane.getByText(`POST ${UPDATE}`)).toBeVisible()
  await expect(pane.getByText('Nothing came back.')).toBeVisible()
  await expect(pane.locator('pre').first()).toContainText('•••')
  await expect(pane.locator('pre').first()).not.toContainText('0.999')
  await expectAccessible(page)
})

test('backs the state up and goes back to it', async () => {
  const { page } = app
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Open Health' }).click()
  await expect(page.getByRole('heading', { name: 'Health', level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Where the state lies' })).toBeVisible()
  await page.getByRole('button', { name: 'Back up now' }).first().click()
  await expect(page.getByRole('list', { name: 'Backups' }).getByText(/^Asked for by/)).toBeVisible()
  await page.getByRole('button', { name: /^Restore the backup of/ }).first().click()
  const dialog = page.getByRole('dialog')
  await expectAccessible(page, ['light'])
  await dialog.getByLabel('I know that what happened since then leaves this workspace').check()
  await dialog.getByRole('button', { name: 'Restore this backup' }).click()
  await expect(page.getByText(/^The state of .+ is back/)).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Audit')
  await expect(page.getByText(/^Put a backup in the place of the workspace’s state/)).toBeVisible()
})

test('offers the backups of a workspace whose state is damaged', async () => {
  const { page } = app
  await goTo(page, 'Settings')
  await page.locator('#workspace').getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('heading', { name: 'Lockstep', level: 1 }).waitFor()
  for (const name of ['state.db-wal', 'state.db-shm']) await rm(join(folder, '.lockstep', name), { force: true })
  await writeFile(join(folder, '.lockstep', 'state.db'), 'this was a database')
  await page.getByLabel('Folder on this machine').fill(folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: /^Restore the backup of/ }).first().click({ timeout: 30_000 })
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('I know that what happened since then leaves this workspace').check()
  await dialog.getByRole('button', { name: 'Restore this backup' }).click()
  await expect(page.getByText(/^The state of .+ is back/)).toBeVisible({ timeout: 30_000 })
  await goTo(page, 'Home')
})

test('sends what a stopped run left only when somebody says so, with the count', async () => {
  const { page } = app
  await crm.faults([UPDATE, CREATE].map((path) => ({ match: { method: 'POST', path }, times: 1000, do: { kind: 'status' as const, status: 503 } })))
  await apply('tier-to-crm', 2500)
  await expect(run().ended).toBeVisible({ timeout: 120_000 })
  const { pending } = await run().expectBalance()
  expect(pending).toBeGreaterThan(0)
  await expect(page.getByRole('listitem').filter({ hasText: 'Applying' }).getByLabel('finished'), 'no tick on what did not finish').toHaveCount(0)
  const count = pending.toLocaleString('en-US')
  const sendRest = page.getByRole('button', { name: `Send the remaining ${count}…` })
  await sendRest.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(`${count} records not sent yet are compared with HubSpot once more`)).toBeVisible()
  await expectAccessible(page)
  await crm.count(UPDATE, CREATE)
  await dialog.getByRole('button', { name: 'Leave it as it is' }).click()
  expect(await crm.faultsFired()).toBe(0)
  await sendRest.click()
  await dialog.getByRole('button', { name: `Send ${count} to HubSpot` }).click()
  await expect(sendRest).toBeHidden()
  await expect(run().ended).toBeVisible({ timeout: 120_000 })
  expect((await run().expectBalance()).pending).toBe(0)
  expect(await crm.faultsFired()).toBeGreaterThan(0)
})
