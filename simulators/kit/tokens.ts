import { timingSafeEqual } from 'node:crypto'

/** Compares credentials without telling by its duration how much of them is right. */
export function sameToken(given: string | undefined, expected: string): boolean {
  const left = Buffer.from(given ?? '')
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}
