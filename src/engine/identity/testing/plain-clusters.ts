import type { TestCase } from './records.ts'

type Rule = TestCase['rules']['rules'][number]
interface Group {
  values: number[]
  members: number[]
}

/** The rules again, said as plainly as possible: sets of records, every pair looked at. */
export class Plain {
  private readonly entities: Set<number>[]
  private readonly one: TestCase

  constructor(one: TestCase) {
    this.one = one
    this.entities = one.records.map((_, record) => new Set([record]))
  }

  apply(rule: Rule): void {
    const before = new Map(this.entities.map((entity) => new Set(entity)).flatMap((entity) => [...entity].map((record) => [record, entity] as const)))
    const touched = (group: Group) => [...new Set(group.members.map((record) => before.get(record) ?? new Set<number>()))]
    const open = this.groups(rule).filter((group) => touched(group).length > 1 && !this.held(group, rule) && group.members.length <= rule.mostRecords)
    const fine = open.filter((group) => touched(group).length <= rule.mostEntities && !this.conflict(touched(group), rule))
    const chains = fine.map((group) => {
      const chain = new Set([group])
      for (let size = 0; size < chain.size; ) {
        size = chain.size
        const all = new Set([...chain].flatMap(touched))
        for (const other of fine) if (touched(other).some((entity) => all.has(entity))) chain.add(other)
      }
      return [...new Set([...chain].flatMap(touched))]
    })
    fine.forEach((group, at) => {
      if (!this.conflict(chains[at] ?? [], rule)) this.join(group.members)
    })
  }

  private groups({ keys }: Rule): Group[] {
    const groups = new Map<string, Group>()
    this.one.records.forEach((record, number) => {
      const tuples = keys.reduce<number[][]>((all, key) => all.flatMap((values) => (record[key] ?? []).map((value) => [...values, value])), [[]])
      for (const values of tuples) {
        const name = values.join(' ')
        groups.set(name, { values, members: [...(groups.get(name)?.members ?? []), number] })
      }
    })
    return [...groups.values()]
  }

  private held({ values }: Group, { keys }: Rule): boolean {
    return keys.some((key, at) => {
      const value = values[at] ?? -1
      const having = this.one.records.filter((record) => record[key]?.includes(value)).length
      return this.one.blocked[key]?.includes(value) === true || having > (this.one.mostRecords[key] ?? 99)
    })
  }

  private conflict(entities: readonly Set<number>[], rule: Rule): boolean {
    const values = (entity: Set<number>, key: number) => new Set([...entity].flatMap((record) => this.one.records[record]?.[key] ?? []))
    if (entities.reduce((sum, { size }) => sum + size, 0) > this.one.rules.largestEntity) return true
    if (this.one.rules.limits.some(({ key, most }) => new Set(entities.flatMap((entity) => [...values(entity, key)])).size > Math.max(most, ...entities.map((entity) => values(entity, key).size)))) return true
    return rule.unlessDifferent.some((key) => entities.some((entity) => entities.some((other) => values(entity, key).size > 0 && values(other, key).size > 0 && ![...values(entity, key)].some((value) => values(other, key).has(value)))))
  }

  /** For each record the smallest one of its entity. */
  labels(): number[] {
    return this.one.records.map((_, record) => Math.min(...(this.entities.find((entity) => entity.has(record)) ?? [])))
  }

  private join(members: readonly number[]): void {
    const whole = this.entities.filter((entity) => members.some((record) => entity.has(record)))
    for (const entity of whole) this.entities.splice(this.entities.indexOf(entity), 1)
    this.entities.push(new Set(whole.flatMap((entity) => [...entity])))
  }
}
