import { test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { join } from 'node:path'
import { lockstep, removeFolder, startProgram, temporaryFolder } from './lockstep.ts'

export { expect } from '@playwright/test'

export interface WebShellAddress {
  /** Lets the next browser in, once. */
  link: string
  stop(): Promise<void>
}

export interface Sample {
  /** Folder of the workspace. */
  folder: string
  crm: string
  support: string
  marketing: string
}

interface Fixtures {
  /** Where this test keeps everything; removed afterwards. */
  data: string
  /** Every shell that was started, in order. */
  shells: WebShellAddress[]
  /** Starts the web shell, on a workspace or on the first screen; stopped afterwards. */
  openShell: (workspace?: string) => Promise<WebShellAddress>
  /** A small sample company with its simulators running at the fast pace. */
  sample: Sample
  /** The app in the browser, on the sample company. */
  app: Page
}

const CUSTOMERS = '400'

export const test = base.extend<Fixtures>({
  // Playwright reads from this pattern which fixtures a fixture needs: none.
  data: async ({}, use) => {
    const folder = await temporaryFolder('journey')
    await use(folder)
    await removeFolder(folder)
  },
  shells: async ({}, use) => {
    await use([])
  },
  openShell: async ({ data, shells }, use) => {
    await use(async (workspace) => {
      const words = ['--no-open', ...(workspace === undefined ? [] : ['-w', workspace])]
      const { line, stop } = await startProgram('src/web/index.ts', words, /http:\/\/127\.0\.0\.1:\d+\/open\//, data)
      const link = /http:\S+/.exec(line)?.[0] ?? ''
      shells.push({ link, stop })
      return { link, stop }
    })
    for (const shell of shells) await shell.stop()
  },
  sample: async ({ data }, use) => {
    const folder = join(data, 'harbour-mutual')
    await lockstep(data, 'sample', 'create', folder, '--customers', CUSTOMERS)
    const { line, stop } = await startProgram('src/cli/index.js', ['simulators', 'start', folder, '--pace', 'fast'], /^\{"crm"/, data)
    const { crm, support, marketing } = JSON.parse(line) as Record<'crm' | 'support' | 'marketing', { url: string }>
    await use({ folder, crm: crm.url, support: support.url, marketing: marketing.url })
    await stop()
  },
  app: async ({ page, openShell, sample }, use) => {
    const { link } = await openShell(sample.folder)
    await page.goto(link)
    await page.waitForURL((url) => url.pathname === '/')
    await use(page)
  },
})
