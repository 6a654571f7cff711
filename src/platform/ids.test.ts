import { expect, it } from 'vitest'
import { createIds } from './ids.ts'

it('issues identifiers that sort in the order of issue, also within one millisecond and when the clock steps back', () => {
  let time = 1_700_000_000_000
  const ids = createIds(() => time)
  const issued = Array.from({ length: 10_000 }, () => ids.next())
  time -= 60_000
  issued.push(ids.next())
  time += 120_000
  issued.push(ids.next())
  expect(issued).toEqual([...issued].sort())
  expect(new Set(issued).size).toBe(issued.length)
})

it('has the shape of a UUID v7 that tells its time', () => {
  const id = createIds(() => 0x0123456789ab).next()
  expect(id).toMatch(/^01234567-89ab-7000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
