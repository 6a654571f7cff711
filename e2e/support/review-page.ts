import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** What stands at the top of the record pane. */
export interface ShownRecord {
  label: string
  key: string
  /** Its id over there, when it exists there. */
  remoteId: string | undefined
}

export function numberIn(text: string): number {
  return Number(text.replace(/[^\d-]/g, ''))
}

/** Review as a person sees and works it. */
export class ReviewPage {
  readonly page: Page
  readonly apply: Locator
  readonly pane: Locator
  readonly grid: Locator

  constructor(page: Page) {
    this.page = page
    this.apply = page.getByRole('button', { name: /^Apply [\d,]+ change/ })
    this.pane = page.getByRole('complementary', { name: 'Record' })
    this.grid = page.getByRole('grid')
  }

  async opened(): Promise<void> {
    await this.page.waitForURL(/\/review\/[0-9a-f-]{36}/, { timeout: 60_000 })
    await this.counts.waitFor()
  }

  get counts(): Locator {
    return this.page.getByRole('group', { name: 'What the plan would do' })
  }

  tile(name: string): Locator {
    return this.counts.getByRole('button', { name })
  }

  async count(name: string): Promise<number> {
    return numberIn(await this.tile(name).locator('b').innerText())
  }

  /** Lists what one of the numbers stands for. */
  async show(name: string): Promise<void> {
    await this.tile(name).click()
    await expect(this.tile(name)).toHaveAttribute('aria-pressed', 'true')
    await expect(this.grid).toHaveAttribute('aria-busy', 'false')
  }

  /** How many rows the table has, also those that are not drawn. */
  async rows(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1
  }

  get marked(): Locator {
    return this.grid.getByRole('row', { selected: true })
  }

  row(index: number): Locator {
    return this.grid.locator(`[aria-rowindex="${index + 2}"]`)
  }

  /** The open record, once the pane shows the marked row. */
  async record(): Promise<ShownRecord> {
    const label = (await this.marked.getByRole('gridcell').filter({ hasText: /\S/ }).first().innerText()).trim()
    await expect(this.pane.getByRole('heading', { level: 2 })).toHaveText(label)
    const line = await this.pane.getByRole('paragraph').first().innerText()
    const [key = ''] = line.split(' · ')
    return { label, key: key.trim(), remoteId: /HubSpot (\d+)/.exec(line)?.[1] }
  }

  /** The value of a conflict under one of its headings, e.g. "Warehouse now". */
  async value(heading: string): Promise<string> {
    return (await this.pane.locator('dl > div', { has: this.page.locator('dt', { hasText: heading }) }).locator('dd > span').first().innerText()).trim()
  }

  /** Answers many at once through the dialog; what is asked for is chosen by its words on screen. */
  async answerAll({ take, field, by, policy }: { take: string; field?: string; by?: string; policy?: string }): Promise<number> {
    await this.pane.getByRole('button', { name: /^Preview/ }).click()
    const dialog = this.page.getByRole('dialog', { name: 'The same answer elsewhere' })
    await dialog.getByText(take, { exact: true }).click()
    if (field !== undefined) await this.choose(dialog, 'In field', field)
    if (by !== undefined) await this.choose(dialog, 'Changed by', by)
    if (policy !== undefined) {
      await dialog.getByRole('checkbox', { name: /save it as a policy/ }).check()
      await dialog.getByRole('textbox', { name: 'Name of the policy' }).fill(policy)
    }
    const give = dialog.getByRole('button', { name: /^(Keep|Overwrite|Skip) [\d,]+/ })
    await expect(give).toBeEnabled()
    const covered = numberIn(await dialog.getByText(/^Covers/).locator('b').innerText())
    expect(numberIn(await give.innerText())).toBe(covered)
    await give.click()
    await expect(dialog).toBeHidden()
    return covered
  }

  private async choose(dialog: Locator, label: string, option: string): Promise<void> {
    await dialog.getByRole('combobox', { name: label }).click()
    await this.page.getByRole('option', { name: option, exact: true }).click()
  }
}
