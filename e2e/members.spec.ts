import { expectAccessible, expectNoClipping } from './support/accessibility.ts'
import { expect, test } from './support/journey.ts'
import { lockstep } from './support/lockstep.ts'
import { Simulator } from './support/simulator.ts'

test('a list of the CRM is chosen as the destination, its members are planned and added, and left alone afterwards', async ({ app, data, sample }) => {
  await app.goto(`${new URL(app.url()).origin}/#/activations/new?step=destination`)
  await app.getByRole('radio', { name: /Sales CRM/ }).check()
  await app.getByRole('combobox', { name: 'Or who is in a list' }).click()
  await app.getByRole('option', { name: 'Event invitations (list)' }).click()
  await expectAccessible(app)

  await app.getByRole('button', { name: 'Next: match' }).click()
  await app.getByRole('combobox', { name: 'In the data product' }).click()
  await app.getByRole('option', { name: 'customer id', exact: true }).click()
  await app.getByRole('combobox', { name: /^In Event invitations/ }).click()
  await app.getByRole('option', { name: 'Customer number' }).click()
  await app.getByRole('button', { name: 'Next: fields' }).click()
  await expect(app.getByText('has nothing to map')).toBeVisible()
  await app.getByRole('button', { name: 'Next: do not send' }).click()
  await app.getByRole('button', { name: 'Next: mode' }).click()
  await expect(app.getByRole('radio')).toHaveCount(1)
  await expect(app.getByRole('radio', { name: /Members of a list/ })).toBeChecked()
  await app.getByRole('button', { name: 'Save', exact: true }).first().click()
  await app.waitForURL(/\/activations\/new-activation\/edit/)

  const command = <Answer>(...words: string[]): Promise<Answer> => lockstep(data, '-w', sample.folder, ...words) as Promise<Answer>
  const plan = await command<{ planId: string; counts: { create: number; remove: number } }>('plan', 'new-activation')
  expect(plan.counts.create).toBeGreaterThan(100)
  await app.goto(`${new URL(app.url()).origin}/#/review/${plan.planId}`)
  await expect(app.getByRole('group', { name: 'What the plan would do' }).getByRole('button', { name: /Add/ })).toContainText(String(plan.counts.create))
  await expectAccessible(app)
  await expectNoClipping(app)

  await command('approve', plan.planId, '--confirm-count', String(plan.counts.create))
  expect(await command('apply', plan.planId)).toMatchObject({ state: 'done', counts: { delivered: plan.counts.create, verified: plan.counts.create } })
  const members = await new Simulator(sample.crm).records('memberships')
  expect(members.filter(({ id, fields }) => id.startsWith('9-') && fields['member'] === true)).toHaveLength(plan.counts.create)
  expect(await command('plan', 'new-activation')).toMatchObject({ counts: { create: 0, update: 0, remove: 0, conflicts: 0 } })
})
