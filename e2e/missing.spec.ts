import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible, expectNoClipping } from './support/accessibility.ts'
import { expect, test } from './support/journey.ts'
import { lockstep } from './support/lockstep.ts'
import { Simulator } from './support/simulator.ts'

interface Planned {
  planId: string
  counts: { create: number; gone: number; blocked: number }
}

test('records that a person deleted in the CRM are created again or forgotten, as somebody chooses, and that can be taken back', async ({ app, data, sample }) => {
  const command = <Answer>(...words: string[]): Promise<Answer> => lockstep(data, '-w', sample.folder, ...words) as Promise<Answer>
  const open = async (planId: string) => {
    await app.goto(`${new URL(app.url()).origin}/#/review/${planId}?show=gone`)
    await app.getByRole('group', { name: 'Deleted, merged and forgotten records' }).waitFor()
  }
  const crm = new Simulator(sample.crm)
  for (const id of (await delivered(command)).slice(0, 3)) await crm.edit({ op: 'delete', object: 'contacts', id, actor: { kind: 'person', name: 'Ben Okafor' } })
  const asked = await command<Planned>('plan', 'tier-to-crm')
  expect(asked.counts.gone).toBe(3)

  await open(asked.planId)
  const choices = app.getByRole('group', { name: 'Deleted, merged and forgotten records' })
  await expect(choices).toContainText('3 deleted in HubSpot')
  await expectAccessible(app)
  await expectNoClipping(app)
  // One by keyboard alone: the marked record is forgotten.
  await app.getByRole('button', { name: 'Forget…', exact: true }).focus()
  await app.keyboard.press('Enter')
  await app.keyboard.type('Asked to be left alone')
  await app.keyboard.press('Enter')
  await expect(choices).toContainText('1 person to be forgotten')
  await choices.getByRole('button', { name: 'Create 2 again…' }).click()
  await expectAccessible(app)
  await app.getByRole('dialog').getByRole('button', { name: 'Create 2 again' }).click()
  await expect(choices).toContainText('2 people to be created again')
  await expect(choices.getByRole('button', { name: 'Take back 3' })).toBeVisible()

  await choices.getByRole('button', { name: 'Plan again' }).click()
  await app.waitForURL((url) => !url.hash.includes(asked.planId), { timeout: 60_000 })
  await app.goto(`${app.url().replace(/\?.*/, '')}?show=blocked&cause=forgotten`)
  await expect(choices).toContainText('1 forgotten')
  await expect(app.getByText(/Forgotten by .+: Asked to be left alone\./).first()).toBeVisible()
  await expectAccessible(app)
  await choices.getByRole('button', { name: 'Take back 1' }).click()
  await expect(choices).toContainText('1 person to be asked about again')
  expect((await command<Planned>('plan', 'tier-to-crm')).counts.gone).toBe(1)
})

/** Updates some records of the CRM; gives their ids over there. */
async function delivered(command: <Answer>(...words: string[]) => Promise<Answer>): Promise<string[]> {
  const { planId } = await command<Planned>('plan', 'tier-to-crm', '--limit', '40')
  await command('review', 'resolve', planId, '--all', '--take', 'warehouse', '--reason', 'The warehouse decides the tier')
  await command('approve', planId)
  const exported = await command<{ folder: string; files: { name: string }[] }>('rows', 'export', planId, '--state', 'update')
  await command('apply', planId)
  const text = await readFile(join(exported.folder, exported.files.find(({ name }) => name.endsWith('.jsonl'))?.name ?? ''), 'utf8')
  const rows = text.trim().split('\n').map((line) => JSON.parse(line) as { remoteId: string | null; selected: boolean })
  return rows.flatMap(({ remoteId, selected }) => (remoteId === null || !selected ? [] : [remoteId]))
}
