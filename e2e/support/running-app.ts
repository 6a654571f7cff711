import type { Browser, Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockstep, removeFolder, startProgram, temporaryFolder } from './lockstep.ts'
import { Simulator } from './simulator.ts'

/** One app for all tests of a file, as a person keeps it open: the web shell, its data, one window. */
export interface RunningApp {
  page: Page
  /** Everything the app keeps; removed when it stops. */
  data: string
  stop(): Promise<void>
}

/** Starts the web shell with nothing open, and a window on its first screen. */
export async function startApp(browser: Browser, size = { width: 1440, height: 900 }): Promise<RunningApp> {
  const data = await temporaryFolder('app')
  const { line, stop } = await startProgram('src/web/index.ts', ['--no-open'], /http:\/\/127\.0\.0\.1:\d+\/open\//, data)
  // Without motion, so that what is looked at stands still.
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(/http:\S+/.exec(line)?.[0] ?? '')
  return {
    page,
    data,
    async stop() {
      await context.close()
      await stop()
      await removeFolder(data)
    },
  }
}

/** Makes Harbour Mutual with the button of the first screen; gives its folder. */
export async function createSample({ page, data }: RunningApp): Promise<string> {
  await page.getByRole('button', { name: 'Explore the sample company' }).click()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 60_000 })
  return join(data, 'workspaces', 'Harbour Mutual')
}

/** Opens a Harbour Mutual of that many customers: few are made and planned in a moment; gives its folder. */
export async function openSampleOf({ page, data }: RunningApp, customers = 400): Promise<string> {
  const folder = join(data, 'workspaces', 'Harbour Mutual')
  await lockstep(data, 'sample', 'create', folder, '--customers', String(customers))
  await page.getByLabel('Folder on this machine').fill(folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 60_000 })
  return folder
}

/** The sample's simulated systems, which the app has started. */
export async function simulatorsOf(workspace: string): Promise<{ crm: Simulator; support: Simulator; marketing: Simulator }> {
  const { crm, support, marketing } = JSON.parse(await readFile(join(workspace, '.lockstep', 'simulators.json'), 'utf8')) as Record<'crm' | 'support' | 'marketing', { url: string }>
  return { crm: new Simulator(crm.url), support: new Simulator(support.url), marketing: new Simulator(marketing.url) }
}

/** Goes to a screen by the rail, as a person does. */
export async function goTo(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: new RegExp(`^${screen}`) }).click()
  await page.getByRole('heading', { name: screen, level: 1 }).waitFor()
}
