import type { Facts } from './clusters/types.ts'

/**
 * What a person decided about records: those of one part are one entity, those of different parts never are. A link has
 * one part, a split says how an entity falls apart, and "never the same" only keeps parts from each other.
 */
export interface IdentityFact {
  id: string
  /** Later facts outrank earlier ones. */
  seq: number
  /** References of records. */
  parts: readonly (readonly string[])[]
  /** Nothing is said of the records of one part among each other. */
  onlyApart?: boolean
  undone?: boolean
}

export interface ResolvedFacts extends Required<Facts> {
  /** Facts that a later one contradicts; they have no effect while that stands. */
  overruled: string[]
}

/** Brings facts to record numbers: undone ones left out, later ones first, each whole or not at all. Records that are gone are passed over. */
export function resolveFacts(facts: readonly IdentityFact[], numberOf: (reference: string) => number | undefined): ResolvedFacts {
  const decided = new Decided()
  const resolved = { together: [] as [number, number][], apart: [] as [number, number][], overruled: [] as string[] }
  const latestFirst = facts.filter(({ undone }) => !undone).sort((one, other) => other.seq - one.seq)
  for (const { id, parts, onlyApart = false } of latestFirst) {
    const numbers = parts.map((part) => part.map(numberOf).filter((number) => number !== undefined)).filter((part) => part.length > 0)
    if (!decided.take(numbers, onlyApart)) resolved.overruled.push(id)
    else if (onlyApart) resolved.apart.push(...pairsAcross(numbers))
    else addPairs(numbers, resolved)
  }
  return resolved
}

function addPairs(parts: readonly (readonly number[])[], { together, apart }: { together: [number, number][]; apart: [number, number][] }): void {
  parts.forEach(([first, ...others], at) => {
    if (first === undefined) return
    for (const other of others) together.push([first, other])
    for (const [head] of parts.slice(at + 1)) if (head !== undefined) apart.push([first, head])
  })
}

/** Every two of different parts. */
function pairsAcross<Item>(parts: readonly (readonly Item[])[]): [Item, Item][] {
  return parts.flatMap((part, at) => part.flatMap((one) => parts.slice(at + 1).flatMap((far) => far.map((other): [Item, Item] => [one, other]))))
}

/** What the facts taken so far join and keep apart. */
class Decided {
  private readonly parent = new Map<number, number>()
  /** For each joined set the sets it is kept apart from. */
  private readonly apart = new Map<number, Set<number>>()

  /** Takes the parts of a fact, unless they contradict what was taken before. */
  take(parts: readonly (readonly number[])[], onlyApart: boolean): boolean {
    const sets = parts.map((part) => new Set(part.map((record) => this.find(record))))
    const owner = new Map<number, number>()
    for (const [at, heads] of sets.entries()) {
      for (const head of heads) {
        if ((owner.get(head) ?? at) !== at) return false
        owner.set(head, at)
        if (!onlyApart) for (const other of this.apart.get(head) ?? []) if (heads.has(other)) return false
      }
    }
    const heads = onlyApart ? sets.map((set) => [...set]) : sets.map((set) => [this.join([...set])])
    for (const [one, other] of pairsAcross(heads)) this.separate(one, other)
    return true
  }

  private find(record: number): number {
    let head = record
    for (let up = this.parent.get(head); up !== undefined; up = this.parent.get(head)) head = up
    if (head !== record) this.parent.set(record, head)
    return head
  }

  private join([head = -1, ...others]: number[]): number {
    for (const other of others) {
      this.parent.set(other, head)
      for (const far of this.apart.get(other) ?? []) {
        this.apart.get(far)?.delete(other)
        this.separate(head, far)
      }
      this.apart.delete(other)
    }
    return head
  }

  private separate(one: number, other: number): void {
    for (const [from, to] of [[one, other], [other, one]] as const) {
      const far = this.apart.get(from)
      if (far) far.add(to)
      else this.apart.set(from, new Set([to]))
    }
  }
}
