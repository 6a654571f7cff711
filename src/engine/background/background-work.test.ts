import { expect, it } from 'vitest'
import type { Session } from '../session/session.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { BackgroundWork, type BackgroundService } from './background-work.ts'

const session = { ports: { clock: createFakeClock(), log: { error: () => undefined } } } as unknown as Session

/** A service that works until it is ended, and notes when it is. */
function service(name: string, endsWith: BackgroundService['endsWith'], ended: string[]): BackgroundService {
  return {
    name,
    endsWith,
    async run(_session, signal) {
      await new Promise((end) => signal.addEventListener('abort', end, { once: true }))
      ended.push(name)
    },
  }
}

it('ends what ends with the work first, and waits for it, and the rest with the workspace', async () => {
  const ended: string[] = []
  const work = new BackgroundWork(session, [service('Anchors', 'workspace', ended), service('Retention', 'work', ended)])
  expect(work.states().map(({ state }) => state.kind)).toEqual(['running', 'running'])
  await work.end('work')
  expect(ended).toEqual(['Retention'])
  expect(work.states().map(({ name, state }) => `${name} ${state.kind}`)).toEqual(['Anchors running', 'Retention ended'])
  await work.end('workspace')
  expect(ended).toEqual(['Retention', 'Anchors'])
})

it('tells of a service that failed, and lets the others work and end', async () => {
  const ended: string[] = []
  const failing: BackgroundService = { name: 'Schedules', endsWith: 'work', run: () => Promise.reject(new Error('no time')) }
  const work = new BackgroundWork(session, [failing, service('Retention', 'work', ended)])
  await expect.poll(() => work.states()[0]).toEqual({ name: 'Schedules', state: { kind: 'failed', reason: 'no time' } })
  await work.end('work')
  expect(ended).toEqual(['Retention'])
})
