/** No record, or no entity. */
export const NONE = -1

/** The entities that were ever issued, numbered in the order of issue, over the records as they are now. */
export interface EntityMap {
  /** For each entity the record it is named after; NONE where that record is gone. */
  anchor: Int32Array
  /** For each record the entity it belongs to; NONE for a new one. */
  member: Int32Array
}

export interface AssignedEntities extends EntityMap {
  /** For each entity the one that stands for it: itself, or the survivor of a merge; NONE where all its records are gone. */
  aliasOf: Int32Array
}

/**
 * Gives every cluster an entity that stays the same. An entity is anchored in the record it was named after, so where
 * clusters merge the earliest issued survives and the others become its aliases, and where they part again each is
 * itself again. A cluster in which nobody is anchored gets a new entity, named after its smallest record; new ones are
 * issued in the order of those.
 */
export function assignEntities(labels: Int32Array, prior: EntityMap): AssignedEntities {
  const anchor = adoptOrphans(labels, prior)
  const survivor = new Int32Array(labels.length).fill(NONE)
  anchor.forEach((record, entity) => {
    const label = record === NONE ? NONE : (labels[record] ?? NONE)
    // Ascending, so the first that comes was issued first.
    if (label !== NONE && survivor[label] === NONE) survivor[label] = entity
  })
  const issued: number[] = []
  labels.forEach((label, record) => {
    if (label !== record || survivor[record] !== NONE) return
    survivor[record] = anchor.length + issued.length
    issued.push(record)
  })
  const anchors = new Int32Array(anchor.length + issued.length)
  anchors.set(anchor)
  anchors.set(issued, anchor.length)
  return {
    anchor: anchors,
    member: labels.map((label) => survivor[label] ?? NONE),
    aliasOf: anchors.map((record) => (record === NONE ? NONE : (survivor[labels[record] ?? 0] ?? NONE))),
  }
}

/** An entity whose own record is gone goes on with the smallest record that it still has. */
function adoptOrphans(labels: Int32Array, { anchor, member }: EntityMap): Int32Array {
  const adopted = anchor.slice()
  for (let record = labels.length - 1; record >= 0; record -= 1) {
    const entity = member[record] ?? NONE
    if (entity !== NONE && anchor[entity] === NONE) adopted[entity] = record
  }
  return adopted
}
