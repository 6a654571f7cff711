import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { goTo, openSampleOf, startApp } from './support/running-app.ts'

test('finds its way back to a workspace, and asks before a folder from elsewhere connects', async ({ browser }) => {
  test.setTimeout(300_000)
  const running = await startApp(browser)
  try {
    const { page, data } = running
    const sample = await openSampleOf(running)
    const switcher = page.getByRole('button', { name: 'Workspace Harbour Mutual, switch to another' })
    await switcher.click()
    await page.getByRole('menuitem', { name: 'Close this workspace' }).click()
    const before = page.getByRole('region', { name: 'Opened before' })
    await expect(before).toContainText(sample)
    await before.getByRole('button', { name: `Open Harbour Mutual in ${sample}` }).click()
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()

    // As somebody would send it, with a state and a connection of their own.
    const sent = join(data, 'sent')
    await cp(sample, sent, { recursive: true, filter: (path) => !path.includes('.lockstep') })
    await writeFile(join(sent, 'connections', 'vendor.yaml'), 'name: Vendor\ndestination: hubspot\nsettings: {}\n')
    await switcher.click()
    await page.getByRole('menuitem', { name: 'Close this workspace' }).click()
    await page.getByRole('textbox', { name: 'Folder on this machine' }).fill(sent)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    const panel = page.getByRole('region', { name: 'Do you trust this folder?' })
    await expect(panel).toContainText('Vendor: HubSpot, https://api.hubapi.com')
    await expectAccessible(page)
    await goTo(page, 'Connections')
    await page.getByRole('button', { name: 'Check Sales CRM' }).click()
    await expect(page.getByText('This folder is not trusted yet, so nothing connects').first()).toBeVisible()
    await panel.getByRole('button', { name: 'Trust this folder' }).click()
    await expect(panel).toBeHidden({ timeout: 30_000 })
    // Its systems start at this moment.
    await expect(async () => {
      await page.getByRole('button', { name: 'Check Sales CRM' }).click()
      await expect(page.getByText(/^Answered/).first()).toBeVisible({ timeout: 5000 })
    }).toPass({ timeout: 60_000 })

    // A folder that is gone is said to be; the rail leads back to the one that is there.
    await page.getByRole('button', { name: /switch to another$/ }).click()
    await page.getByRole('menuitem', { name: sample }).click()
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
    await rm(sent, { recursive: true })
    await page.reload()
    await page.getByRole('button', { name: /switch to another$/ }).click()
    await expect(page.getByRole('menuitem', { name: sent })).toContainText('The folder is not there')
  } finally {
    await running.stop()
  }
})
