import { describe, expect, it } from 'vitest'
import { fieldMapping, type Authority } from '../../../contract/definitions.ts'
import type { Raw } from '../../../contract/states.ts'
import type { Editor } from '../../destinations/destination.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import { canonicalise, plainOf } from '../../values/canonical.ts'
import { compileMapping } from '../../values/mapping.ts'
import { decideRecord, type FieldInput, type RecordInput, type RecordMatch } from './decide-record.ts'
import type { LastSynced, StickyAnswer } from '../../plans/plan-rows.ts'

const text = {
  encode: (_field: DestinationField, canonical: string | null) => ({ ok: true as const, raw: plainOf(canonical) }),
  decode: (field: DestinationField, raw: Raw) => {
    const result = canonicalise(field.type, raw)
    return result.ok ? result.value : null
  },
}

interface Sketch {
  name?: string
  b?: Raw
  d?: unknown
  a?: Raw
  authority?: Authority
  mapping?: object
  field?: Partial<DestinationField>
  override?: Raw
  sticky?: StickyAnswer
  editor?: Editor
  assumed?: boolean
}

/** One mapped field; `b` absent means unknown. */
function field({ name = 'tier', b, d = null, a = null, authority = 'review', mapping = {}, field: over = {}, override, sticky, editor, assumed }: Sketch): FieldInput {
  const compiled = compileMapping(
    fieldMapping.parse({ from: name, to: name, ...mapping }),
    { column: name, type: 'string', nullable: true },
    { name, label: name.charAt(0).toUpperCase() + name.slice(1), type: 'string', access: 'read and write', required: false, unique: false, ...over },
    text,
  )
  const base: LastSynced = b === undefined ? { known: false } : { known: true, value: b, canonical: compiled.normalise(b), ...(assumed === undefined ? {} : { assumed }) }
  return {
    compiled,
    authority,
    forwarded: compiled.forward(d),
    base,
    actual: a,
    ...(override === undefined ? {} : { override: { value: override } }),
    ...(sticky === undefined ? {} : { sticky }),
    ...(editor === undefined ? {} : { editor }),
  }
}

function decide(fields: FieldInput[], over: Partial<RecordInput> = {}) {
  return decideRecord({ match: { state: 'matched' }, mode: 'upsert', doNotSend: false, onlyWriter: false, fields, ...over })
}

const modes = ['upsert', 'insert only', 'update only', 'mirror'] as const
const person: Editor = { kind: 'person', name: 'A sales rep' }
const us: Editor = { kind: 'us', name: 'Lockstep' }
const invalid = { mapping: {}, field: { type: 'number' as const }, d: 'abc' }

describe('state × mode', () => {
  const states: [string, RecordMatch, Sketch][] = [
    ['matched', { state: 'matched' }, { b: 'silver', d: 'gold', a: 'silver' }],
    ['unmatched', { state: 'unmatched' }, { d: 'gold' }],
    ['ambiguous', { state: 'ambiguous', blocked: { cause: 'several matches', message: 'Two records.' } }, { d: 'gold' }],
    ['invalid key', { state: 'invalid', blocked: { cause: 'key invalid', message: 'Not a key.' } }, { d: 'gold' }],
    ['matched, invalid value', { state: 'matched' }, { ...invalid }],
    ['unmatched, invalid value', { state: 'unmatched' }, { ...invalid }],
  ]
  const table: Record<string, string[]> = {
    matched: ['update', 'unchanged', 'update', 'update'],
    unmatched: ['create', 'create', 'blocked(not there)', 'create'],
    ambiguous: Array<string>(4).fill('blocked(several matches)'),
    'invalid key': Array<string>(4).fill('blocked(key invalid)'),
    'matched, invalid value': Array<string>(4).fill('blocked(value invalid)'),
    'unmatched, invalid value': ['blocked(value invalid)', 'blocked(value invalid)', 'blocked(not there)', 'blocked(value invalid)'],
  }
  const cells = states.flatMap(([name, match, sketch]) => modes.map((mode, index) => ({ name, match, sketch, mode, expected: table[name]?.[index] })))

  it.each(cells)('$name, $mode: $expected', ({ match, sketch, mode, expected }) => {
    const { operation, blocked } = decide([field(sketch)], { match, mode })
    expect(blocked === undefined ? operation : `${operation}(${blocked.cause})`).toBe(expected)
  })

  it('classifies nothing in a matched record that is only to be inserted', () => {
    expect(decide([field({ b: 'silver', d: 'gold', a: 'silver' })], { mode: 'insert only' })).toMatchObject({ fields: [], agreed: [] })
  })
})

describe('matched records', () => {
  it('are unchanged when nothing would be sent, and list what is not in sync', () => {
    const decision = decide([
      field({ name: 'one', b: 'x', d: 'x', a: 'x' }),
      field({ name: 'two', b: 'x', d: null, a: 'x' }),
      field({ name: 'three', b: 'x', d: 'y', a: 'z', authority: 'destination' }),
      field({ name: 'four', b: 'x', d: 'x', a: 'z', authority: 'destination' }),
      field({ name: 'five', b: 'x', d: 'y', a: 'z', sticky: { d: 's:y', a: 's:z', kind: 'keep' } }),
    ])
    expect(decision).toMatchObject({ operation: 'unchanged', preselected: false })
    expect(decision.fields.map((change) => [change.field, change.class])).toEqual([
      ['two', 'left'],
      ['three', 'keep'],
      ['four', 'accept'],
      ['five', 'kept'],
    ])
  })

  it('list fields in sync when asked', () => {
    expect(decide([field({ b: 'x', d: 'x', a: 'x' })], { withInSync: true }).fields).toHaveLength(1)
  })

  it('are updates while a conflict waits for an answer', () => {
    expect(decide([field({ b: 'x', d: 'y', a: 'z' })])).toMatchObject({ operation: 'update', preselected: true, fields: [{ class: 'conflict', write: false, destroys: true }] })
  })

  it('carry the values that Review shows', () => {
    const [change] = decide([field({ b: 'x', d: 'y', a: 'z', editor: person })]).fields
    expect(change).toEqual({
      field: 'tier',
      class: 'conflict',
      case: 11,
      write: false,
      drift: false,
      firstContact: false,
      destroys: true,
      base: { known: true, value: 'x', canonical: 's:x' },
      warehouse: 'y',
      destination: 'z',
      d: 's:y',
      a: 's:z',
      editor: person,
    })
  })

  it('use the time of each side where the latest wins', () => {
    const moved = (at: string) => field({ b: 'x', d: 'y', a: 'z', authority: 'latest wins', editor: { ...us, at } })
    const over = { warehouseChangedAt: '2026-03-02T00:00:00Z' }
    expect(decide([moved('2026-03-01T00:00:00Z')], over).fields[0]?.class).toBe('overwrite')
    expect(decide([moved('2026-03-03T00:00:00Z')], over).fields[0]?.class).toBe('keep')
    expect(decide([moved('2026-03-01T00:00:00Z')]).fields[0]?.class).toBe('conflict')
  })

  it('leave fields alone that are for new records only, even when their value is wrong', () => {
    expect(decide([field({ ...invalid, mapping: { onlyOnCreate: true } }), field({ name: 'two', b: 'x', d: 'x', a: 'x' })])).toMatchObject({ operation: 'unchanged', fields: [] })
  })
})

describe('preselection', () => {
  const overwrite: Sketch = { b: 'x', d: 'y', a: 'z', authority: 'warehouse' }
  const repair: Sketch = { b: 'x', d: 'x', a: 'z', authority: 'warehouse' }
  const cleared: Sketch = { b: 'x', d: null, a: 'x', authority: 'warehouse', mapping: { clear: true } }

  it.each([
    ['an update', { b: 'x', d: 'y', a: 'x' }, undefined],
    ['a fill', { b: null, d: 'y', a: null }, undefined],
    ['an overwrite of a person’s value', { ...overwrite, editor: person }, 'Overwrites a person’s edit of Tier'],
    ['an overwrite of a value by nobody known', overwrite, 'Overwrites what may be a person’s edit of Tier'],
    ['an overwrite of an unknown editor’s value', { ...overwrite, editor: { kind: 'unknown', name: 'Import' } }, 'Overwrites what may be a person’s edit of Tier'],
    ['an overwrite of another system’s value', { ...overwrite, editor: { kind: 'other system', name: 'Import' } }, undefined],
    ['an overwrite of our own value', { ...overwrite, editor: us }, undefined],
    ['a repair of a person’s value', { ...repair, editor: person }, 'Overwrites a person’s edit of Tier'],
    ['a repair of our own value', { ...repair, editor: us }, undefined],
    ['a value a person emptied', { b: 'x', d: 'x', a: null, authority: 'warehouse', editor: person }, 'Overwrites a person’s edit of Tier'],
    ['a clear', { ...cleared, editor: us }, 'Clears Tier'],
    ['first contact', { d: 'y', a: 'z', authority: 'warehouse' }, 'Overwrites what may be a person’s edit of Tier'],
  ] as [string, Sketch, string | undefined][])('%s', (_name, sketch, hold) => {
    const decision = decide([field(sketch)])
    expect(decision.operation).toBe('update')
    expect(decision.preselected).toBe(hold === undefined)
    expect(decision.hold).toBe(hold)
  })

  it('does not count an unknown editor as a person where only we write, but a person still', () => {
    expect(decide([field(overwrite)], { onlyWriter: true }).preselected).toBe(true)
    expect(decide([field({ ...overwrite, editor: person })], { onlyWriter: true }).preselected).toBe(false)
    expect(decide([field(cleared)], { onlyWriter: true }).preselected).toBe(false)
  })

  it('names every reason', () => {
    expect(decide([field({ ...cleared, name: 'phone' }), field({ ...overwrite, editor: person }), field({ ...overwrite, name: 'band' })]).hold).toBe(
      'Clears Phone; overwrites a person’s edit of Tier; overwrites what may be a person’s edit of Band',
    )
  })
})

describe('observations', () => {
  it.each([
    ['never agreed', {}, true],
    ['agreed on something else', { b: 'old' }, true],
    ['only assumed', { b: 'x', assumed: true }, true],
    ['already agreed', { b: 'x' }, false],
    ['agreed under another spelling', { b: 'X', field: { folds: 'lower case' } }, true],
  ] as [string, Sketch, boolean][])('base %s', (_name, sketch, moves) => {
    expect(decide([field({ d: 'x', a: 'x', ...sketch })]).agreed).toEqual(moves ? [{ field: 'tier', value: 'x', canonical: 's:x' }] : [])
  })

  it('include that both are empty', () => {
    expect(decide([field({})]).agreed).toEqual([{ field: 'tier', value: null, canonical: null }])
  })
})

describe('blocked records', () => {
  const long: Sketch = { name: 'long', d: 'abcdef', field: { maxLength: 3 } }
  const listed: Sketch = { name: 'listed', d: 'x', field: { options: [{ value: 'y', label: 'Y' }] } }

  it('name the first cause in a fixed order, with field and value', () => {
    const { blocked } = decide([field(listed), field(long), field({ ...invalid, name: 'count' })])
    expect(blocked).toEqual({ cause: 'value invalid', field: 'count', message: 'Count: “abc” is not a number.', value: 'abc' })
    expect(decide([field(listed), field(long)]).blocked?.cause).toBe('value too long')
    expect(decide([field(listed)]).blocked?.cause).toBe('not in picklist')
  })

  it('go on without the field where the mapping says so', () => {
    const decision = decide([field({ ...invalid, name: 'count', mapping: { onInvalid: 'leave field' } }), field({ b: 'x', d: 'y', a: 'x' })])
    expect(decision).toMatchObject({ operation: 'update', fields: [{ field: 'tier' }], leftOut: [{ field: 'count', refusal: { cause: 'value invalid' } }] })
  })

  it('keep the cause found while matching', () => {
    const gone = { cause: 'gone', message: 'It was deleted.' } as const
    expect(decide([field({ d: 'x' })], { match: { state: 'matched', blocked: gone } }).blocked).toEqual(gone)
  })

  it('are not sent when the do-not-send condition holds, and that is said last', () => {
    expect(decide([field({ b: 'x', d: 'y', a: 'x' })], { doNotSend: true }).blocked?.cause).toBe('do not send')
    expect(decide([field({ b: 'x', d: 'x', a: 'x' })], { doNotSend: true }).blocked?.cause).toBe('do not send')
    expect(decide([field({ d: 'x' })], { doNotSend: true, match: { state: 'unmatched' } }).blocked?.cause).toBe('do not send')
    expect(decide([field({})], { doNotSend: true, mode: 'insert only' }).blocked?.cause).toBe('do not send')
    expect(decide([field({ ...invalid })], { doNotSend: true }).blocked?.cause).toBe('value invalid')
  })

  it('cannot have a required field emptied', () => {
    const required = { b: 'x', d: null, a: 'x', mapping: { clear: true }, field: { required: true } }
    expect(decide([field({ ...required, authority: 'warehouse' })]).blocked).toMatchObject({ cause: 'required missing', field: 'tier' })
    expect(decide([field(required)]).blocked?.cause).toBe('required missing')
    expect(decide([field({ ...required, authority: 'destination' })]).operation).toBe('unchanged')
  })
})

describe('new records', () => {
  const match = { state: 'unmatched' } as const

  it('take every value that is not empty', () => {
    const decision = decide([field({ d: 'gold', authority: 'destination' }), field({ name: 'phone' }), field({ name: 'since', d: '2026', mapping: { onlyOnCreate: true } })], { match })
    expect(decision).toMatchObject({ operation: 'create', preselected: true })
    expect(decision.fields.map((change) => [change.field, change.class, change.write, change.warehouse])).toEqual([
      ['tier', 'fill', true, 'gold'],
      ['since', 'fill', true, '2026'],
    ])
  })

  it('are blocked without a required value', () => {
    const required = { name: 'email', field: { required: true } }
    expect(decide([field(required)], { match }).blocked).toEqual({ cause: 'required missing', field: 'email', message: 'Email is required and would have no value.' })
    expect(decide([field({ ...required, ...invalid, field: { required: true, type: 'number' }, mapping: { onInvalid: 'leave field' } })], { match }).blocked?.cause).toBe('required missing')
    expect(decide([field({ ...required, override: 'a@x.org' })], { match }).operation).toBe('create')
  })
})

describe('overrides', () => {
  it('replace the warehouse value and outrank authority', () => {
    const decision = decide([field({ b: 'x', d: 'y', a: 'x', authority: 'destination', override: 'pinned' })])
    expect(decision.fields[0]).toMatchObject({ class: 'update', warehouse: 'pinned', d: 's:pinned' })
  })

  it('replace a value that would block', () => {
    expect(decide([field({ ...invalid, field: { type: 'number' }, a: null, override: 7 })]).fields[0]).toMatchObject({ class: 'fill', warehouse: 7 })
  })

  it('still wait for a selection where a person typed', () => {
    expect(decide([field({ b: 'x', d: 'y', a: 'z', override: 'pinned', editor: person })])).toMatchObject({ preselected: false, fields: [{ class: 'overwrite' }] })
  })

  it('may pin nothing', () => {
    expect(decide([field({ b: 'x', d: 'x', a: 'x', override: null })]).fields[0]).toMatchObject({ class: 'clear', d: null })
  })
})

describe('a key that the destination keeps', () => {
  const key = { name: 'external_id', field: { setOnce: true as const, label: 'External id' }, authority: 'warehouse' as const }

  it.each<[string, Sketch, object]>([
    ['blocks the record when it changes', { ...key, b: 'C1', d: 'C2', a: 'C1' }, { operation: 'blocked', blocked: { cause: 'key cannot change', field: 'external_id', value: 'C2' } }],
    ['blocks the record when it would be cleared', { ...key, b: 'C1', d: null, a: 'C1', mapping: { clear: true } }, { operation: 'blocked', blocked: { cause: 'key cannot change' } }],
    ['is filled where there is none', { ...key, d: 'C2', a: null }, { operation: 'update' }],
    ['blocks nothing that another authority leaves alone', { ...key, b: 'C1', d: 'C2', a: 'C1', authority: 'fill if empty' }, { operation: 'unchanged' }],
    ['blocks nothing that somebody decided to keep', { ...key, b: 'C1', d: 'C2', a: 'C1', sticky: { d: 's:C2', a: 's:C1', kind: 'keep' } }, { operation: 'unchanged' }],
  ])('%s', (_case, sketch, expected) => {
    expect(decide([field(sketch)])).toMatchObject(expected)
  })

  it('is sent with a new record', () => {
    expect(decide([field({ ...key, d: 'C2' })], { match: { state: 'unmatched' } })).toMatchObject({ operation: 'create' })
  })
})
