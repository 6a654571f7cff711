import type { Locator, Page } from '@playwright/test'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible, expectNoClipping } from './support/accessibility.ts'
import { expect, test } from './support/journey.ts'
import { Simulator } from './support/simulator.ts'

const SMALLEST = { width: 1024, height: 640 }
const WIDE = { width: 1440, height: 900 }
const ZOOMED = { width: 720, height: 450 }

/** A number as the screen writes it. */
const numberIn = (text: string): number => Number(text.replaceAll(/[^\d]/g, ''))

const open = (app: Page, path: string): Promise<unknown> => app.goto(`${new URL(app.url()).origin}/#/${path}`)
const tile = (app: Page, name: string): Locator => app.getByRole('group', { name: 'Queues' }).getByRole('button', { name: new RegExp(`${name}$`) })
/** The last decision is stored, and can be taken back. */
const stored = (app: Page, words: string | RegExp): Promise<void> =>
  expect(app.getByRole('status').filter({ hasText: words }).filter({ has: app.getByRole('button', { name: 'Undo' }) })).toBeVisible({ timeout: 60_000 })
/** Nothing is being stored any more. */
const settled = (app: Page): Promise<void> => expect(app.getByText('Being stored:')).toBeHidden({ timeout: 60_000 })
const countOf = async (app: Page, name: string): Promise<number> => numberIn(await tile(app, name).locator('b').innerText())

test('who is one person: run, rates, a case decided by hand and taken back, a rule tried before it is saved, a pair judged', async ({ app, sample }) => {
  test.setTimeout(300_000)

  await test.step('the first run reads every source and says how many are found where', async () => {
    await app.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: /^Identity/ }).click()
    await expect(app.getByText('Nothing was read yet')).toBeVisible()
    await expectAccessible(app)
    await app.getByRole('button', { name: 'Run now' }).click()
    await app.getByRole('heading', { name: 'Found in each system' }).waitFor({ timeout: 120_000 })
    for (const rates of await app.getByRole('img', { name: /^Matched/ }).all()) {
      const [, matched, of, ambiguous, unmatched] = /^Matched ([\d,]+) of ([\d,]+), ambiguous ([\d,]+), unmatched ([\d,]+)$/.exec((await rates.getAttribute('aria-label')) ?? '') ?? []
      expect(numberIn(matched ?? '') + numberIn(ambiguous ?? '') + numberIn(unmatched ?? '')).toBe(numberIn(of ?? ''))
      expect(numberIn(of ?? '')).toBeGreaterThan(0)
    }
    await expectAccessible(app)
  })

  await test.step('the numbers behind the charts are one key away', async () => {
    await app.keyboard.press('t')
    await expect(app.getByRole('region', { name: 'Figures of every run' }).getByRole('row')).toHaveCount(2)
    await expectAccessible(app, ['light'])
    await app.keyboard.press('t')
    await expect(app.getByRole('img', { name: /^Ambiguous records: / })).toBeVisible()
  })

  await test.step('an ambiguous case is decided with the keyboard and taken back', async () => {
    await app.getByRole('navigation', { name: 'What waits for a person' }).getByRole('link', { name: /Ambiguous$/ }).click()
    await app.getByRole('region', { name: 'Side by side' }).waitFor()
    await expectAccessible(app)
    await expectNoClipping(app)
    const before = await countOf(app, 'Ambiguous')
    expect(before).toBeGreaterThan(0)
    const first = await app.getByRole('complementary', { name: 'Case' }).getByRole('heading', { level: 2 }).innerText()
    await app.keyboard.press('l')
    await app.getByRole('dialog').waitFor()
    await expectAccessible(app)
    await app.keyboard.type('The same passport at the desk')
    await app.keyboard.press('Enter')
    await expect(app.getByRole('dialog'), 'nobody waits for what is stored').toBeHidden()
    await stored(app, 'one person.')
    await expect.poll(() => countOf(app, 'Ambiguous')).toBeLessThan(before)
    await app.keyboard.press('Control+z')
    await expect(app.getByRole('status').filter({ hasText: 'Taken back' })).toBeVisible({ timeout: 60_000 })
    await settled(app)
    await expect.poll(() => countOf(app, 'Ambiguous')).toBe(before)
    await expect(app.getByRole('complementary', { name: 'Case' }).getByRole('heading', { level: 2 })).toHaveText(first)
  })

  await test.step('what is never the same leaves the queue', async () => {
    const before = await countOf(app, 'Ambiguous')
    await app.keyboard.press('n')
    await app.getByRole('dialog').waitFor()
    await app.keyboard.type('Father and son')
    await app.keyboard.press('Enter')
    await stored(app, 'never the same')
    await expect.poll(() => countOf(app, 'Ambiguous')).toBeLessThan(before)
    await app.keyboard.press('Control+z')
    await expect(app.getByRole('status').filter({ hasText: 'Taken back' })).toBeVisible({ timeout: 60_000 })
    await settled(app)
    await expect.poll(() => countOf(app, 'Ambiguous')).toBe(before)
  })

  await test.step('what is typed while a decision is stored decides nothing; a form takes all that is typed for it', async () => {
    const before = await countOf(app, 'Ambiguous')
    const reason = app.getByRole('dialog').getByRole('textbox').last()
    const first = await app.getByRole('complementary', { name: 'Case' }).getByRole('heading', { level: 2 }).innerText()
    // While the act before is not over, nothing takes the key; then it opens the form.
    await expect(async () => {
      await app.keyboard.press('n')
      await expect(reason).toBeVisible({ timeout: 2000 })
    }).toPass({ timeout: 60_000 })
    await reason.fill('')
    await app.keyboard.type('Different people')
    await expect(reason).toHaveValue('Different people')
    // In one go, so that no machine is slow enough for the decision to be stored before the keys come.
    await reason.evaluate(async (field: HTMLInputElement) => {
      field.form?.requestSubmit()
      await new Promise(requestAnimationFrame)
      for (const key of 'fln different people, not linked') document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    })
    await expect(app.getByRole('dialog'), 'no key opened a form').toBeHidden()
    await stored(app, 'never the same')
    await settled(app)
    await expect(app.getByRole('dialog')).toBeHidden()
    expect(await countOf(app, 'To fix'), 'and none was stored').toBe(0)
    await expect.poll(() => countOf(app, 'Ambiguous'), 'the case is decided').toBeLessThan(before)
    await expect(app.getByRole('complementary', { name: 'Case' }).getByRole('heading', { level: 2 }), 'the list moved on').not.toHaveText(first)
  })

  await test.step('every queue stands on a small window and zoomed', async () => {
    for (const queue of ['Duplicates', 'Unmatched', 'To fix']) {
      await tile(app, queue).click()
      await expect(app.locator('[aria-busy=true]')).toHaveCount(0)
      await expectAccessible(app)
      for (const size of [SMALLEST, ZOOMED]) {
        await app.setViewportSize(size)
        await expectNoClipping(app)
        await expectAccessible(app, ['light'])
      }
      await app.setViewportSize(WIDE)
    }
  })

  await test.step('a person is found by name, with all records and why they are one', async () => {
    await open(app, 'identity')
    await app.getByLabel('Find a person by name, key or id').fill('HM-0000')
    await app.getByRole('option').first().click()
    await expect(app.getByRole('heading', { name: 'Records', exact: true })).toBeVisible()
    await expect(app.getByRole('heading', { name: 'Decided by people' })).toBeVisible()
    await expectAccessible(app)
    await app.setViewportSize(SMALLEST)
    await expectNoClipping(app)
    await app.setViewportSize(WIDE)
  })

  await test.step('a rule is edited; what it would gain and lose is shown before it can be saved', async () => {
    await app.getByRole('navigation', { name: 'Parts of Identity' }).getByRole('link', { name: 'Rules' }).click()
    await app.getByRole('button', { name: /^Edit (?!guards)/ }).last().click()
    await expectAccessible(app)
    await app.getByRole('group', { name: 'Unless one of these differs' }).getByRole('button', { pressed: false }).last().click()
    await expect(app.getByText('Preview it before you save')).toBeVisible()
    await expect(app.getByRole('button', { name: 'Save' })).toBeDisabled()
    await app.getByRole('button', { name: 'Preview', exact: true }).click()
    const change = app.getByRole('region', { name: 'Matches gained and lost' })
    await change.waitFor({ timeout: 60_000 })
    await expect(change).toContainText(/Gained\s*\+?\d/)
    await expectAccessible(app)
    const path = join(sample.folder, 'identity', 'people.yaml')
    const comments = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim().startsWith('#'))
    await app.getByRole('button', { name: 'Save' }).click()
    await expect(app.getByText('Saved', { exact: true })).toBeVisible()
    const saved = await readFile(path, 'utf8')
    for (const comment of comments) expect(saved).toContain(comment)
    await app.getByRole('navigation', { name: 'Parts of Identity' }).getByRole('link', { name: 'Overview' }).click()
    await expect(app.getByText('The rules changed since the last run')).toBeVisible()
  })

  await test.step('a preview that reads the systems again says how far it is, and is stopped by key and by leaving', async () => {
    const path = join(sample.folder, 'identity', 'people.yaml')
    await writeFile(path, (await readFile(path, 'utf8')).replace('\nkeys:\n', '\nkeys:\n  tier:\n    from: { column: tier }\n'))
    await app.getByRole('navigation', { name: 'Parts of Identity' }).getByRole('link', { name: 'Rules' }).click()
    await expect(app.getByRole('heading', { name: 'Tier', exact: true })).toBeVisible()
    await app.getByRole('button', { name: 'Edit guards of customer number' }).click()
    await app.getByRole('checkbox', { name: /^Strong/ }).uncheck()
    const crm = new Simulator(sample.crm)
    await crm.faults([{ match: { method: 'GET', path: '/crm/v3/objects/contacts' }, times: 20, do: { kind: 'delay', ms: 20_000 } }])
    const preview = app.getByRole('button', { name: 'Preview', exact: true })
    const going = app.getByRole('group', { name: 'Preview of the edited rules' })
    const filesOfPreviews = async () => (await readdir(join(sample.folder, '.lockstep', 'temp'))).filter((name) => name.startsWith('preview-'))
    await preview.press('Enter')
    await expect(going.getByRole('status')).toContainText(/^Reading Sales CRM, Contacts/)
    await expect(app.getByRole('group', { name: 'Run of the rules' }), 'nobody else is told of a run').toBeHidden()
    await expectAccessible(app)
    await app.setViewportSize(ZOOMED)
    await expectNoClipping(app)
    await app.setViewportSize(WIDE)
    await going.getByRole('button', { name: 'Stop the preview' }).press('Enter')
    await expect(app.getByText('Stopped. Nothing was changed.')).toBeVisible()
    await expect(going).toBeHidden()
    await expect(preview).toBeFocused()
    await expect.poll(filesOfPreviews, 'long before the CRM answers').toEqual([])

    await preview.press('Enter')
    await expect(going.getByRole('status')).toContainText(/^Reading Sales CRM, Contacts/)
    expect(await filesOfPreviews()).not.toEqual([])
    await app.getByRole('navigation', { name: 'Parts of Identity' }).getByRole('link', { name: 'Overview' }).click()
    await expect.poll(filesOfPreviews, 'who left stopped it').toEqual([])
    await app.getByRole('navigation', { name: 'Parts of Identity' }).getByRole('link', { name: 'Rules' }).click()
    await expect(preview).toBeEnabled()
    await expect(going).toBeHidden()
    await crm.faults([])
    await preview.press('Enter')
    await app.getByRole('region', { name: 'Matches gained and lost' }).waitFor({ timeout: 60_000 })
    await app.getByRole('button', { name: 'Undo changes' }).click()
  })

  await test.step('a sample is judged, and says how sure the precision is', async () => {
    await app.getByRole('navigation', { name: 'Parts of Identity' }).getByRole('link', { name: 'Sample review' }).click()
    await app.getByRole('button', { name: /^Draw \d+ pairs$/ }).click()
    await app.getByRole('heading', { name: 'Are these one person?' }).waitFor()
    await expectAccessible(app)
    for (const key of ['1', '1', '2']) {
      const judged = numberIn(/(\d+) judged/.exec(await app.getByText(/^Pair /).innerText())?.[1] ?? '')
      await app.keyboard.press(key)
      await expect(app.getByText(new RegExp(`, ${String(judged + 1)} judged$`))).toBeVisible()
    }
    await expect(app.getByRole('region', { name: 'Over all rules' })).toContainText(/2 of 3 judged pairs were right: \d+%(, weighed by how many pairs each rule joined)?, likely between \d+% and \d+%\./)
    await expectAccessible(app)
    await app.setViewportSize(ZOOMED)
    await expectNoClipping(app)
    await expectAccessible(app, ['light'])
  })
})

test('who is there twice, missing or wrong: a survivor, a split, a link, a correction, each taken back; and a second set of rules', async ({ app, sample }) => {
  test.setTimeout(300_000)
  const status = (words: string | RegExp): Locator => app.getByRole('status').filter({ hasText: words })
  const because = async (reason: string): Promise<void> => {
    await app.getByRole('dialog').waitFor()
    await app.getByRole('dialog').getByRole('textbox').last().fill(reason)
    await app.keyboard.press('Enter')
    await app.getByRole('dialog').waitFor({ state: 'hidden', timeout: 60_000 })
    await settled(app)
  }
  await open(app, 'identity')
  await app.getByRole('button', { name: 'Run now' }).click()
  await app.getByRole('heading', { name: 'Found in each system' }).waitFor({ timeout: 120_000 })

  await test.step('of two records in the CRM one is chosen, and the choice taken back', async () => {
    await open(app, 'identity/queues?show=duplicates')
    await app.getByRole('region', { name: 'Side by side' }).waitFor()
    const before = await countOf(app, 'Duplicates')
    await app.getByRole('button', { name: /^Choose as survivor/ }).first().click()
    await because('The one that sales writes to')
    await expect(status('stands for the person')).toBeVisible()
    await expect.poll(() => countOf(app, 'Duplicates')).toBe(before - 1)
    await app.getByRole('button', { name: 'Undo' }).click()
    await expect(status('Taken back')).toBeVisible()
    await settled(app)
    await expect.poll(() => countOf(app, 'Duplicates')).toBe(before)
  })

  await test.step('two records are told apart, and on the page of the person that is taken back with a reason', async () => {
    await app.getByRole('region', { name: 'Side by side' }).waitFor()
    const name = await app.getByRole('complementary', { name: 'Case' }).getByRole('heading', { level: 2 }).innerText()
    const before = await countOf(app, 'Duplicates')
    await app.keyboard.press('s')
    await because('Mother and daughter')
    await expect(status('two people now')).toBeVisible()
    await expect.poll(() => countOf(app, 'Duplicates')).toBe(before - 1)
    await open(app, 'identity')
    await app.getByLabel('Find a person by name, key or id').fill(name)
    await app.getByRole('option').first().click()
    await app.getByRole('button', { name: /^Undo: .* are 2 people/ }).click()
    await expectAccessible(app)
    await because('They are one after all')
    await expect(app.getByText('taken back', { exact: true })).toHaveCount(2)
    await open(app, 'identity/queues?show=duplicates')
    await expect.poll(() => countOf(app, 'Duplicates')).toBe(before)
  })

  await test.step('somebody without a record is linked to one by hand', async () => {
    await open(app, 'identity/queues?show=unmatched')
    await app.getByRole('region', { name: 'Side by side' }).waitFor()
    const before = await countOf(app, 'Unmatched')
    await app.keyboard.press('l')
    const dialog = app.getByRole('dialog')
    await dialog.getByLabel('Find a record by name, key or id').fill('a')
    await dialog.getByRole('radio').first().check()
    await dialog.getByRole('region', { name: 'Both records' }).waitFor()
    await expectAccessible(app)
    await because('They married and took another name')
    await expect(status('one person.')).toBeVisible()
    await app.keyboard.press('Control+z')
    await expect(status('Taken back')).toBeVisible({ timeout: 60_000 })
    await settled(app)
    await expect.poll(() => countOf(app, 'Unmatched')).toBe(before)
  })

  await test.step('a wrong value waits to be corrected at its source', async () => {
    await app.keyboard.press('f')
    await expectAccessible(app)
    await because('It should end with .com')
    await expect.poll(() => countOf(app, 'To fix')).toBe(1)
    await tile(app, 'To fix').click()
    await expect(app.getByRole('complementary', { name: 'Case' })).toContainText('It should end with .com')
    await expectAccessible(app)
    await app.getByRole('button', { name: 'Take it back…' }).click()
    await because('It is right as it is')
    await expect.poll(() => countOf(app, 'To fix')).toBe(0)
    await expect(app.getByText('Nothing waits to be corrected at its source.')).toBeVisible()
  })

  await test.step('a second set of rules has a screen of its own', async () => {
    await writeFile(join(sample.folder, 'identity', 'households.yaml'), 'name: Households\nrecords:\n  - product: customer-360\nkeys:\n  phone: { from: { column: phone, as: phone, country: country } }\nrules:\n  - { name: phone, keys: [phone] }\n')
    await open(app, 'identity')
    await app.getByRole('combobox', { name: 'Rules' }).click()
    await app.getByRole('option', { name: 'Households' }).click()
    await expect(app.getByText('Nothing was read yet')).toBeVisible()
    await app.getByRole('button', { name: 'Run now' }).click()
    await expect(app.getByText('These rules compare one source only', { exact: false })).toBeVisible({ timeout: 60_000 })
    await expectAccessible(app)
    await app.getByRole('navigation', { name: 'Parts of Identity' }).getByRole('link', { name: 'Rules' }).click()
    await expect(app.getByRole('heading', { name: 'The same phone' })).toBeVisible()
  })

  await test.step('rules with a mistake are shown by line, from the overview of the others', async () => {
    const good = await readFile(join(sample.folder, 'identity', 'households.yaml'), 'utf8')
    await writeFile(join(sample.folder, 'identity', 'branches.yaml'), good.replace('keys: [phone]', 'keys: [fone]'))
    await open(app, 'identity')
    const files = app.getByRole('list', { name: 'Files with a problem' })
    await expect(files).toContainText(/identity\/branches\.yaml, line \d+/)
    await files.getByRole('link', { name: 'Look at the file' }).first().click()
    await expect(app.getByRole('region', { name: 'Problems in identity/branches.yaml' })).toContainText('fone')
    await expectAccessible(app)
  })
})
