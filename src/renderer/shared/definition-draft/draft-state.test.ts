import { describe, expect, it } from 'vitest'
import type { DefinitionDocument } from '../../../contract/shapes.ts'
import { differences } from './differences.ts'
import type { Draft } from './draft-state.ts'
import { afterReading, draftOfFile, draftOfNew, isChanged, takeMine, takeTheirs } from './draft-state.ts'

interface Thing {
  name: string
  owner?: string
}

const file = (hash: string, value?: Thing): DefinitionDocument => ({
  kind: 'segment',
  id: 'gold',
  path: 'segments/gold.yaml',
  hash,
  text: '',
  problems: [],
  ...(value === undefined ? {} : { value }),
})

function opened(): Draft<Thing> {
  const draft = draftOfFile<Thing>(file('a', { name: 'Gold' }))
  if (draft === undefined) throw new Error('unreadable')
  return draft
}

describe('a definition that changes on disk while it is open', () => {
  it('is followed when nothing was edited here', () => {
    expect(afterReading(opened(), file('b', { name: 'Golden' }))?.value).toEqual({ name: 'Golden' })
  })

  it('does not touch my edits, and shows me both', () => {
    const edited = { ...opened(), value: { name: 'Mine' } }
    const after = afterReading(edited, file('b', { name: 'Theirs' }))
    expect(after?.value).toEqual({ name: 'Mine' })
    expect(after?.outside?.hash).toBe('b')
  })

  it('is settled by itself when both say the same', () => {
    const after = afterReading({ ...opened(), value: { name: 'Same' } }, file('b', { name: 'Same' }))
    expect(after).toMatchObject({ file: { hash: 'b' } })
    expect(after?.outside).toBeUndefined()
  })

  it('saves mine over theirs only after I chose so', () => {
    const after = afterReading({ ...opened(), value: { name: 'Mine' } }, file('b', { name: 'Theirs' }))
    if (after === undefined) throw new Error('lost')
    expect(takeMine(after)).toMatchObject({ value: { name: 'Mine' }, file: { hash: 'b' } })
    expect(isChanged(takeMine(after))).toBe(true)
    expect(takeTheirs(after)).toMatchObject({ value: { name: 'Theirs' }, file: { hash: 'b' } })
    expect(isChanged(takeTheirs(after))).toBe(false)
  })

  it('keeps what I see when the file can no longer be read', () => {
    expect(afterReading(opened(), file('b'))).toMatchObject({ value: { name: 'Gold' }, outside: { hash: 'b' } })
  })
})

describe('unsaved changes', () => {
  it('ignore the order of keys and keys without a value', () => {
    const draft = draftOfFile<Thing>(file('a', { name: 'Gold', owner: 'Ada' }))
    expect(draft && isChanged({ ...draft, value: { owner: 'Ada', name: 'Gold' } })).toBe(false)
    expect(draft && isChanged({ ...draft, sql: 'select 1' })).toBe(true)
    expect(isChanged(draftOfNew({ name: 'New' }))).toBe(true)
  })
})

describe('differences', () => {
  it('name the setting and both values', () => {
    expect(
      differences(
        { name: 'A', fields: [{ to: 'tier', authority: 'review' }, { to: 'phone', clear: true }], decisions: ['tier'] },
        { name: 'A', fields: [{ to: 'phone', clear: true }, { to: 'tier', authority: 'warehouse' }], decisions: ['tier', 'risk'] },
      ),
    ).toEqual([
      { where: 'fields › tier › authority', mine: 'review', theirs: 'warehouse' },
      { where: 'decisions', mine: 'tier', theirs: 'tier, risk' },
    ])
  })
})
