import { describe, expect, it } from 'vitest'
import { formatAbsolute, formatBytes, formatClock, formatDuration, formatEta, formatNumber, formatRaw, formatRelative, formatShare, formatUntil, plural, shortId } from './format.ts'

const now = new Date('2026-11-23T13:06:00Z')
const zone = 'Europe/Paris'

describe('times', () => {
  it.each([
    ['2026-11-23T13:05:40Z', 'just now'],
    ['2026-11-23T13:02:00Z', '4 min ago'],
    ['2026-11-23T13:26:00Z', 'in 20 min'],
    ['2026-11-23T09:00:00Z', 'today 10:00 CET'],
    ['2026-11-22T15:22:00Z', 'yesterday 16:22 CET'],
    ['2026-11-24T13:05:00Z', 'tomorrow 14:05 CET'],
    ['2026-11-12T08:14:00Z', '12 Nov, 09:14 CET'],
    ['2025-11-12T08:14:00Z', '12 Nov 2025, 09:14 CET'],
  ])('%s is %s', (iso, words) => {
    expect(formatRelative(iso, now, zone)).toBe(words)
  })

  it('decides the day in the zone of the workspace, not in UTC', () => {
    expect(formatRelative('2026-11-22T23:30:00Z', now, zone)).toBe('today 00:30 CET')
    expect(formatRelative('2026-11-22T23:30:00Z', now, 'UTC')).toBe('yesterday 23:30 UTC')
  })

  it('shows the zone with every absolute time', () => {
    expect(formatAbsolute('2026-11-23T13:05:09Z', zone)).toBe('Mon 23 Nov 2026, 14:05:09 CET')
    expect(formatClock('2026-11-23T13:05:09Z', 'UTC')).toBe('13:05 UTC')
    expect(formatUntil('2026-11-23T13:06:12Z', now, zone)).toBe('14:06:12 CET')
    expect(formatUntil('2026-11-24T00:00:00Z', now, zone)).toBe('tomorrow 01:00 CET')
  })

  it('says durations as people do', () => {
    expect([40, 360, 7800, 7200, 260_000].map(formatDuration)).toEqual(['40 s', '6 min', '2 h 10 min', '2 h', '3 days'])
    expect(formatEta([120, 240])).toBe('2 to 4 min left')
    expect(formatEta([50, 130])).toBe('50 s to 2 min left')
    expect(formatEta([120, 121])).toBe('about 2 min left')
  })
})

describe('numbers', () => {
  it('separates thousands and agrees with the noun', () => {
    expect(formatNumber(54661)).toBe('54,661')
    expect(plural(1, { one: 'person', many: 'people' })).toBe('1 person')
    expect(plural(3410, { one: 'person', many: 'people' })).toBe('3,410 people')
    expect(formatBytes(12_345)).toBe('12 KB')
  })

  it('never rounds nearly all to all, and says n/a for nothing of nothing', () => {
    expect(formatShare(99_999, 100_000)).toBe('99.9%')
    expect(formatShare(1, 100_000)).toBe('under 0.1%')
    expect(formatShare(0, 0)).toBe('n/a')
    expect(formatShare(978, 1000)).toBe('97.8%')
  })
})

describe('values', () => {
  it('shows emptiness, and false as a value', () => {
    expect([null, '', false, 0, ['a', 'b']].map((value) => formatRaw(value))).toEqual(['(empty)', '(empty)', 'no', '0', 'a, b'])
    expect(formatRaw('2026-11-16T04:06:00Z')).toBe('2026-11-16 04:06:00 UTC')
    expect(shortId('7f3c91ab-1234')).toBe('7f3c 91ab')
  })
})
