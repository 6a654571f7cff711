import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible, expectNoClipping } from './support/accessibility.ts'
import { expect, test } from './support/journey.ts'

/** Opens a screen by its address. */
async function open(app: Page, path: string): Promise<void> {
  await app.goto(`${new URL(app.url()).origin}/#/${path}`)
  await app.getByRole('heading', { level: 1 }).waitFor()
}

test('a new activation says which fields others write, and takes one over without stopping them', async ({ app, sample: { folder } }) => {
  test.slow()
  await open(app, 'activations/new')
  await app.getByRole('textbox', { name: 'Name' }).fill('A tier of our own')
  await app.getByRole('radio', { name: /Gold and platinum/ }).check()
  await app.getByRole('button', { name: 'Next: destination' }).click()
  await app.getByRole('radio', { name: /Sales CRM/ }).check()
  await app.getByRole('radio', { name: /^Contacts/ }).check()
  await app.getByRole('button', { name: 'Next: match' }).click()
  await app.getByRole('combobox', { name: 'In the data product' }).click()
  await app.getByRole('option', { name: 'email', exact: true }).click()
  await app.getByRole('combobox', { name: 'In Contacts' }).click()
  await app.getByRole('option', { name: 'Email', exact: true }).click()
  await app.getByRole('button', { name: 'Next: fields' }).click()
  await app.getByRole('button', { name: /^Map \d+ columns? with the same name/ }).click()
  const row = (field: string) => app.getByRole('list', { name: 'Mappings' }).getByRole('listitem').filter({ has: app.getByRole('button', { name: `Do not write ${field}` }) })
  // The first look at the destination and at real values takes a moment.
  await expect(row('Tier')).toContainText('“Tier to CRM” writes this', { timeout: 60_000 })
  await expect(row('Phone number')).toContainText('“Profile to CRM” writes this')
  await expect(row('Tier').getByRole('link', { name: 'Open “Tier to CRM”' })).toBeVisible()
  await expect(app.getByRole('button', { name: 'Save' }).first()).toBeDisabled()
  await expectAccessible(app)
  await expectNoClipping(app)

  await row('Tier').getByRole('button', { name: 'Take it over: Tier, from Tier to CRM' }).click()
  await expect(row('Tier')).toContainText('When you save, “Tier to CRM” stops writing Tier')
  // Leaving one out moves the next into its place.
  const leaveOut = app.getByRole('list', { name: 'Mappings' }).getByRole('button', { name: /^Leave it out: / })
  for (let left = await leaveOut.count(); left > 0; left--) {
    await leaveOut.first().click()
    await expect(leaveOut).toHaveCount(left - 1)
  }
  await app.getByRole('button', { name: 'Save' }).first().click()
  await expect(app.getByText('Saved', { exact: true })).toBeVisible()
  expect(await readFile(join(folder, 'activations', 'a-tier-of-our-own.yaml'), 'utf8')).toContain('to: tier')
  expect(await readFile(join(folder, 'activations', 'tier-to-crm.yaml'), 'utf8')).not.toContain('to: tier }')

  // By hand, behind the back of the app, and with a name that sorts first: the one that was there goes on.
  await writeFile(join(folder, 'activations', 'a-clash.yaml'), (await readFile(join(folder, 'activations', 'profile-to-crm.yaml'), 'utf8')).replace(/^name: .*$/m, 'name: A clash'))
  await open(app, 'activations')
  const stateOf = (name: string) => app.getByRole('list', { name: 'Activations' }).getByRole('listitem').filter({ has: app.getByRole('link', { name, exact: true }) })
  await expect(stateOf('A clash')).toContainText('Problem')
  await expect(stateOf('Profile to CRM')).toContainText('Never run')
  await expect(stateOf('Tier to CRM')).toContainText('Never run')
})
