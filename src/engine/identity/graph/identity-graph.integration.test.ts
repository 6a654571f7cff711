import { copyFileSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { IdentityScene, identityText } from '../../testing/identity-scene.ts'
import { someRecords } from '../../testing/scene-records.ts'
import { seeded } from '../testing/random-people.ts'

let scenes: IdentityScene[] = []
afterEach(async () => {
  for (const scene of scenes) await scene.close()
  scenes = []
})

async function open(...given: Parameters<typeof IdentityScene.open>): Promise<IdentityScene> {
  const scene = await IdentityScene.open(...given)
  scenes.push(scene)
  return scene
}

const few = {
  customers: [
    { id: '1', email: 'ann@harbour.com', name: 'Ann' },
    { id: '2', email: 'bob@harbour.com', phone: '020 7946 0001' },
    { id: '3', email: 'nobody' },
    { id: '4', email: 'cid@harbour.com', loyalty: 'L4' },
    { id: '5', email: 'dee@harbour.com' },
  ],
  contacts: [
    { id: '11', email: 'ANN@harbour.com', name: 'Ann Lee' },
    { id: '12', phone: '+44 20 7946 0001' },
    { id: '13', email: 'bob@harbour.com' },
    { id: '14', email: 'cid@harbour.com', loyalty: 'L9' },
  ],
  buyers: [{ id: '21', email: 'eve@harbour.com' }],
}

/** What does not depend on what was before: who is with whom, and every figure. */
async function sight(scene: IdentityScene): Promise<object> {
  const [run] = await scene.client.identity.history({ identity: 'people' })
  const figures = scene.scene.engine.workspace().identities.runs.newest('people')
  const first = new Map<string, string>()
  const records = (await scene.outcome()).map(({ reference, entity, rule, ambiguous }) => {
    if (!first.has(entity)) first.set(entity, reference)
    return [reference, first.get(entity), rule, ambiguous]
  })
  const { records: counted, entities, linkedShare, ambiguous, duplication, matches } = run ?? {}
  const sources = run?.sources.map(({ readAt: _readAt, how: _how, ...source }) => source)
  return { records, figures: { counted, entities, linkedShare, ambiguous, duplication, matches, sources, rules: figures?.rules, keys: figures?.keys, queues: figures?.queues } }
}

const dataFiles = (scene: IdentityScene): string[] => readdirSync(join(scene.scene.folder, '.lockstep', 'data')).filter((name) => name.startsWith('identity'))

describe('a run of the rules', () => {
  it('reads every source and counts what each row has in each system', async () => {
    const scene = await open(few)
    const run = await scene.run()
    expect(run).toMatchObject({ run: 1, how: 'full', records: 10, sources: [{ source: 'customers', name: 'Customers', kind: 'product', records: 5, invalid: { numerator: 1, denominator: 5 } }, { source: 'sales/contacts', kind: 'destination', records: 4, how: 'full', duplication: { numerator: 1, denominator: 4 } }, { source: 'shop/buyers', records: 1 }] })
    expect(run.matches).toMatchObject([
      // Ann is there once, Bob twice, Cid was held back by his loyalty id, Dee is not there, and nobody's address is none.
      { from: 'customers', to: 'sales/contacts', match: { numerator: 1, denominator: 4, value: 0.25 }, ambiguous: { numerator: 2, denominator: 4 }, unmatched: { numerator: 1, denominator: 4 }, invalid: { numerator: 1, denominator: 5 }, because: { 'several there': 1, 'held back': 1 } },
      { to: 'shop/buyers', match: { numerator: 0, denominator: 4, value: 0 }, unmatched: { numerator: 4, denominator: 4 } },
    ])
    const index = await scene.scene.engine.workspace().identities.open('people')
    expect(await index.db.rows("SELECT reference, label, c1 AS email FROM record JOIN content USING (number) WHERE source = 'sales/contacts' AND label IS NOT NULL")).toEqual([{ reference: 'sales/contacts:11', label: 'Ann Lee', email: 'ANN@harbour.com' }])
    expect(index.columns).toEqual(['loyalty', 'email', 'phone'])
    index.close()
  })

  it('over what changed ends as one over everything does, in every figure', async () => {
    const random = seeded(5)
    const tables = { customers: someRecords(100, 180, random), contacts: someRecords(200, 270, random), buyers: someRecords(300, 350, random) }
    const scene = await open(tables)
    await scene.run()
    for (let step = 0; step < 3; step += 1) {
      for (const [table, from] of [['customers', 100], ['contacts', 200], ['buyers', 300]] as const) {
        await scene.put(table, someRecords(from + step * 7, from + step * 7 + 5, random))
        await scene.put(table, someRecords(from + 90 + step, from + 92 + step, random))
        await scene.remove(table, [String(from + 20 + step), String(from + 30 + step)])
      }
      const run = await scene.run()
      expect(run.how).toBe('incremental')
      expect(run.affected).toBeLessThan(run.records)
    }
    const before = await sight(scene)
    // The same tables, seen for the first time.
    await scene.scene.engine.workspace().session.database.transaction(() => {
      const { database } = scene.scene.engine.workspace().session
      database.run("DELETE FROM data_files WHERE kind = 'identity'")
      database.run('DELETE FROM identity_runs')
    })
    expect(await scene.run()).toMatchObject({ how: 'full' })
    expect(await sight(scene)).toEqual(before)
  })

  it('applies a decision at once, and counts what a run over everything counts with it', async () => {
    const random = seeded(8)
    const scene = await open({ customers: someRecords(100, 160, random), contacts: someRecords(200, 260, random), buyers: someRecords(300, 330, random) })
    await scene.run()
    const { session, identities } = scene.scene.engine.workspace()
    const before = await scene.outcome()
    const [one, other] = ['customers:101', 'sales/contacts:202'] as const
    const apart = before.filter(({ entity }) => before.filter((record) => record.entity === entity).length > 2).slice(0, 2).map(({ reference }) => [reference])
    const decisions = [
      { id: 'd1', seq: 1, kind: 'link' as const, parts: [[one, other]], undone: false },
      { id: 'd2', seq: 2, kind: 'never the same' as const, parts: apart, undone: false },
    ]
    const store = (): void => {
      for (const { id, seq, kind, parts } of decisions) session.database.run("INSERT INTO identity_decisions (id, identity, seq, kind, parts, reason, by, at) VALUES (?, 'people', ?, ?, ?, 'Known to me', 'Ada', 0)", id, seq, kind, JSON.stringify(parts))
    }
    expect(await identities.decide('people', { name: 'Ada' }, async () => ({ decisions, store }))).toMatchObject({ how: 'decisions only', changed: 0, gone: 0 })
    const entityOf = new Map((await scene.outcome()).map(({ reference, entity }) => [reference, entity]))
    expect(entityOf.get(one)).toBe(entityOf.get(other))
    const seen = await sight(scene)
    session.database.run("DELETE FROM data_files WHERE kind = 'identity'")
    session.database.run('DELETE FROM identity_runs')
    expect(await scene.run()).toMatchObject({ how: 'full' })
    expect(await sight(scene)).toEqual(seen)
  })

  it('keeps the ids of entities when the rules change and change back', async () => {
    const random = seeded(6)
    const scene = await open({ customers: someRecords(100, 160, random), contacts: someRecords(200, 250, random), buyers: [] })
    await scene.run()
    const before = await scene.outcome()
    await scene.scene.writeFile('identity/people.yaml', identityText.replace('  - { name: phone, keys: [phone] }\n', '').replace(/ {2}phone: .*\n/, ''))
    expect(await scene.run()).toMatchObject({ how: 'full', run: 2 })
    const index = await scene.scene.engine.workspace().identities.open('people')
    expect(index.columns).toEqual(['loyalty', 'email'])
    index.close()
    await scene.scene.writeFile('identity/people.yaml', `# Back again\n${identityText}`)
    expect(await scene.run()).toMatchObject({ how: 'full', run: 3 })
    expect(await scene.outcome()).toEqual(before)
    // A comment decides nothing.
    await scene.scene.writeFile('identity/people.yaml', `# Back for good\n${identityText}`)
    expect(await scene.run()).toMatchObject({ how: 'incremental', changed: 0, affected: 0 })
  })

  it('keeps one file, and lets go of the one before when its last reader does', async () => {
    const scene = await open(few)
    await scene.run()
    const [first] = dataFiles(scene)
    const reader = await scene.scene.engine.workspace().identities.open('people')
    await scene.put('buyers', [{ id: '22', email: 'dee@harbour.com' }])
    await scene.run()
    expect(dataFiles(scene)).toContain(first)
    expect(await reader.db.row('SELECT count(*) AS records FROM record')).toEqual({ records: 10 })
    reader.close()
    await expect.poll(() => dataFiles(scene)).toHaveLength(1)
    expect(dataFiles(scene)).not.toContain(first)
  })
})

describe('a run that cannot end', () => {
  it('is swept when the workspace is opened next, and the index is that of the last one that did', async () => {
    const scene = await open(few)
    await scene.run()
    const before = await sight(scene)
    const [published = ''] = dataFiles(scene)
    const data = join(scene.scene.folder, '.lockstep', 'data')
    for (const half of ['identity-half.duckdb', 'identity-half.duckdb.wal']) {
      copyFileSync(join(data, published), join(data, half))
      utimesSync(join(data, half), 1, 1)
    }
    await scene.scene.engine.close()
    await scene.scene.engine.open(scene.scene.folder)
    expect(dataFiles(scene)).toEqual([published])
    expect(await sight(scene)).toEqual(before)
  })

  it('changes nothing where a destination cannot be read, and says which', async () => {
    const scene = await open(few)
    await scene.run()
    const before = { sight: await sight(scene), files: dataFiles(scene) }
    await scene.put('customers', [{ id: '9', email: 'new@harbour.com' }])
    await scene.scene.writeFile('connections/shop.yaml', `name: Web shop\ndestination: local-file\nsettings: { path: ${join(scene.scene.folder, 'gone.duckdb')}, table: buyers, key: id }\n`)
    await expect(scene.run()).rejects.toThrow('Web shop')
    expect({ sight: await sight(scene), files: dataFiles(scene) }).toEqual(before)
    expect(scene.scene.engine.workspace().identities.runs.failure('people')?.message).toContain('Web shop')
  })

  it('is refused while another one goes on, and cancelled without a trace', async () => {
    const scene = await open(few)
    const stop = new AbortController()
    const events: string[] = []
    const listening = (async () => {
      for await (const event of scene.scene.engine.changes(stop.signal)) if (event.topic === 'identity') events.push(event.over ? 'over' : event.phase)
    })().catch(() => undefined)
    const going = scene.run()
    await expect(scene.run()).rejects.toThrow('being run already')
    await going
    const leaving = new AbortController()
    const cancelled = scene.client.identity.run({ identity: 'people' }, { signal: leaving.signal })
    leaving.abort()
    await expect(cancelled).rejects.toThrow()
    expect(dataFiles(scene)).toHaveLength(1)
    expect(await scene.client.identity.history({ identity: 'people' })).toHaveLength(1)
    stop.abort()
    await listening
    expect(events.slice(0, 7)).toEqual(['Reading the definitions', 'Reading Customers', 'Reading Sales CRM, contacts', 'Reading Sales CRM, contacts', 'Reading Web shop, buyers', 'Reading Web shop, buyers', 'Matching'])
    expect(events).toContain('over')
  })

  it('leaves the index as it was when it ends between the copy and the publishing', async () => {
    const scene = await open(few)
    await scene.run()
    const before = await sight(scene)
    const { session } = scene.scene.engine.workspace()
    session.database.sqlite.exec("CREATE TRIGGER crash BEFORE INSERT ON identity_runs BEGIN SELECT raise(ABORT, 'the power went'); END")
    await scene.put('buyers', [{ id: '22', email: 'dee@harbour.com' }])
    await expect(scene.run()).rejects.toThrow()
    session.database.sqlite.exec('DROP TRIGGER crash')
    expect(await sight(scene)).toEqual(before)
    expect(dataFiles(scene)).toHaveLength(1)
    expect(await scene.run()).toMatchObject({ run: 2, changed: 1 })
  })
})
