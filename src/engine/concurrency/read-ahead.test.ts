import { describe, expect, it } from 'vitest'
import { readAhead } from './read-ahead.ts'

async function* numbers(log: string[], failAt = Number.POSITIVE_INFINITY): AsyncGenerator<number> {
  try {
    for (let number = 1; number <= 4; number++) {
      if (number === failAt) throw new Error('cannot be read')
      log.push(`read ${number}`)
      yield number
    }
  } finally {
    log.push('closed')
  }
}

describe('reading ahead', () => {
  it('gives everything in order, and asks for the next before the last was worked on', async () => {
    const log: string[] = []
    for await (const number of readAhead(numbers(log))) {
      await Promise.resolve()
      log.push(`worked on ${number}`)
    }
    expect(log.filter((line) => line.startsWith('worked'))).toEqual(['worked on 1', 'worked on 2', 'worked on 3', 'worked on 4'])
    expect(log.indexOf('read 2')).toBeLessThan(log.indexOf('worked on 1'))
    expect(log.at(-1)).not.toBe('read 4')
    expect(log).toContain('closed')
  })

  it('closes what it reads when nobody wants more', async () => {
    const log: string[] = []
    for await (const number of readAhead(numbers(log))) if (number === 2) break
    expect(log).toEqual(['read 1', 'read 2', 'read 3', 'closed'])
  })

  it('fails where the reading failed, after what came before', async () => {
    const seen: number[] = []
    const reading = async (): Promise<void> => {
      for await (const number of readAhead(numbers([], 3))) seen.push(number)
    }
    await expect(reading()).rejects.toThrow('cannot be read')
    expect(seen).toEqual([1, 2])
  })
})
