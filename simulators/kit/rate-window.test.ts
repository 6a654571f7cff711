import { describe, expect, it } from 'vitest'
import { createFixedWindow, createRollingWindow } from './rate-window.ts'

describe('a rolling window', () => {
  it('never allows more than its limit in any stretch of its length', () => {
    const window = createRollingWindow(3, 100)
    const allowed: number[] = []
    for (let now = 0; now < 1000; now += 7) if (window.take(now).allowed) allowed.push(now)
    for (const start of allowed) expect(allowed.filter((time) => time >= start && time < start + 100).length).toBeLessThanOrEqual(3)
    expect(allowed.length).toBeGreaterThan(24)
  })

  it('says when there is room again', () => {
    const window = createRollingWindow(1, 100)
    window.take(1000)
    expect(window.take(1040)).toMatchObject({ allowed: false, remaining: 0, resetIn: 60 })
    expect(window.take(1100).allowed).toBe(true)
  })
})

describe('a fixed window', () => {
  it('starts anew when it has ended', () => {
    const window = createFixedWindow(2, 100)
    expect([0, 50, 99, 100].map((now) => window.take(now).allowed)).toEqual([true, true, false, true])
  })
})
