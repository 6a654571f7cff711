import { afterEach, describe, expect, test } from 'vitest'
import type { RowAnswer } from '../destinations/destination.ts'
import { refusalOf } from '../destinations/refusals.ts'
import { FakeDestination } from '../testing/fake-destination.ts'
import { FakePlan } from '../testing/fake-plan.ts'
import type { FakeRow } from '../testing/fake-plan.ts'
import { RunScene } from '../testing/run-scene.ts'
import { verifyState } from '../testing/verify-state.ts'
import { beforeImages } from './results/before-images.ts'
import type { JournalRow } from '../plans/journal-rows.ts'

const scenes: RunScene[] = []
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.close()
})

function open(destination: FakeDestination, ...plans: FakePlan[]): RunScene {
  const scene = RunScene.open(destination, ...plans)
  scenes.push(scene)
  return scene
}

function creates(count: number): FakeRow[] {
  return Array.from({ length: count }, (_none, index): FakeRow => ({ key: `q${index}`, operation: 'create', changes: { tier: { before: null, after: 'silver' } } }))
}

function updates(destination: FakeDestination, count: number): FakeRow[] {
  return Array.from({ length: count }, (_none, index): FakeRow => {
    destination.add({ id: `id-${index}`, key: `p${index}@example.org`, fields: { tier: 'old' } })
    return { key: `p${index}`, operation: 'update', remoteId: `id-${index}`, changes: { tier: { before: 'old', after: `gold ${index}` } } }
  })
}

type Delivered = Extract<RowAnswer, { outcome: 'delivered' }>
const ids = (answers: RowAnswer[]): (string | undefined)[] => answers.map((answer) => (answer as Delivered).id)
const withIds = (answers: RowAnswer[], given: (string | undefined)[]): RowAnswer[] => answers.map((answer, index) => ({ ...(answer as Delivered), id: given[index] }))
/** The record that each key is linked to must be the one that holds the key. */
function expectRightLinks(plan: FakePlan, destination: FakeDestination): void {
  for (const { key, remoteId } of plan.observations) expect([key, destination.records.get(remoteId)?.key]).toEqual([key, `${key}@example.org`])
}
const rowsOf = (scene: RunScene): JournalRow[] => scene.database.all<JournalRow>('SELECT * FROM journal ORDER BY ordinal')

describe('ids that a destination answers for what it made', () => {
  test.each([1, 5])('one id for all, in batches of %i: every record is looked for by its key, and linked to the one that holds it', async (rowsPerWrite) => {
    const destination = new FakeDestination({ rowsPerWrite })
    const plan = new FakePlan(creates(15))
    const scene = open(destination, plan)
    destination.rules.says = (answers) => withIds(answers, answers.map(() => 'made-1'))
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 15, verified: 15 } })
    expect(destination.duplicates()).toEqual([])
    expect(plan.observations).toHaveLength(15)
    expectRightLinks(plan, destination)
  })

  test('one record for fifteen that were said to be made: nothing that is not there is called verified', async () => {
    const destination = new FakeDestination({ rowsPerWrite: 15 })
    const plan = new FakePlan(creates(15))
    const scene = open(destination, plan)
    destination.rules = { applies: ({ key }) => key.value === 'q0@example.org', says: (answers) => withIds(answers, answers.map(() => 'made-1')) }
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ verified: 1, delivered: 1, quarantined: 14 })
    expect(plan.observations.map(({ key }) => key)).toEqual(['q0'])
  })

  test('ids that lead to each other’s records are put right by the read-back, and the audit still verifies', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(creates(4))
    const scene = open(destination, plan)
    destination.rules.says = (answers) => withIds(answers, ids(answers).reverse())
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'done', counts: { verified: 4 } })
    expectRightLinks(plan, destination)
    expect(rowsOf(scene).map(({ read_id: readId }) => readId)).toEqual(['made-1', 'made-2', 'made-3', 'made-4'])
    expect((await verifyState(scene.database)).problems).toEqual([])
    // A revert goes to the records that were found, not to those that were answered.
    const images: string[] = []
    for await (const some of beforeImages(scene.database, plan, end.runId)) images.push(...some.map(({ key, remoteId }) => `${key} ${remoteId}`))
    expect(images).toEqual(['q0 made-1', 'q1 made-2', 'q2 made-3', 'q3 made-4'])
  })

  test('an id that another run was answered for another person is in doubt, and settled by looking', async () => {
    const destination = new FakeDestination()
    const first = new FakePlan(creates(1), { id: '00000000-first' })
    const second = new FakePlan([{ key: 'other', operation: 'create', changes: { tier: { before: null, after: 'silver' } } }], { id: '00000000-second' })
    const scene = open(destination, first, second)
    await scene.apply(first)
    destination.rules.says = (answers) => withIds(answers, ['made-1'])
    const end = await scene.apply(second)
    expect(end.counts).toMatchObject({ verified: 1 })
    expect(rowsOf(scene).at(-1)).toMatchObject({ record: 'other', remote_id: 'made-2', message: expect.stringContaining('a read showed that it had arrived') as string })
  })

  test('an id of somebody else for a record that was not made leads nowhere: no link, not verified, and words that say so', async () => {
    const destination = new FakeDestination()
    destination.add({ id: 'made-up', key: 'stranger@example.org', fields: { tier: 'silver' } })
    const plan = new FakePlan(creates(1))
    const scene = open(destination, plan)
    destination.rules.applies = () => false
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 1, verified: 0, overridden: 1 })
    expect(plan.observations).toEqual([])
    expect(rowsOf(scene)).toMatchObject([{ read_id: '', message: expect.stringContaining('No record holds its key') as string }])
  })

  test('no id at all is no harm where the key can be read', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(creates(3))
    const scene = open(destination, plan)
    destination.rules.says = (answers) => withIds(answers, answers.map(() => undefined))
    expect((await scene.apply(plan)).counts).toMatchObject({ verified: 3 })
    expectRightLinks(plan, destination)
  })

  test('one id for several is in doubt where nobody can look', async () => {
    const destination = new FakeDestination({ readBack: 'none', settle: 'none' })
    const plan = new FakePlan(creates(4))
    const scene = open(destination, plan)
    destination.rules.says = (answers) => withIds(answers, ['x', 'x', 'made-3', 'made-4'])
    expect((await scene.apply(plan)).counts).toMatchObject({ unknown: 2, unverifiable: 2 })
    expect(plan.observations.map(({ key }) => key)).toEqual(['q2', 'q3'])
  })
})

describe('what a destination says of records that it changed', () => {
  test.each([
    ['the ids the wrong way round', (answers: RowAnswer[]) => withIds(answers, ids(answers).reverse())],
    ['one id for all', (answers: RowAnswer[]) => withIds(answers, answers.map(() => 'id-0'))],
    ['no ids', (answers: RowAnswer[]) => withIds(answers, [])],
    ['only some of the rows', (answers: RowAnswer[]) => answers.slice(1)],
    ['that they were taken and refused', (answers: RowAnswer[]) => [...answers, ...answers.map(({ position }): RowAnswer => ({ position, outcome: 'rejected', refusal: refusalOf('value-invalid', { system: 'Fake' }) }))]],
    ['that it gave up in the middle', (answers: RowAnswer[]) => answers.map(({ position }): RowAnswer => ({ position, outcome: 'rejected', refusal: refusalOf('unfinished', { system: 'Fake' }) }))],
  ])('%s: a read decides, and nothing is sent twice', async (_what, says) => {
    const destination = new FakeDestination()
    const plan = new FakePlan(updates(destination, 5))
    const scene = open(destination, plan)
    destination.rules.says = says
    const end = await scene.apply(plan)
    expect(end).toMatchObject({ state: 'done', counts: { delivered: 5, verified: 5, rejected: 0 } })
    expect(destination.applied).toHaveLength(5)
    expectRightLinks(plan, destination)
  })

  test('a merge is believed when a read confirms it; the link stays for a person to decide', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(updates(destination, 1))
    const scene = open(destination, plan)
    const read = destination.read.bind(destination)
    let merged = false
    destination.rules.says = (answers) => {
      merged = true
      return withIds(answers, ['survivor'])
    }
    destination.read = async (query) => (await read(query)).map((record) => (merged ? { ...record, id: 'survivor', mergedFrom: record.id } : record))
    const end = await scene.apply(plan)
    expect(end.counts).toMatchObject({ delivered: 1, unknown: 0, verified: 0 })
    expect(plan.observations).toMatchObject([{ key: 'p0', remoteId: 'id-0', fp: null }])
  })

  test('a new record that is “there already” right after it was not: a read tells whether it is the one that was sent', async () => {
    const destination = new FakeDestination()
    const plan = new FakePlan(creates(2))
    const scene = open(destination, plan)
    const there = refusalOf('already-there', { system: 'Fake', vendor: 'Contact already exists' })
    destination.rules.says = (answers) => answers.map(({ position }) => ({ position, outcome: 'rejected', refusal: there }))
    expect((await scene.apply(plan)).counts).toMatchObject({ verified: 2, rejected: 0 })
    const other = new FakeDestination()
    const again = new FakePlan(creates(2))
    const second = open(other, again)
    other.rules.rejects = () => true
    other.rules.says = (answers) => answers.map(({ position }) => ({ position, outcome: 'rejected', refusal: there }))
    expect((await second.apply(again)).counts).toMatchObject({ delivered: 0, rejected: 2 })
    expect(rowsOf(second)).toMatchObject([{ reason: 'already-there', detail: 'Contact already exists' }, { reason: 'already-there' }])
  })
})
