import { expect, it } from 'vitest'
import type { ChangeEvent, RunProgress } from '../../../contract/shapes.ts'
import type { Notify } from '../../ports/ports.ts'
import { RunNotices } from './run-notices.ts'

const counts = { planned: 1200, pending: 0, sent: 0, accepted: 0, delivered: 1190, rejected: 10, skipped: 0, quarantined: 0, unknown: 0, verified: 1188, overridden: 2, unverifiable: 0 }

function run(change: Partial<RunProgress>): ChangeEvent {
  const progress = { activationName: 'Tier to CRM', destinationName: 'HubSpot', state: 'applying', counts, ...change } as RunProgress
  return { topic: 'run', runId: 'r-1', progress }
}

function notices(): { see: (event: ChangeEvent) => void; shown: Parameters<Notify['show']>[0][] } {
  const shown: Parameters<Notify['show']>[0][] = []
  const told = new RunNotices({ show: (notification) => shown.push(notification) })
  return { see: (event) => told.see(event), shown }
}

it('says once how a run ended, with counts and where to look', () => {
  const { see, shown } = notices()
  see(run({ state: 'applying' }))
  see(run({ state: 'verifying' }))
  see(run({ state: 'done' }))
  see(run({ state: 'done' }))
  expect(shown).toEqual([
    { title: 'Tier to CRM is done', body: '1,190 of 1,200 delivered to HubSpot, 1,188 verified, 10 rejected, 2 overridden by the destination.', route: '/runs/r-1' },
  ])
})

it('says why a run stopped', () => {
  const { see, shown } = notices()
  see(run({ state: 'stopped', reason: 'Cancelled by ada.' }))
  expect(shown[0]).toMatchObject({ title: 'Tier to CRM stopped', body: expect.stringMatching(/^Cancelled by ada\. 1,190 of/) as string })
})

it('asks for a person when only they can help a run on, once each time', () => {
  const { see, shown } = notices()
  const held = run({ paused: true, hold: 'reconnect', reason: 'HubSpot does not accept the credentials of CRM.', next: 'Set the secret again.' })
  for (const event of [held, held, run({}), held, run({ state: 'done' })]) see(event)
  expect(shown.map(({ title }) => title)).toEqual(['Tier to CRM waits for you', 'Tier to CRM waits for you', 'Tier to CRM is done'])
  expect(shown[0]?.body).toBe('HubSpot does not accept the credentials of CRM. Set the secret again.')
})
