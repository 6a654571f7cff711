import { afterEach, describe, expect, it } from 'vitest'
import type { DecisionKind } from '../../../../contract/shapes.ts'
import type { IdentityScene } from '../../../testing/identity-scene.ts'
import { ranScenes } from '../../../testing/ran-scenes.ts'
import { someRecords } from '../../../testing/scene-records.ts'
import { seeded } from '../../testing/random-people.ts'

const identity = 'people'
const open = ranScenes(afterEach)

/** Ann, whose loyalty id differs in the CRM; Bob, who is there twice; Cid, who is in the shop only. */
const few = {
  customers: [
    { id: '1', email: 'ann@harbour.com', loyalty: 'L1', name: 'Ann' },
    { id: '2', email: 'bob@harbour.com', phone: '020 7946 0001', name: 'Bob' },
    { id: '3', email: 'cid@harbour.com', name: 'Cid' },
  ],
  contacts: [
    { id: '11', email: 'ann@harbour.com', loyalty: 'L9', name: 'Ann Lee' },
    { id: '12', email: 'bob@harbour.com', name: 'Bob Ray' },
    { id: '13', phone: '+44 20 7946 0001', name: 'B. Ray' },
  ],
  buyers: [{ id: '21', email: 'c.other@harbour.com', name: 'Cid' }],
}

const decide = (scene: IdentityScene, kind: DecisionKind, parts: string[][], more: { column?: string } = {}) => scene.client.identity.decide({ identity, kind, parts, reason: 'They called.', ...more })

async function entities(scene: IdentityScene): Promise<Record<string, string>> {
  return Object.fromEntries((await scene.outcome()).map(({ reference, entity }) => [reference, entity]))
}

describe('what people decide', () => {
  it('is undone without a trace in any cluster, id or figure, whatever it was (random people)', async () => {
    const random = seeded(77)
    const scene = await open({ customers: someRecords(100, 150, random), contacts: someRecords(200, 250, random), buyers: someRecords(300, 330, random) })
    const figures = async () => {
      const { run: _run, at: _at, how: _how, affected: _affected, changed: _changed, ...run } = (await scene.client.identity.history({ identity, limit: 1 }))[0] ?? { run: 0, at: '', how: '', affected: 0, changed: 0 }
      return run
    }
    const before = { outcome: await scene.outcome(), figures: await figures() }
    const pick = () => before.outcome[Math.floor(random() * before.outcome.length)]?.reference ?? ''
    for (const kind of ['link', 'never the same', 'split'] as const) {
      const together = before.outcome.filter(({ entity }) => entity === before.outcome.find(({ reference }) => before.outcome.filter((other) => other.entity === before.outcome.find((one) => one.reference === reference)?.entity).length > 3)?.entity)
      const members = [...new Set([pick(), pick(), pick()])]
      const parts = kind === 'link' ? [members] : kind === 'split' ? [together.slice(0, 2).map(({ reference }) => reference), together.slice(2).map(({ reference }) => reference)] : members.map((member) => [member])
      const { decision, run } = await decide(scene, kind, parts)
      expect(run.how).toBe('decisions only')
      const during = await entities(scene)
      if (kind === 'link') expect(new Set(members.map((member) => during[member])).size).toBe(1)
      else expect(new Set(parts.map(([first = '']) => during[first])).size).toBe(parts.length)
      await scene.client.identity.undo({ identity, decision: decision.id, reason: 'It was somebody else.' })
      expect({ outcome: await scene.outcome(), figures: await figures() }).toEqual(before)
    }
  })

  it('outlives runs, and goes into the audit by keyed references only', async () => {
    const scene = await open(few)
    const { decision } = await decide(scene, 'link', [['customers:3', 'shop/buyers:21']])
    await scene.run()
    const after = await entities(scene)
    expect(after['customers:3']).toBe(after['shop/buyers:21'])
    await scene.client.identity.undo({ identity, decision: decision.id.slice(0, 8), reason: 'Two Cids.' })
    const { entries } = await scene.client.audit.list({ limit: 20 })
    const told = entries.filter(({ kind }) => kind.startsWith('identity ') && kind !== 'identity run')
    expect(told.map(({ words }) => words)).toEqual(['Took back in “People” that 2 records are one person: Two Cids.', 'Decided in “People” that 2 records are one person: They called.'])
    expect(told[1]?.data).toMatchObject({ decision: decision.id, records: 2, parts: 1, references: [expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)] })
    expect(JSON.stringify(told)).not.toMatch(/harbour|customers:3|buyers:21/)
    expect(await scene.client.audit.verify({})).toMatchObject({ ok: true })
  })

  it('settles what was held back: who is never the same is ambiguous no more', async () => {
    const scene = await open(few)
    const ambiguous = async () => (await scene.outcome()).filter((record) => record.ambiguous).map(({ reference }) => reference)
    expect(await ambiguous()).toEqual(['customers:1', 'sales/contacts:11'])
    const { run, decision } = await decide(scene, 'never the same', [['customers:1'], ['sales/contacts:11']])
    expect(await ambiguous()).toEqual([])
    expect(run.matches[0]).toMatchObject({ to: 'sales/contacts', unmatched: { numerator: 2 }, because: { 'several there': 1 } })
    await scene.client.identity.undo({ identity, decision: decision.id, reason: 'Asked again.' })
    expect(await ambiguous()).toEqual(['customers:1', 'sales/contacts:11'])
  })

  it('never the same says nothing of who is together on each side', async () => {
    const scene = await open({ ...few, buyers: [{ id: '21', email: 'ann@harbour.com', loyalty: 'L1' }] })
    const rules = async () => (await scene.outcome()).map(({ reference, rule, entity }) => [reference, rule, entity])
    const before = await rules()
    const { run } = await decide(scene, 'never the same', [['customers:1', 'shop/buyers:21'], ['sales/contacts:11']])
    expect(await rules()).toEqual(before)
    expect(run.ambiguous.numerator).toBe(0)
    await scene.put('buyers', [{ id: '21', email: 'somebody@harbour.com' }])
    await scene.run()
    const after = await entities(scene)
    expect(after['shop/buyers:21']).not.toBe(after['customers:1'])
  })

  it('is outranked by what is decided later, and marked', async () => {
    const scene = await open(few)
    const { decision: link } = await decide(scene, 'link', [['customers:3', 'shop/buyers:21']])
    const { decision: never } = await decide(scene, 'never the same', [['customers:3'], ['shop/buyers:21']])
    const listed = async () => (await scene.client.identity.decisions({ identity })).decisions.map(({ id, overruled, undone }) => ({ id, overruled, undone: undone !== undefined }))
    expect(await listed()).toEqual([{ id: never.id, overruled: false, undone: false }, { id: link.id, overruled: true, undone: false }])
    await scene.client.identity.undo({ identity, decision: never.id, reason: 'It was right.' })
    expect(await listed()).toEqual([{ id: never.id, overruled: false, undone: true }, { id: link.id, overruled: false, undone: false }])
    const after = await entities(scene)
    expect(after['customers:3']).toBe(after['shop/buyers:21'])
  })

  it('names who stands for a person in a system, until somebody else is there too', async () => {
    const scene = await open(few)
    const matched = async () => (await scene.client.identity.history({ identity, limit: 1 }))[0]?.matches[0]?.match.numerator
    expect(await matched()).toBe(0)
    const { run } = await decide(scene, 'survivor', [['sales/contacts:12'], ['sales/contacts:12', 'sales/contacts:13']])
    expect(run.matches[0]?.match.numerator).toBe(1)
    await scene.put('contacts', [{ id: '14', email: 'bob@harbour.com' }])
    await scene.run()
    expect(await matched()).toBe(0)
  })

  it('asks for a correction until that very value changes', async () => {
    const scene = await open(few)
    const newest = (await scene.client.identity.history({ identity, limit: 1 }))[0]?.run
    const { decision, run } = await decide(scene, 'fix at source', [['sales/contacts:11']], { column: 'loyalty' })
    expect(run.run).toBe(newest)
    expect(decision).toMatchObject({ column: 'loyalty', settled: false })
    await expect(decide(scene, 'fix at source', [['sales/contacts:11']], { column: 'loyalty' })).rejects.toThrow('asked for this correction already')
    const settled = async () => (await scene.client.identity.decisions({ identity })).decisions[0]?.settled
    await scene.put('contacts', [{ id: '11', email: 'ann@harbour.com', loyalty: 'L9', phone: '020 7946 0009' }])
    await scene.run()
    expect(await settled()).toBe(false)
    await scene.put('contacts', [{ id: '11', email: 'ann@harbour.com', loyalty: 'L1' }])
    await scene.run()
    expect(await settled()).toBe(true)
  })

  it('at the same time ends as one after the other', async () => {
    const scene = await open(few)
    await Promise.all([decide(scene, 'link', [['customers:3', 'shop/buyers:21']]), decide(scene, 'split', [['sales/contacts:12'], ['sales/contacts:13']]), scene.scene.engine.workspace().identities.upToDate(identity, 'sales/contacts', { name: 'Ada' })])
    const after = await entities(scene)
    expect(after['customers:3']).toBe(after['shop/buyers:21'])
    expect(after['sales/contacts:12']).not.toBe(after['sales/contacts:13'])
  })
})

describe('a decision that cannot be', () => {
  it('is refused with the reason, and nothing changes', async () => {
    const scene = await open(few)
    const { decision: never } = await decide(scene, 'never the same', [['customers:1'], ['sales/contacts:11']])
    const before = await scene.outcome()
    const refusals: [DecisionKind, string[][], { column?: string }, RegExp][] = [
      ['link', [['customers:1', 'customers:99']], {}, /no record 'customers:99'/],
      ['link', [['customers:1']], {}, /two records or more/],
      ['link', [['customers:1', 'customers:1']], {}, /named twice/],
      ['link', [['customers:3', 'customers:1', 'sales/contacts:11']], {}, /kept apart: .* decided on .* that they are never the same \(“They called\.”\)/],
      ['never the same', [['sales/contacts:11'], ['customers:1']], {}, /already/],
      ['never the same', [['customers:1', 'customers:3'], ['customers:2']], {}, /stand in one part, but are two people/],
      ['split', [['customers:2', 'sales/contacts:12']], {}, /two parts or more/],
      ['split', [['customers:2'], ['customers:3']], {}, /'customers:3' is not of the same person/],
      ['survivor', [['sales/contacts:12'], ['sales/contacts:12', 'customers:2']], {}, /two systems/],
      ['survivor', [['sales/contacts:12'], ['sales/contacts:13', 'sales/contacts:11']], {}, /not among those/],
      ['survivor', [['sales/contacts:12'], ['sales/contacts:12', 'sales/contacts:11']], {}, /two people now/],
      ['fix at source', [['customers:1']], { column: 'shoe size' }, /do not read 'shoe size'/],
      ['fix at source', [['customers:1']], {}, /was not said/],
    ]
    for (const [kind, parts, more, words] of refusals) await expect(decide(scene, kind, parts, more), words.source).rejects.toMatchObject({ message: expect.stringMatching(words), data: { next: expect.any(String) } })
    await expect(scene.client.identity.undo({ identity, decision: 'nothing-like-it', reason: 'No reason.' })).rejects.toThrow("no decision 'nothing-like-it'")
    await scene.client.identity.undo({ identity, decision: never.id, reason: 'It was wrong.' })
    await expect(scene.client.identity.undo({ identity, decision: never.id, reason: 'It was wrong.' })).rejects.toThrow('already')
    await decide(scene, 'never the same', [['customers:1'], ['sales/contacts:11']])
    expect(await scene.outcome()).toEqual(before)
  })

  it('leaves nothing behind when storing fails', async () => {
    const scene = await open(few)
    const before = await scene.outcome()
    const { session } = scene.scene.engine.workspace()
    session.database.sqlite.exec("CREATE TRIGGER crash BEFORE INSERT ON identity_runs BEGIN SELECT raise(ABORT, 'the power went'); END")
    await expect(decide(scene, 'link', [['customers:3', 'shop/buyers:21']])).rejects.toThrow()
    session.database.sqlite.exec('DROP TRIGGER crash')
    expect(await scene.outcome()).toEqual(before)
    expect(await scene.client.identity.decisions({ identity })).toEqual({ total: 0, decisions: [] })
  })
})
