import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { lockstep, startProgram } from './support/lockstep.ts'
import type { Started } from './support/lockstep.ts'
import { ReviewPage } from './support/review-page.ts'
import type { RunningApp } from './support/running-app.ts'
import { goTo, startApp } from './support/running-app.ts'

// From a file on somebody's desk to a plan for a CRM, without the sample company.
test.describe.configure({ mode: 'serial' })

const TIERS = ['bronze', 'silver', 'gold', 'platinum', 'gold']
const MEMBERS = 25
const GOLD = 10

let app: RunningApp
let simulators: Started
let crm: { url: string; token: string }

test.beforeAll(async ({ browser }) => {
  app = await startApp(browser)
  // A CRM that already runs somewhere, with an address and a token, as a real one has.
  const elsewhere = join(app.data, 'elsewhere')
  await lockstep(app.data, 'sample', 'create', elsewhere, '--customers', '50')
  simulators = await startProgram('src/cli/index.js', ['simulators', 'start', elsewhere, '--pace', 'fast'], /^\{"crm"/, app.data)
  crm = (JSON.parse(await readFile(join(elsewhere, '.lockstep', 'simulators.json'), 'utf8')) as { crm: typeof crm }).crm
})
test.afterAll(async () => {
  await simulators.stop()
  await app.stop()
})

/** Drops a file on the window. */
async function drop(name: string, text: string): Promise<void> {
  const transfer = await app.page.evaluateHandle(
    ([file, content]) => {
      const dropped = new DataTransfer()
      dropped.items.add(new File([content], file, { type: 'text/csv' }))
      return dropped
    },
    [name, text] as const,
  )
  for (const event of ['dragenter', 'dragover', 'drop']) await app.page.locator('body').dispatchEvent(event, { dataTransfer: transfer })
}

test('a malformed file dropped on the first screen is refused with line and column', async () => {
  await drop('broken.csv', 'member_no,email\n001,ada@example.com\n002,"grace@example.com\n003,edsger@example.com\n')
  await expect(app.page.getByRole('alert')).toContainText(/line 3/i)
  await expect(app.page.getByRole('alert')).toContainText(/column \d+/i)
  await expectAccessible(app.page)
})

test('a good one becomes a workspace; numbers with leading zeros stay text', async () => {
  const { page } = app
  const rows = Array.from({ length: MEMBERS }, (_, index) => `00${101 + index},member${index}@example.net,${TIERS[index % TIERS.length]}`)
  await drop('members.csv', `member_no,email,tier\n${rows.join('\n')}\n`)
  await expect(page.getByText('leading zeros: kept as written')).toBeVisible()
  await expect(page.getByRole('region', { name: 'First rows' })).toContainText('00101')
  await expect(page.getByRole('combobox', { name: 'Key' })).toHaveValue(/member_no/)
  await expectAccessible(page)
  await page.getByRole('button', { name: `Make a workspace of ${MEMBERS} rows` }).click()
  await expect(page.getByText(`${MEMBERS} rows are ready as`)).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()
})

test('a CRM is connected by its address and a token that is kept for this session', async () => {
  const { page } = app
  await page.getByRole('link', { name: 'Connect a destination' }).click()
  await page.getByRole('link', { name: /HubSpot/ }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Club CRM')
  await page.getByRole('textbox', { name: /url|address/i }).fill(crm.url)
  await page.getByRole('textbox', { name: 'Private app token' }).fill(crm.token)
  await page.getByRole('button', { name: 'Connect HubSpot' }).click()
  await page.getByRole('button', { name: 'Check connection' }).click()
  await expect(page.getByText(/Answered/)).toBeVisible()
  await expect(page.locator('main')).not.toContainText(crm.token)
  await expectAccessible(page)
})

for (const [destination, name] of [['Zendesk', 'Club desk'], ['Braze', 'Club campaigns']] as const) {
  test(`${destination} is connected as a system that this computer plays, which starts by itself`, async () => {
    const { page } = app
    await goTo(page, 'Connections')
    await page.getByRole('button', { name: 'Connect a destination' }).first().click()
    await page.getByRole('link', { name: new RegExp(destination) }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('radio', { name: /Simulator, on this computer/ }).check()
    await page.getByRole('button', { name: `Connect ${destination}` }).click()
    await page.getByRole('button', { name: 'Check connection' }).click()
    await expect(page.getByText(/Answered/)).toBeVisible()
  })
}

test('a segment counts while it is built', async () => {
  const { page } = app
  await goTo(page, 'Segments')
  await page.getByRole('button', { name: 'New segment' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Gold members')
  await page.getByRole('button', { name: 'Condition', exact: true }).click()
  await page.getByRole('combobox', { name: 'Column' }).fill('tier')
  await page.getByRole('option', { name: /^tier/ }).click()
  await page.getByRole('group', { name: 'Condition about tier' }).getByRole('combobox', { name: 'Value' }).fill('gold')
  await page.keyboard.press('Escape')
  const total = page.getByRole('region', { name: 'In this segment' })
  // The first count makes the local copy.
  await expect(total).toContainText(`${GOLD} of ${MEMBERS}`, { timeout: 60_000 })
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
})

test('an activation is made of both, and its plan creates exactly these people', async () => {
  const { page } = app
  await goTo(page, 'Activations')
  await page.getByRole('button', { name: 'New activation' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Gold to club CRM')
  await page.getByRole('radio', { name: /Gold members/ }).check()
  await page.getByRole('button', { name: 'Next: destination' }).click()
  await page.getByRole('radio', { name: /Club CRM/ }).check()
  await page.getByRole('radio', { name: /^Contacts/ }).check()
  await page.getByRole('button', { name: 'Next: match' }).click()
  await page.getByRole('combobox', { name: 'In the data product' }).fill('email')
  await page.getByRole('option', { name: 'email' }).click()
  await page.getByRole('combobox', { name: 'In Contacts' }).click()
  await page.getByRole('option', { name: 'Email' }).click()
  await page.getByRole('button', { name: 'Next: fields' }).click()
  await page.getByRole('button', { name: /^Map \d+ columns? with the same name/ }).click()
  await expect(page.getByRole('list', { name: 'Mappings' }).getByRole('combobox', { name: 'Authority over Tier' })).toBeVisible()
  for (const next of ['do not send', 'mode', 'guards', 'review']) await page.getByRole('button', { name: `Next: ${next}` }).click()
  await page.locator('main').getByRole('button', { name: 'Save', exact: true }).last().click()
  await page.getByRole('button', { name: 'Plan', exact: true }).click()
  const plan = new ReviewPage(page)
  await plan.opened()
  expect([await plan.count('Create'), await plan.count('Update'), await plan.count('Blocked')]).toEqual([GOLD, 0, 0])
  await plan.row(0).click()
  await expect(plan.pane).toContainText('00103')
})

test('closed in Settings and opened again, it begins at Home', async () => {
  const { page } = app
  await goTo(page, 'Settings')
  const folder = await page.locator('#workspace').getByText(/workspaces\/members$/).innerText()
  await page.locator('#workspace').getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('heading', { name: 'Lockstep', level: 1 }).waitFor()
  await page.getByLabel('Folder on this machine').fill(folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
})
