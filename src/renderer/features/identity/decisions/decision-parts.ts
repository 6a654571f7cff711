import type { RecordCard } from '../../../../contract/shapes.ts'

/** What a decision is about, as `identity.decide` takes it: parts of references. Everything here is pure. */

type Record = Pick<RecordCard, 'reference' | 'entity'>

const references = (records: readonly Record[]): string[] => records.map(({ reference }) => reference)

/** They are one person: one part. */
export function linkParts(records: readonly Record[]): string[][] {
  return [references(records)]
}

/** They are never one person: what is one already stays together, the rest is apart. Records of one person only are told apart one by one. */
export function apartParts(records: readonly Record[]): string[][] {
  const entities = new Map<string, string[]>()
  for (const { reference, entity } of records) entities.set(entity, [...(entities.get(entity) ?? []), reference])
  return entities.size > 1 ? [...entities.values()] : references(records).map((reference) => [reference])
}

/** A person falls into the chosen records and the others. Undefined while there is nothing on one side. */
export function splitParts(records: readonly Record[], chosen: ReadonlySet<string>): string[][] | undefined {
  const one = references(records).filter((reference) => chosen.has(reference))
  const other = references(records).filter((reference) => !chosen.has(reference))
  return one.length === 0 || other.length === 0 ? undefined : [one, other]
}

/** Of all these records in one system, one stands for the person. */
export function survivorParts(records: readonly Record[], survivor: string): string[][] {
  return [[survivor], references(records)]
}

/** How many people the records belong to as things stand. */
export function entityCount(records: readonly Record[]): number {
  return new Set(records.map(({ entity }) => entity)).size
}
