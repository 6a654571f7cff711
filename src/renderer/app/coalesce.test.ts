import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { coalesce } from './coalesce.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('shows the first at once, at most ten a second after that, and always the last', () => {
  const shown: number[] = []
  const progress = coalesce<number>((value) => shown.push(value))
  for (let value = 1; value <= 1000; value++) {
    progress.push('run', value)
    vi.advanceTimersByTime(1)
  }
  expect(shown[0]).toBe(1)
  expect(shown.length).toBeLessThanOrEqual(11)
  vi.advanceTimersByTime(200)
  expect(shown.at(-1)).toBe(1000)
})

it('keeps names apart, and forgets what is out of date', () => {
  const shown: string[] = []
  const progress = coalesce<string>((value) => shown.push(value))
  progress.push('a', 'a1')
  progress.push('b', 'b1')
  progress.push('a', 'a2')
  progress.drop('a')
  vi.advanceTimersByTime(500)
  expect(shown).toEqual(['a1', 'b1'])
  progress.push('a', 'a3')
  expect(shown.at(-1)).toBe('a3')
})
