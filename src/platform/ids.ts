import { randomBytes } from 'node:crypto'
import type { Ids } from '../engine/ports/ports.ts'

const COUNTER_BITS = 12
const COUNTER_LIMIT = 1 << COUNTER_BITS

/**
 * Identifiers in the shape of UUID v7: 48 bits of time, a 12-bit counter within the millisecond, 62 random bits.
 * They sort in the order of issue even when many are issued in one millisecond or the clock steps back.
 */
export function createIds(now: () => number = Date.now): Ids {
  let time = 0
  let counter = 0
  return {
    next() {
      const current = now()
      if (current > time) {
        time = current
        counter = 0
      } else if (++counter === COUNTER_LIMIT) {
        time += 1
        counter = 0
      }
      return layOut(time, counter, randomBytes(8))
    },
  }
}

function layOut(time: number, counter: number, random: Buffer): string {
  random.writeUInt8((random.readUInt8(0) & 0x3f) | 0x80, 0)
  const stamp = time.toString(16).padStart(12, '0')
  const tail = random.toString('hex')
  return [stamp.slice(0, 8), stamp.slice(8), `7${counter.toString(16).padStart(3, '0')}`, tail.slice(0, 4), tail.slice(4)].join('-')
}
