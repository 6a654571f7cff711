import { expect, it } from 'vitest'
import { createLog, logLevelFrom } from './log.ts'

function capture(level?: 'debug' | 'info' | 'warn'): { log: ReturnType<typeof createLog>; lines: () => Record<string, unknown>[]; text: () => string } {
  const written: string[] = []
  const log = createLog({ name: 'engine', ...(level ? { level } : {}), write: (line) => written.push(line) })
  return { log, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>), text: () => written.join('') }
}

it('writes one JSON object per line, also for texts with line breaks', () => {
  const { log, lines, text } = capture()
  log.info('first\nsecond', { rows: 3, big: 12n, at: new Date(0) })
  expect(text().split('\n')).toHaveLength(2)
  expect(lines()[0]).toMatchObject({ level: 'info', name: 'engine', message: 'first\nsecond', rows: 3, big: '12', at: '1970-01-01T00:00:00.000Z' })
})

it('writes no secret, no login and no personal data', () => {
  const { log, text } = capture()
  log.conceal('s3cr3t-value')
  log.error('refused: Bearer abcdefgh123 for ada@example.com', {
    token: 'planted-1',
    nested: [{ Authorization: 'planted-2', url: 'postgres://me:planted-3@db/x' }],
    email: 'planted-4',
    cause: new Error('body was s3cr3t-value', { cause: new Error('grace@example.org') }),
  })
  expect(text()).not.toMatch(/planted|s3cr3t|abcdefgh123|ada@|grace@/)
})

it('leaves out what is less important than asked for', () => {
  const { log, lines } = capture('warn')
  log.info('quiet')
  log.warn('loud')
  expect(lines().map((line) => line['message'])).toEqual(['loud'])
  expect(logLevelFrom({ LOCKSTEP_LOG: 'debug' }, 'info')).toBe('debug')
  expect(logLevelFrom({ LOCKSTEP_LOG: 'noise' }, 'info')).toBe('info')
})

it('survives deep and circular fields', () => {
  const { log, lines } = capture()
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  log.info('odd', { circular })
  expect(lines()).toHaveLength(1)
})
