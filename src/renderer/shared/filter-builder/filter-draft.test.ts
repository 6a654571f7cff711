import { describe, expect, it } from 'vitest'
import type { FilterGroup } from '../../../contract/definitions.ts'
import { addPart, conditionsOf, countable, createIds, draftOf, levelOf, movePart, removePart, setCondition, setKind } from './filter-draft.ts'

const saved: FilterGroup = {
  all: [
    { column: 'tier', operator: 'is one of', value: ['gold', 'silver'] },
    { any: [{ column: 'country', operator: 'is', value: 'DE' }, { none: [{ column: 'email', operator: 'has no value' }] }] },
  ],
}

function open() {
  return draftOf(saved, createIds())
}

describe('a filter being edited', () => {
  it('comes back unchanged when nothing was edited', () => {
    expect(countable(open()).filter).toEqual(saved)
  })

  it('is counted without the parts that are not finished, and says where the others are', () => {
    const draft = open()
    const [first] = conditionsOf(draft)
    if (first === undefined) throw new Error('no condition')
    const { filter, positions, unfinished } = countable(setCondition(draft, first.id, { column: 'tier', operator: 'is one of', value: [] }))
    expect(filter).toEqual({ all: [saved.all[1]] })
    expect(unfinished).toEqual([first.id])
    expect(Object.values(positions)).toEqual(['0.0', '0.1.0', '0.1', '0'])
  })

  it('adds a condition right after the one in hand', () => {
    const draft = open()
    const first = conditionsOf(draft)[0]
    const next = addPart(draft, draft.id, { id: 'new', column: 'age', operator: 'at least', value: 18 }, first?.id)
    expect(next.parts[1]).toMatchObject({ id: 'new' })
    expect(next.parts).toHaveLength(3)
  })

  it('drops a group with its last condition', () => {
    let draft = open()
    for (const condition of conditionsOf(draft).slice(1)) draft = removePart(draft, condition.id)
    expect(countable(draft).filter).toEqual({ all: [saved.all[0]] })
    expect(draft.parts).toHaveLength(1)
  })

  it('moves a part and stops at the ends', () => {
    const draft = open()
    const id = draft.parts[1]?.id ?? ''
    expect(movePart(draft, id, -1).parts[0]?.id).toBe(id)
    expect(movePart(movePart(draft, id, -1), id, -1).parts[0]?.id).toBe(id)
    expect(movePart(draft, id, 1).parts[1]?.id).toBe(id)
  })

  it('changes how a group holds together and knows its level', () => {
    const draft = open()
    const inner = draft.parts[1]
    expect(countable(setKind(draft, draft.id, 'any')).filter).toHaveProperty('any')
    expect(levelOf(draft, inner?.id ?? '')).toBe(2)
    expect(levelOf(draft, conditionsOf(draft)[2]?.id ?? '')).toBe(4)
  })
})
