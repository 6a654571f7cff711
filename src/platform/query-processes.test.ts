import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { silentLog } from '../engine/testing/connect-to.ts'
import { createQueryProcesses, type QueryChild } from './query-processes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function silentChild(): QueryChild & { killed: boolean } {
  return { pid: process.pid, killed: false, post: () => undefined, onMessage: () => undefined, onEnd: () => undefined, hold: () => undefined, kill() { this.killed = true } }
}

it('a process that does not start, or never says that it is ready, is not waited for, and one that comes late is ended', async () => {
  const late = Promise.withResolvers<QueryChild>()
  const never = createQueryProcesses(() => late.promise, silentLog).take(256)
  const silent = silentChild()
  const speechless = createQueryProcesses(() => Promise.resolve(silent), silentLog).take(256)
  const refused = [expect(never).rejects.toMatchObject({ reason: 'crashed' }), expect(speechless).rejects.toMatchObject({ reason: 'crashed' })]
  await vi.advanceTimersByTimeAsync(120_000)
  await Promise.all(refused)
  expect(silent.killed).toBe(true)
  const child = silentChild()
  late.resolve(child)
  await vi.advanceTimersByTimeAsync(0)
  expect(child.killed).toBe(true)
})
