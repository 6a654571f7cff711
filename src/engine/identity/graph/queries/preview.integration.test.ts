import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { IdentityScene } from '../../../testing/identity-scene.ts'
import { ranScenes } from '../../../testing/ran-scenes.ts'
import { someRecords } from '../../../testing/scene-records.ts'
import { seeded } from '../../testing/random-people.ts'

const identity = 'people'
const open = ranScenes(afterEach)

const few = {
  customers: [
    { id: '1', email: 'ann@harbour.com', name: 'Ann' },
    { id: '2', email: 'bob@harbour.com', phone: '020 7946 0001', name: 'Bob' },
  ],
  contacts: [
    { id: '11', email: 'ann@harbour.com', name: 'Ann' },
    { id: '13', phone: '+44 20 7946 0001', name: 'Bob' },
  ],
  buyers: [{ id: '21', email: 'other@harbour.com', name: 'Ann' }],
}

const valueOf = async (scene: IdentityScene) => (await scene.client.definitions.read({ kind: 'identity', id: identity })).value as IdentityDefinition
const preview = (scene: IdentityScene, value: unknown) => scene.client.identity.preview({ identity, value })
const references = (changes: readonly { parts: { reference: string }[][] }[]) => changes.map(({ parts }) => parts.map((part) => part.map(({ reference }) => reference)))
const files = (scene: IdentityScene) => ['data', 'temp'].flatMap((folder) => readdirSync(join(scene.scene.folder, '.lockstep', folder)))

/** Also joins people of one name, which the last run did not read. */
const byName = (value: IdentityDefinition) => ({ ...value, keys: { ...value.keys, name: { from: { column: 'name', as: 'name' } } }, rules: [...value.rules, { name: 'name', keys: ['name'] }] })

/** What the engine says while something goes on; a run of the rules would show by its name. */
async function heard({ scene }: IdentityScene, act: () => Promise<unknown>, listen: (event: string) => void = () => {}): Promise<string[]> {
  const stop = new AbortController()
  const events: string[] = []
  const listening = (async () => {
    for await (const event of scene.engine.changes(stop.signal)) {
      if (event.topic === 'identity') events.push(`a run: ${event.phase}`)
      if (event.topic !== 'preview') continue
      const told = event.over ? 'over' : event.phase
      events.push(told)
      listen(told)
    }
  })().catch(() => undefined)
  await act()
  await expect.poll(() => events.at(-1)).toBe('over')
  stop.abort()
  await listening
  return events
}

describe('a preview of edited rules', () => {
  it('shows what would be lost and gained, and stores nothing', async () => {
    const scene = await open(few)
    const before = { outcome: await scene.outcome(), files: files(scene), history: await scene.client.identity.history({ identity }) }
    const value = await valueOf(scene)
    const { problems, change } = await preview(scene, { ...value, rules: value.rules.filter(({ name }) => name !== 'phone') })
    expect(problems).toEqual([])
    expect(change).toMatchObject({ before: 2, after: 1, gained: 0, lost: 1, joined: [], rulesAfter: [{ rule: 'loyalty' }, { rule: 'email' }] })
    expect(references(change?.split ?? [])).toEqual([[['customers:2'], ['sales/contacts:13']]])
    expect(change?.matchesBefore[0]?.match.numerator).toBe(2)
    expect(change?.matchesAfter[0]?.match.numerator).toBe(1)
    expect({ outcome: await scene.outcome(), files: files(scene), history: await scene.client.identity.history({ identity }) }).toEqual(before)
    expect(await preview(scene, value)).toMatchObject({ change: { before: 2, after: 2, gained: 0, lost: 0 } })
  })

  it('keeps to what people decided', async () => {
    const scene = await open(few)
    await scene.client.identity.decide({ identity, kind: 'link', parts: [['customers:1', 'shop/buyers:21']], reason: 'They called.' })
    const value = await valueOf(scene)
    const { change } = await preview(scene, { ...value, rules: value.rules.filter(({ name }) => name === 'loyalty') })
    expect(change).toMatchObject({ before: 4, after: 1, gained: 0, lost: 3 })
  })

  it('reads the sources anew where a column is asked for that the last run did not read', async () => {
    const scene = await open(few)
    const before = { outcome: await scene.outcome(), files: files(scene) }
    const value = await valueOf(scene)
    const { problems, change } = await preview(scene, byName(value))
    expect(problems).toEqual([])
    expect(change).toMatchObject({ before: 2, after: 4, gained: 2, lost: 0, split: [] })
    expect(references(change?.joined ?? [])).toEqual([[['customers:1', 'sales/contacts:11'], ['shop/buyers:21']]])
    expect({ outcome: await scene.outcome(), files: files(scene) }).toEqual(before)
  })

  it('says what a run says once the rules are saved (random people)', async () => {
    const random = seeded(31)
    const scene = await open({ customers: someRecords(100, 150, random), contacts: someRecords(200, 250, random), buyers: someRecords(300, 330, random) })
    const value = await valueOf(scene)
    const edited = { ...value, rules: [...value.rules].reverse(), largestEntity: 4 }
    const { change } = await preview(scene, edited)
    const matches = async () => {
      const sizes = new Map<string, number>()
      for (const { entity } of await scene.outcome()) sizes.set(entity, (sizes.get(entity) ?? 0) + 1)
      return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
    }
    expect(change?.before).toBe(await matches())
    const { hash } = await scene.client.definitions.read({ kind: 'identity', id: identity })
    await scene.client.definitions.save({ kind: 'identity', id: identity, value: edited, expectedHash: hash })
    const run = await scene.run()
    expect(change).toMatchObject({ after: await matches(), matchesAfter: run.matches, rulesAfter: (await scene.client.identity.overview({ identity })).rules })
  })

  it('names what is wrong with the edit by its field', async () => {
    const scene = await open(few)
    const value = await valueOf(scene)
    const fields = async (edit: object) => (await preview(scene, { ...value, ...edit })).problems.map(({ field }) => field)
    expect(await fields({ rules: [] })).toEqual(['rules'])
    expect(await fields({ rules: [{ name: 'x', keys: ['shoe size'] }] })).toEqual(['rules.0.keys.0'])
    expect(await fields({ records: [{ product: 'nobody' }] })).toEqual(['records.0.product'])
    expect(await fields({ keys: { ...value.keys, shoe: { from: { column: 'shoe_size' } } } })).toEqual(['keys.shoe.from.column'])
  })

  it('says what it does, apart from the runs of the rules', async () => {
    const scene = await open(few)
    const value = await valueOf(scene)
    const held = await heard(scene, () => preview(scene, { ...value, rules: [...value.rules].reverse() }))
    expect(held).toEqual(['Reading the definitions', 'Reading the records of the last run', 'Matching', 'Comparing', 'Counting', 'over'])
    const anew = await heard(scene, () => preview(scene, byName(value)))
    expect(new Set(anew)).toEqual(new Set(['Reading the definitions', 'Reading Customers', 'Reading Sales CRM, contacts', 'Reading Web shop, buyers', 'Matching', 'Counting', 'Storing', 'Comparing', 'over']))
  })

  it.each<[string, (value: IdentityDefinition) => unknown, phases: string[]]>([
    ['over the records of the last run', (value) => ({ ...value, rules: [...value.rules].reverse() }), ['Reading the records of the last run', 'Matching', 'Comparing', 'Counting']],
    ['over records read anew', byName, ['Reading Sales CRM, contacts', 'Matching', 'Storing', 'Comparing']],
  ])('is left at any time without a trace: %s', async (_where, edit, phases) => {
    const scene = await open(few)
    const value = edit(await valueOf(scene))
    const before = { outcome: await scene.outcome(), files: files(scene), history: await scene.client.identity.history({ identity }) }
    for (const phase of phases) {
      const leaving = new AbortController()
      const heardOf = await heard(scene, async () => {
        const cancelled = scene.client.identity.preview({ identity, value }, { signal: leaving.signal })
        await expect(cancelled, phase).rejects.toMatchObject({ code: 'cancelled' })
      }, (event) => {
        if (event === phase) leaving.abort()
      })
      expect(heardOf.slice(-2), 'nothing goes on').toEqual([phase, 'over'])
      expect({ outcome: await scene.outcome(), files: files(scene), history: await scene.client.identity.history({ identity }) }, phase).toEqual(before)
    }
    expect(await preview(scene, value), 'the next one is whole').toMatchObject({ problems: [], change: { before: 2 } })
  })
})
