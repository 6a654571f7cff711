import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../storage/database.ts'
import { silentLog } from '../testing/connect-to.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { limitMemory } from './limit-memory.ts'
import { createLimiter } from './limiter.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

it('a day that was begun goes on after a restart, for each connection by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-limits-'))
  folders.push(folder)
  const clock = createFakeClock()
  const daily = [{ kind: 'daily', name: 'daily', label: 'requests per day', requests: 10 } as const]

  /** Opens the state, sends, and says how many went before the quota held them back. */
  async function sent(connection: string, requests: number): Promise<number> {
    const database = openDatabase(folder, clock.now())
    const stop = new AbortController()
    const limiter = createLimiter(clock, daily, limitMemory({ database, clock, log: silentLog, connection }))
    let gone = 0
    const all = Array.from({ length: requests }, () =>
      limiter.acquire({ signal: stop.signal }).then(
        (permit) => {
          gone += 1
          permit.answered()
        },
        () => undefined,
      ),
    )
    await clock.advance(0)
    stop.abort(new Error('closed'))
    await Promise.all(all)
    database.close()
    return gone
  }

  expect(await sent('crm', 7)).toBe(7)
  await clock.advance(3_600_000)
  expect(await sent('crm', 7)).toBe(3)
  expect(await sent('support', 7)).toBe(7)
  await clock.advance(24 * 3_600_000)
  expect(await sent('crm', 7)).toBe(7)
})

it('a disk that refuses stops nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-limits-'))
  folders.push(folder)
  const clock = createFakeClock()
  const database = openDatabase(folder, clock.now())
  const memory = limitMemory({ database, clock, log: silentLog, connection: 'crm' })
  const limiter = createLimiter(clock, [{ kind: 'daily', name: 'daily', label: 'requests per day', requests: 10 }], memory)
  database.close()
  await expect(limiter.acquire({})).resolves.toBeDefined()
})
