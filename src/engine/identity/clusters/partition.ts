/** Which records belong together. Records are numbers from 0; the smallest of an entity is its label. */
export class Partition {
  private readonly parent: Int32Array
  private readonly sizes: Int32Array
  /** The members of an entity as a ring: joining two rings is one swap. */
  private readonly next: Int32Array

  constructor(records: number) {
    this.parent = Int32Array.from({ length: records }, (_, record) => record)
    this.next = this.parent.slice()
    this.sizes = new Int32Array(records).fill(1)
  }

  labelOf(record: number): number {
    const { parent } = this
    let label = record
    while (parent[label] !== label) label = parent[label] ?? label
    // Shortens the way for everybody on it.
    for (let at = record; parent[at] !== label; ) {
      const up = parent[at] ?? label
      parent[at] = label
      at = up
    }
    return label
  }

  sizeOf(label: number): number {
    return this.sizes[label] ?? 0
  }

  /** Makes one entity of two; the smaller label stays. */
  join(one: number, other: number): void {
    const [first, second] = [this.labelOf(one), this.labelOf(other)]
    if (first === second) return
    const [label, joined] = first < second ? [first, second] : [second, first]
    this.parent[joined] = label
    this.sizes[label] = this.sizeOf(label) + this.sizeOf(joined)
    const after = this.next[label] ?? label
    this.next[label] = this.next[joined] ?? joined
    this.next[joined] = after
  }

  eachMember(label: number, visit: (record: number) => void): void {
    let record = label
    do {
      visit(record)
      record = this.next[record] ?? label
    } while (record !== label)
  }

  labels(): Int32Array {
    return Int32Array.from({ length: this.parent.length }, (_, record) => this.labelOf(record))
  }
}
