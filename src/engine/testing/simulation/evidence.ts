import type { Fields } from './vendor.ts'
import type { Shown } from './vendor-api.ts'

interface Sight {
  /** When the answer arrived. */
  at: number
  /** The read showed what was true at this instant. */
  asOf: number
  /** Undefined: it showed that there is no such record. */
  fields: Fields | undefined
}

/** What the engine was shown by reads: the only ground on which it may call anything verified. */
export class Evidence {
  private readonly sights = new Map<string, Sight[]>()

  note(at: number, asOf: number, shown: Shown): void {
    for (const { kind, value, found } of shown.asked) {
      this.add(`${kind} ${value}`, { at, asOf, fields: found?.fields as Fields | undefined })
      if (kind === 'key' && found) this.add(`id ${found.id}`, { at, asOf, fields: found.fields as Fields })
    }
  }

  private add(name: string, sight: Sight): void {
    const sights = this.sights.get(name) ?? []
    sights.push(sight)
    this.sights.set(name, sights)
  }

  /** A read of the record (by id) that was true at or after `since` and showed these values; undefined: showed it gone. */
  showed(id: string, since: number, values: Fields | undefined): boolean {
    return (this.sights.get(`id ${id}`) ?? []).some((sight) => {
      if (sight.asOf < since) return false
      if (values === undefined || sight.fields === undefined) return values === undefined && sight.fields === undefined
      const { fields } = sight
      return Object.entries(values).every(([field, value]) => (fields[field] ?? null) === value)
    })
  }

  /** When the last read of any of these arrived. */
  lastLook(names: string[]): number {
    return Math.max(Number.NEGATIVE_INFINITY, ...names.map((name) => this.sights.get(name)?.at(-1)?.at ?? Number.NEGATIVE_INFINITY))
  }

  /** The latest instant of which the engine was shown this record or key, by a read that arrived since then. */
  knownUntil(names: string[], arrivedSince: number): number | undefined {
    const instants = names.flatMap((name) => (this.sights.get(name) ?? []).filter(({ at }) => at >= arrivedSince).map(({ asOf }) => asOf))
    return instants.length === 0 ? undefined : Math.max(...instants)
  }
}
