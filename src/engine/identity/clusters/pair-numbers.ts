const EMPTY = -1

/** Numbers pairs of whole numbers in the order in which they are first seen. Open addressing over typed arrays: a million pairs cost 24 MiB. */
export class PairNumbers {
  size = 0
  private mask: number
  private slots: Int32Array
  private first: Int32Array
  private second: Int32Array

  constructor(expected: number) {
    let capacity = 16
    while (capacity < expected * 2) capacity *= 2
    this.mask = capacity - 1
    this.slots = new Int32Array(capacity).fill(EMPTY)
    this.first = new Int32Array(capacity / 2)
    this.second = new Int32Array(capacity / 2)
  }

  numberOf(one: number, other: number): number {
    for (let slot = mix(one, other) & this.mask; ; slot = (slot + 1) & this.mask) {
      const found = this.slots[slot] ?? EMPTY
      if (found === EMPTY) return this.add(slot, one, other)
      if (this.first[found] === one && this.second[found] === other) return found
    }
  }

  /** The pair that a number was given to. */
  pairOf(number: number): readonly [number, number] {
    return [this.first[number] ?? EMPTY, this.second[number] ?? EMPTY]
  }

  private add(slot: number, one: number, other: number): number {
    if (this.size === this.first.length) {
      this.grow()
      return this.numberOf(one, other)
    }
    const number = this.size
    this.size += 1
    this.slots[slot] = number
    this.first[number] = one
    this.second[number] = other
    return number
  }

  private grow(): void {
    const { first, second, size } = this
    const capacity = this.slots.length * 2
    this.mask = capacity - 1
    this.slots = new Int32Array(capacity).fill(EMPTY)
    this.first = new Int32Array(capacity / 2)
    this.second = new Int32Array(capacity / 2)
    this.first.set(first)
    this.second.set(second)
    for (let number = 0; number < size; number += 1) {
      let slot = mix(first[number] ?? 0, second[number] ?? 0) & this.mask
      while (this.slots[slot] !== EMPTY) slot = (slot + 1) & this.mask
      this.slots[slot] = number
    }
  }
}

/** Spreads both numbers over all bits (the finaliser of MurmurHash3). */
function mix(one: number, other: number): number {
  let hash = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca77)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
