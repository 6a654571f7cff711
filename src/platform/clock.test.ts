import { expect, it } from 'vitest'
import { systemClock } from './clock.ts'

it('sleeps, and wakes with the reason it was given when cancelled', async () => {
  await systemClock.sleep(1)
  await systemClock.sleep(-5)
  const reason = new Error('paused')
  const stop = new AbortController()
  const sleeping = systemClock.sleep(60_000, stop.signal)
  stop.abort(reason)
  await expect(sleeping).rejects.toBe(reason)
})
