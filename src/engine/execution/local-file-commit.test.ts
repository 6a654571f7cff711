import { afterEach, expect, it } from 'vitest'
import { localFileBy } from '../destinations/local-file/index.ts'
import { asListed } from '../destinations/registry.ts'
import type { OpenFile } from '../drivers/duckdb-file-driver.ts'
import { openFileOnce } from '../storage/duckdb.ts'
import { EngineScene } from '../testing/engine-scene.ts'

let scene: EngineScene
afterEach(() => scene.close())

/** Files whose first COMMIT ends with an error, after it was carried out or instead of it. */
function firstCommitFails(carriedOut: boolean): OpenFile {
  let failed = false
  return async (options) => {
    const file = await openFileOnce(options)
    const run = file.run.bind(file)
    file.run = async (sql, parameters) => {
      const fails = sql === 'COMMIT' && !failed
      if (!fails || carriedOut) await run(sql, parameters)
      if (!fails) return
      failed = true
      throw new Error('IO Error: could not write to the disk')
    }
    return file
  }
}

it.each([
  [true, ['COMMIT'], 'The answer was lost; a read showed that it had arrived.'],
  [false, ['COMMIT', 'again'], ''],
])('a COMMIT that fails is unknown until the file was looked at (it had happened: %s)', async (carriedOut, sends, message) => {
  const destination = asListed(localFileBy(firstCommitFails(carriedOut)))
  scene = await EngineScene.open([{ id: 'a', name: 'Ada', tier: 'gold', score: 1.5, blocked: false }], [], undefined, undefined, [destination])
  const run = await scene.apply((await scene.plan()).planId)
  expect(run.state).toBe('done')
  expect(run.counts).toMatchObject({ delivered: 1, verified: 1, rejected: 0, quarantined: 0, unknown: 0 })
  expect(await scene.contacts()).toMatchObject([{ id: 'a', tier: 'gold' }])
  const { rows } = await scene.client.runs.rows({ run: run.runId, offset: 0, limit: 10 })
  expect(rows[0]?.message ?? '').toBe(message)

  const { rows: requests } = await scene.client.runs.requests({ run: run.runId, offset: 0, limit: 50 })
  const writes = requests.filter(({ method }) => method === 'INSERT').reverse()
  expect(writes.map(({ outcome }) => outcome)).toEqual(['The end of the transaction was not confirmed; whether it was applied is not known', 'Taken'].slice(0, sends.length))
  expect(requests.map(({ method, path, purpose }) => `${method} ${path}: ${purpose}`)).toContain('SELECT contacts: Read back 1 record')
  expect(JSON.stringify(requests)).not.toContain('Ada')
})
