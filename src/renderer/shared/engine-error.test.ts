import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { engineError, leadsNowhere } from './engine-error.ts'

describe('failures in words', () => {
  it('shows an expected failure as the engine says it', () => {
    const failure = new ORPCError('LOCKSTEP', { data: { code: 'plan-stale', message: 'The mapping changed.', next: 'Plan again.', file: 'activations/tier.yaml', line: 4 } })
    expect(engineError(failure)).toMatchObject({ message: 'The mapping changed.', next: 'Plan again.', file: 'activations/tier.yaml', line: 4, connectionLost: false })
  })

  it('takes a problem of a file as it is', () => {
    expect(engineError({ code: 'definition-invalid', message: 'Unknown field “operater”.', file: 'segments/a.yaml', line: 6 }).message).toBe('Unknown field “operater”.')
  })

  it('says of a lost connection that it may have been done', () => {
    const lost = engineError(new Error('Cannot send message, WebSocket is not open.'))
    expect(lost.connectionLost).toBe(true)
    expect(lost.next).toContain('before you repeat it')
  })

  it('says of a request that cannot be answered that it was not right, and calls it no fault of the engine', () => {
    const asked = engineError(new ORPCError('BAD_REQUEST', { message: 'Input validation failed' }))
    expect(asked).toMatchObject({ code: 'bad-usage', connectionLost: false, detail: 'Input validation failed' })
    expect(asked.message).not.toContain('fault')
    expect(asked.next).toContain('list')
  })

  it('tells an address that leads nowhere from what may go better at another time', () => {
    expect(leadsNowhere(new ORPCError('LOCKSTEP', { data: { code: 'not-found', message: 'There is no plan 0000.' } }))).toBe(true)
    expect(leadsNowhere(new ORPCError('BAD_REQUEST', { message: 'Input validation failed' }))).toBe(true)
    expect(leadsNowhere(new ORPCError('LOCKSTEP', { data: { code: 'source-failed', message: 'It cannot be read.' } }))).toBe(false)
    expect(leadsNowhere(new Error('WebSocket is not open.'))).toBe(false)
  })

  it('keeps the words of a bug folded', () => {
    const bug = engineError(new ORPCError('INTERNAL_SERVER_ERROR', { message: 'x is undefined' }))
    expect(bug.message).not.toContain('undefined')
    expect(bug.detail).toBe('x is undefined')
  })
})
