import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible, expectNoClipping } from './support/accessibility.ts'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { lockstep, removeFolder, startProgram, temporaryFolder } from './support/lockstep.ts'

// One workspace and one window for all: each test leaves both as the next expects them.
test.describe.configure({ mode: 'serial' })

let data: string
let folder: string
let app: Page
const stops: (() => Promise<void>)[] = []

test.beforeAll(async ({ browser }) => {
  data = await temporaryFolder('define')
  folder = join(data, 'harbour-mutual')
  await lockstep(data, 'sample', 'create', folder, '--customers', '400')
  const simulators = await startProgram('src/cli/index.js', ['simulators', 'start', folder, '--pace', 'fast'], /^\{"crm"/, data)
  const shell = await startProgram('src/web/index.ts', ['--no-open', '-w', folder], /http:\/\/127\.0\.0\.1:\d+\/open\//, data)
  stops.push(shell.stop, simulators.stop)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', colorScheme: 'light' })
  app = await context.newPage()
  await app.goto(/http:\S+/.exec(shell.line)?.[0] ?? '')
  await app.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
})
test.afterAll(async () => {
  await app.context().close()
  for (const stop of stops) await stop()
  await removeFolder(data)
})

/** Opens a screen by its address. */
async function open(path: string): Promise<void> {
  await app.goto(`${new URL(app.url()).origin}/#/${path}`)
  await app.getByRole('heading', { level: 1 }).waitFor()
}

test('a segment is built with the keyboard, counted live, explained and saved with its comments', async () => {
  await open('segments/valuable-and-at-risk')
  const left = app.getByRole('complementary', { name: 'Count and explanation' })
  const before = await left.locator('strong').first().innerText()

  await app.getByRole('button', { name: 'Condition', exact: true }).last().focus()
  await app.keyboard.press('Enter')
  await app.getByRole('option').first().waitFor()
  // The list marks its first row a turn after it opens; a person types later than that.
  await app.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
  await app.keyboard.type('country')
  // A person presses Enter when the list shows what they typed, and goes on when it was taken.
  await expect(app.getByRole('option')).toHaveCount(1)
  await app.keyboard.press('Enter')
  await app.getByRole('group', { name: 'Condition about country' }).last().waitFor()
  await app.keyboard.press('Tab')
  await app.keyboard.press('Tab')
  await app.keyboard.type('GB')
  await expect(app.getByText('and country is GB')).toBeVisible()
  await expect(left.locator('strong').first()).not.toHaveText(before)
  await app.keyboard.press('Escape')
  await expectAccessible(app)

  await app.getByRole('region', { name: 'Sample rows' }).waitFor()
  const member = await app.getByRole('region', { name: 'Sample rows' }).locator('tbody td').first().innerText()
  await left.getByRole('textbox').fill(member)
  await left.getByRole('button', { name: 'Explain' }).click()
  await expect(left.getByText(`${member} is in the segment.`)).toBeVisible()

  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Saved', { exact: true })).toBeVisible()
  const file = await readFile(join(folder, 'segments', 'valuable-and-at-risk.yaml'), 'utf8')
  expect(file).toContain('# Worth a call before they leave.')
  expect(file).toContain('country')
})

test('an edit from outside is followed while nothing was changed here, and put beside mine when it was', async () => {
  const path = join(folder, 'segments', 'active-customers.yaml')
  await open('segments/active-customers')
  const name = app.getByRole('textbox', { name: 'Name' })
  await expect(name).toHaveValue('Active customers')
  await writeFile(path, (await readFile(path, 'utf8')).replace('Active customers', 'Customers who are active'))
  await expect(name).toHaveValue('Customers who are active')

  await name.fill('Mine')
  await writeFile(path, (await readFile(path, 'utf8')).replace('Customers who are active', 'Theirs'))
  const both = app.getByRole('alert', { name: 'This definition was changed by somebody else' })
  await both.getByRole('button', { name: 'Show both' }).click()
  await expect(both.getByRole('row', { name: 'name Mine Theirs' })).toBeVisible()
  await expectAccessible(app)
  await both.getByRole('button', { name: 'Keep mine' }).click()
  await name.press('Control+s')
  await expect(app.getByText('Saved', { exact: true })).toBeVisible()
  expect(await readFile(path, 'utf8')).toContain('name: Mine')
})

test('what another window saved is called that, and Save says why it waits and offers every way on', async () => {
  const path = join(folder, 'segments', 'active-customers.yaml')
  await open('segments/active-customers')
  const name = app.getByRole('textbox', { name: 'Name' })
  await name.fill('Of this window')
  const other = await app.context().newPage()
  await other.goto(app.url())
  await other.getByRole('textbox', { name: 'Name' }).fill('Theirs')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('Saved', { exact: true })).toBeVisible()
  await other.close()

  const both = app.getByRole('alert', { name: 'This definition was changed by somebody else' })
  await expect(both).toContainText('in another window of Lockstep')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Not saved: segments/active-customers.yaml was changed while you were editing it')).toBeVisible()
  await both.getByRole('button', { name: 'Keep both: mine as a copy' }).click()
  await expect(name).toHaveValue('Theirs')
  expect(await readFile(path, 'utf8')).toContain('name: Theirs')
  expect(await readFile(join(folder, 'segments', 'of-this-window-copy.yaml'), 'utf8')).toContain('name: Of this window (copy)')
})

test('a file with a mistake is shown by name and line, and the rest stays usable', async () => {
  const path = join(folder, 'segments', 'renewing-soon.yaml')
  await writeFile(path, (await readFile(path, 'utf8')).replace('operator: in the next days', 'operater: in the next days'))
  await open('segments')
  const files = app.getByRole('list', { name: 'Files with a problem' })
  await expect(files).toContainText('segments/renewing-soon.yaml, line 6')
  await expect(files).toContainText('operater')
  await files.getByRole('link').first().click()
  const problems = app.getByRole('region', { name: 'Problems in segments/renewing-soon.yaml' })
  await expect(problems).toContainText(/Line 6: .*operater/)
  await expect(problems.locator('[data-marked]')).toContainText('operater: in the next days')
  await expectAccessible(app)
  await open('segments/gold-and-platinum')
  await expect(app.getByRole('textbox', { name: 'Name' })).toHaveValue('Gold and platinum')
  await writeFile(path, (await readFile(path, 'utf8')).replace('operater', 'operator'))
  await open('segments')
  await expect(files).toHaveCount(0)
})

test('what is used cannot be removed, what is not is removed with its file', async () => {
  await open('segments/active-customers')
  await app.getByRole('button', { name: /^More for/ }).first().click()
  await app.getByRole('menuitem', { name: 'Remove this segment' }).click()
  await expect(app.getByRole('dialog')).toContainText('It is used by')
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Keep it' }).click()
  await open('segments/renewing-soon')
  await app.getByRole('button', { name: 'More for Renewing soon' }).click()
  await app.getByRole('menuitem', { name: 'Remove this segment' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Remove this segment' }).click()
  await expect(app.getByRole('heading', { name: 'Segments', level: 1 })).toBeVisible()
  await expect(app.getByRole('link', { name: 'Renewing soon' })).toHaveCount(0)
  await expect(readFile(join(folder, 'segments', 'renewing-soon.yaml'))).rejects.toThrow()
})

test('a data product refuses SQL that writes, and is made of a query that reads', async () => {
  await open('products/choose')
  await app.getByRole('button', { name: 'Write SQL' }).click()
  const query = app.getByRole('textbox', { name: 'Query' })
  await query.fill('drop table customers')
  await query.press('Control+Enter')
  await expect(app.getByRole('tabpanel', { name: 'Definition' }).getByRole('alert')).toContainText(/SELECT/)
  await expectAccessible(app)
  await query.fill('select customer_id, email, country from customers')
  await query.press('Control+Enter')
  await expect(app.getByRole('region', { name: 'Preview rows' }).locator('tbody tr')).toHaveCount(10)

  await app.getByRole('tab', { name: 'Contract and decisions' }).click()
  const gone = app.getByRole('row').filter({ hasText: 'Not in the data' })
  while ((await gone.count()) > 0) await gone.first().getByRole('button').click()
  await expectAccessible(app)
  await app.getByRole('tab', { name: 'Owner and freshness' }).click()
  await app.getByRole('textbox', { name: 'Name' }).fill('Where people are')
  await app.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByText('Saved', { exact: true })).toBeVisible()
  expect(await readFile(join(folder, 'products', 'where-people-are.sql'), 'utf8')).toContain('from customers')
  await app.getByRole('tab', { name: 'Check and consumers' }).click()
  await expect(app.getByText(/The data keeps the contract in all/)).toBeVisible()
  await expectAccessible(app)
})

test('a connection is made from its form, and is green only after a check', async () => {
  await open('connections/new')
  await app.getByRole('link', { name: /HubSpot/ }).click()
  await expect(app.getByText(/this machine has no keychain/)).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('radio', { name: /Simulator, on this computer/ }).check()
  await app.getByRole('textbox', { name: 'Name' }).fill('Second CRM')
  await app.getByRole('button', { name: 'Connect HubSpot' }).click()
  await expect(app.getByText('Not checked yet')).toBeVisible()
  await app.getByRole('button', { name: 'Check connection' }).click()
  await expect(app.getByText(/Answered/)).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('tab', { name: 'Objects and fields' }).click()
  await expect(app.getByRole('region', { name: /Fields of/ }).getByText('email', { exact: true })).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('tab', { name: 'Limits' }).click()
  await expect(app.getByRole('textbox', { name: 'Requests per 10 seconds' })).toBeVisible()
})

test('an activation is made step by step and reviewed in words', async () => {
  await open('activations/new')
  await app.getByRole('textbox', { name: 'Name' }).fill('Gold to support')
  await app.getByRole('radio', { name: /Gold and platinum/ }).check()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Next: destination' }).click()
  await app.getByRole('radio', { name: /Support desk/ }).check()
  await app.getByRole('radio', { name: /^Users/ }).check()
  await app.getByRole('button', { name: 'Next: match' }).click()
  await app.getByRole('combobox', { name: 'In the data product' }).fill('customer id')
  await app.keyboard.press('Enter')
  await app.getByRole('combobox', { name: 'In Users' }).click()
  await app.getByRole('option', { name: /external/i }).click()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Next: fields' }).click()
  await app.getByRole('button', { name: /^Map \d+ columns? with the same name/ }).click()
  await expect(app.getByRole('list', { name: 'Mappings' }).getByRole('listitem')).not.toHaveCount(0)
  await expectAccessible(app)
  for (const [next, step] of [['do not send', 'Do not send'], ['mode', 'Mode'], ['guards', 'Guards'], ['review', 'Review']] as const) {
    await app.getByRole('button', { name: `Next: ${next}` }).click()
    await expect(app.getByRole('navigation', { name: 'Steps' }).locator('[aria-current]')).toContainText(step)
    await expectAccessible(app)
  }
  await expect(app.getByText('Everyone in the segment Gold and platinum, from Customer 360.')).toBeVisible()
  await app.getByRole('button', { name: 'Discard' }).click()
  await expect(app.getByRole('button', { name: 'New activation' })).toBeVisible()
})

test('a mapping is tried on real values, and what it would block is said beforehand', async () => {
  await open('activations/tier-to-crm/edit?step=fields')
  const mappings = app.getByRole('list', { name: 'Mappings' })
  await expect(mappings.getByText(/Risk band does not take “unrated”; their records are blocked/)).toBeVisible()
  await mappings.getByRole('combobox', { name: 'Authority over Risk band' }).focus()
  const details = app.getByRole('complementary', { name: 'Details of the mapping' })
  await details.getByRole('checkbox', { name: 'Translate values' }).check()
  await details.getByRole('button', { name: 'Fill in the same words' }).click()
  await details.getByRole('combobox', { name: 'unrated becomes' }).click()
  await app.getByRole('option', { name: 'Low' }).click()
  await expect(mappings.getByText(/Risk band does not take/)).toHaveCount(0)
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Undo changes' }).click()
})

test('one’s own CSV is looked at, corrected and added; a malformed one says where', async () => {
  const good = join(data, 'spring members.csv')
  await writeFile(good, `member_no;name;joined\n${Array.from({ length: 25 }, (_, index) => `00${String(100 + index)};Member ${String(index)};2026-01-${String((index % 28) + 1).padStart(2, '0')}`).join('\n')}\n`)
  const bad = join(data, 'bad.csv')
  await writeFile(bad, 'id,name\n1,Ada\n2,"Grace\n3,Edsger\n')
  await open('own-data')
  await expectAccessible(app)
  const choose = async (path: string, button: string): Promise<void> => {
    const [chooser] = await Promise.all([app.waitForEvent('filechooser'), app.getByRole('button', { name: button }).click()])
    await chooser.setFiles(path)
  }
  await choose(bad, 'Choose a file')
  await expect(app.getByRole('alert')).toContainText(/line \d/)
  await expectAccessible(app)
  await choose(good, 'Choose another file')
  await expect(app.getByText(/leading zeros: kept as written|plus signs: kept as written/).first()).toBeVisible()
  await expect(app.getByRole('region', { name: 'First rows' }).locator('tbody tr')).toHaveCount(10)
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Add 25 rows as a data product' }).click()
  await expect(app.getByText(/25 rows are ready as/)).toBeVisible()
  await expectAccessible(app)
})

test('an address that leads nowhere says what is not there, and leads back', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  for (const [path, said, back, list] of [
    [`review/${nobody}`, `There is no plan ${nobody}`, 'All plans', 'Review'],
    [`runs/${nobody}`, `There is no run ${nobody}`, 'All runs', 'Runs'],
    ['segments/nowhere', "There is no segment 'nowhere'", 'All segments', 'Segments'],
    ['products/nowhere', "There is no product 'nowhere'", 'All data products', 'Data products'],
    ['activations/nowhere', "There is no activation 'nowhere'", 'All activations', 'Activations'],
    ['connections/nowhere', "There is no connection 'nowhere'", 'All connections', 'Connections'],
  ] as const) {
    await open(path)
    const notice = app.getByRole('alert')
    await expect(notice).toContainText(said)
    await expect(notice.getByRole('button', { name: 'Try again' })).toHaveCount(0)
    await expectAccessible(app)
    await notice.getByRole('link', { name: back }).click()
    await expect(app.getByRole('heading', { name: list, level: 1 })).toBeVisible()
  }
  await open('identity/person?record=customer-360%3ANOBODY')
  await app.getByRole('button', { name: 'Run now' }).click()
  await expect(app.getByRole('alert')).toContainText("There is nobody with the record 'customer-360:NOBODY'", { timeout: 60_000 })
  await app.getByRole('alert').getByRole('link', { name: 'To Identity' }).click()
  await expect(app).toHaveURL(/#\/identity$/)
})

test('every definition screen stands at 1024 × 640 and at 200% zoom', async () => {
  for (const size of [{ width: 1024, height: 640 }, { width: 720, height: 450 }]) {
    await app.setViewportSize(size)
    for (const path of ['segments', 'segments/valuable-and-at-risk', 'products', 'products/customer-360', 'connections', 'connections/crm', 'activations', 'activations/tier-to-crm', 'activations/tier-to-crm/edit?step=fields', 'own-data']) {
      await open(path)
      await expect(app.locator('[aria-busy=true]')).toHaveCount(0)
      await expectNoClipping(app)
      if (size.width < 1024) await expectAccessible(app, ['light'])
    }
  }
})
