import { expect, test } from './support/journey.ts'
import { lockstep, startProgram } from './support/lockstep.ts'
import { goTo } from './support/running-app.ts'

test('lets in the browser that opens the printed address, and no other', async ({ openShell, page, browser }) => {
  const { link } = await openShell()
  await page.goto(link)
  await expect(page.getByRole('button', { name: 'Explore the sample company' })).toBeVisible()
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })

  const stranger = await (await browser.newContext()).newPage()
  for (const address of [link, new URL('/', link).href]) {
    expect((await stranger.goto(address))?.status()).toBe(403)
    await expect(stranger.getByText('Open Lockstep with the address it printed')).toBeVisible()
  }
})

test('keeps the page within its policy on every screen', async ({ app }) => {
  const broken: string[] = []
  app.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) broken.push(message.text())
  })
  const outside: string[] = []
  app.on('request', (request) => {
    if (!/^(http|ws):\/\/127\.0\.0\.1:/.test(request.url()) && !request.url().startsWith('data:')) outside.push(request.url())
  })
  await app.reload()
  const rail = app.getByRole('navigation', { name: 'Screens' })
  await rail.getByRole('link', { name: 'Connections' }).waitFor()
  for (const link of await rail.getByRole('link').all()) {
    await link.click()
    await app.getByRole('heading', { level: 1 }).waitFor()
  }
  expect(broken).toEqual([])
  expect(outside).toEqual([])
})

test('shares its engine with the command line and with a second start', async ({ app, data, sample, openShell }) => {
  await goTo(app, 'Activations')
  const plan = (await lockstep(data, '-w', sample.folder, 'plan', 'tier-to-crm', '--limit', '10')) as { planId: string }
  await goTo(app, 'Review')
  await expect(app.getByRole('link', { name: /Tier to CRM/ }).first()).toHaveAttribute('href', new RegExp(plan.planId))
  const again = await openShell(sample.folder)
  expect(new URL(again.link).origin).toBe(new URL(app.url()).origin)
})

test('takes a file that is dropped on the window', async ({ app }) => {
  await goTo(app, 'Connections')
  const transfer = await app.evaluateHandle(() => {
    const dropped = new DataTransfer()
    dropped.items.add(new File(['member_id,email\n0001,ada@example.com\n'], 'members.csv', { type: 'text/csv' }))
    return dropped
  })
  for (const event of ['dragenter', 'dragover', 'drop']) await app.locator('body').dispatchEvent(event, { dataTransfer: transfer })
  await expect(app.getByText('members.csv').first()).toBeVisible()
  await expect(app.getByText('0001').first()).toBeVisible()
})

test('says what to do when the shell has ended or was started again, and goes on once it is let in', async ({ app, data, sample, shells }) => {
  const { port } = new URL(app.url())
  await shells[0]?.stop()
  await expect(app.getByText('Lockstep has ended at this address')).toBeVisible({ timeout: 20_000 })
  const again = await startProgram('src/web/index.ts', ['--no-open', '--port', port, '-w', sample.folder], /http:\/\/127\.0\.0\.1:\d+\/open\//, data)
  await expect(app.getByText('was started again and does not know this page any more')).toBeVisible({ timeout: 20_000 })
  const other = await app.context().newPage()
  await other.goto(/http:\S+/.exec(again.line)?.[0] ?? '')
  await expect(app.getByText('does not know this page any more')).toBeHidden({ timeout: 20_000 })
  await goTo(app, 'Connections')
  await expect(app.getByText('Sales CRM')).toBeVisible()
  await again.stop()
})
