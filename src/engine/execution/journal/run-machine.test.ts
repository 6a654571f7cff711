import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowState, type RowState, type Verification } from '../../../contract/states.ts'
import { balances, moveRows, nothingDone } from '../../plans/run-counts.ts'
import { afterRestart, countsOf, isFinal, nextRowState, nextRunState, type RowEvent, type Run, type RunEvent } from './run-machine.ts'

const rowEvents: RowEvent[] = ['sent', 'withdrawn', 'accepted', 'delivered', 'rejected', 'skipped', 'quarantined', 'unknown']

function tryNext(state: RowState, event: RowEvent): RowState | undefined {
  try {
    return nextRowState(state, event)
  } catch {
    return undefined
  }
}

describe('rows', () => {
  const table: Record<RowState, Partial<Record<RowEvent, RowState>>> = {
    pending: { sent: 'sent', skipped: 'skipped' },
    sent: { sent: 'sent', withdrawn: 'pending', accepted: 'accepted', delivered: 'delivered', rejected: 'rejected', quarantined: 'quarantined', unknown: 'unknown' },
    accepted: { withdrawn: 'pending', delivered: 'delivered', rejected: 'rejected', quarantined: 'quarantined', unknown: 'unknown' },
    unknown: { sent: 'sent', delivered: 'delivered', rejected: 'rejected', quarantined: 'quarantined', unknown: 'unknown' },
    delivered: {},
    rejected: {},
    skipped: {},
    quarantined: {},
  }

  it.each(rowState.options.flatMap((state) => rowEvents.map((event) => ({ state, event, next: table[state][event] }))))('$state, $event: $next', ({ state, event, next }) => {
    expect(tryNext(state, event)).toBe(next)
  })

  it('end in four states', () => {
    expect(rowState.options.filter(isFinal)).toEqual(['delivered', 'rejected', 'skipped', 'quarantined'])
  })

  it('are never skipped once their request may have left', () => {
    expect(rowState.options.filter((state) => tryNext(state, 'skipped') !== undefined)).toEqual(['pending'])
  })

  it('are settled after a restart when they were sent, and go on only with a valid plan when not', () => {
    expect(afterRestart('sent', true)).toEqual({ event: 'unknown' })
    expect(afterRestart('sent', false)).toEqual({ event: 'unknown' })
    expect(afterRestart('pending', true)).toBeUndefined()
    expect(afterRestart('pending', false)).toEqual({ event: 'skipped', reason: 'expired' })
    expect(afterRestart('accepted', false)).toBeUndefined()
    expect(afterRestart('delivered', false)).toBeUndefined()
  })
})

describe('runs', () => {
  const approved: Run = { state: 'approved', paused: false }
  const after = (events: RunEvent[], run = approved): Run => events.reduce<Run>(nextRunState, run)
  const start: RunEvent = { kind: 'start' }
  const settled: RunEvent = { kind: 'settled' }
  const verified: RunEvent = { kind: 'verified' }
  const cancel: RunEvent = { kind: 'stop', reason: 'cancelled' }

  it('apply, verify and are done', () => {
    expect(after([start])).toEqual({ state: 'applying', paused: false })
    expect(after([start, settled])).toEqual({ state: 'verifying', paused: false })
    expect(after([start, settled, verified])).toEqual({ state: 'done' })
  })

  it('settle and verify what was sent before a cancelled run stops', () => {
    expect(after([start, cancel])).toEqual({ state: 'applying', paused: false, stopping: 'cancelled' })
    expect(after([start, cancel, settled])).toEqual({ state: 'verifying', paused: false, stopping: 'cancelled' })
    expect(after([start, cancel, settled, verified])).toEqual({ state: 'stopped', reason: 'cancelled' })
  })

  it('stop at once when nothing was sent', () => {
    expect(after([cancel])).toEqual({ state: 'stopped', reason: 'cancelled' })
  })

  it('keep the first reason, and are done when stopped after the last row', () => {
    expect(after([start, { kind: 'stop', reason: 'too many failures' }, cancel, settled, verified])).toEqual({ state: 'stopped', reason: 'too many failures' })
    expect(after([start, settled, cancel, verified])).toEqual({ state: 'done' })
  })

  it('pause and resume without losing their place', () => {
    expect(after([start, { kind: 'pause' }])).toEqual({ state: 'applying', paused: true })
    expect(after([{ kind: 'pause' }, start, { kind: 'resume' }])).toEqual({ state: 'applying', paused: false })
    expect(after([start, { kind: 'pause' }, settled, verified])).toEqual({ state: 'done' })
  })

  it('fail with a reason from every open state', () => {
    for (const events of [[], [start], [start, settled]]) expect(after([...events, { kind: 'fail', reason: 'disk full' }])).toEqual({ state: 'failed', reason: 'disk full' })
  })

  it.each([
    ['verify before applying', [settled]],
    ['start twice', [start, start]],
    ['end before verifying', [start, verified]],
    ['go on when done', [start, settled, verified, start]],
    ['be cancelled when stopped', [cancel, cancel]],
  ])('cannot %s', (_name, events) => {
    expect(() => after(events)).toThrow('cannot')
  })
})

describe('counts', () => {
  const states = fc.constantFrom(...rowState.options)
  const verification = fc.constantFrom<Verification>('verified', 'overridden', 'unverifiable')

  it('balance for any rows', () => {
    const row = fc.tuple(states, fc.option(verification, { nil: undefined })).map(([state, seen]) => (state === 'delivered' && seen !== undefined ? { state, verification: seen } : { state }))
    fc.assert(fc.property(fc.array(row), (rows) => balances(countsOf(rows)) && countsOf(rows).planned === rows.length))
  })

  it('balance at every instant, whatever happens to which row, and agree with the rows', () => {
    const step = fc.tuple(fc.nat({ max: 7 }), fc.constantFrom(...rowEvents))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const rows = Array.from({ length: 8 }, () => ({ state: 'pending' as RowState }))
        const counts = nothingDone(rows.length)
        for (const [index, event] of steps) {
          const row = rows[index]
          const next = row && tryNext(row.state, event)
          if (row === undefined || next === undefined) continue
          moveRows(counts, row.state, next)
          row.state = next
          expect(balances(counts)).toBe(true)
          expect(counts).toEqual(countsOf(rows))
        }
      }),
    )
  })
})
