import { describe, expect, it } from 'vitest'
import { fieldMapping, type ContractColumn, type ValueType } from '../../contract/definitions.ts'
import type { Raw } from '../../contract/states.ts'
import type { DestinationField } from './destination-field.ts'
import { canonicalise, plainOf } from './canonical.ts'
import { checkMapping } from './check-mapping.ts'
import { compileMapping } from './mapping.ts'

/** A destination that takes plain JSON, except that sets travel joined by semicolons and '' clears. */
const plain = {
  encode: (field: DestinationField, canonical: string | null) => {
    if (canonical === null) return { ok: true as const, raw: '' }
    if (canonical === 's:forbidden') return { ok: false as const, reason: 'value invalid' as const, message: `${field.label} refuses this word.` }
    const value = plainOf(canonical)
    return { ok: true as const, raw: Array.isArray(value) ? value.join(';') : value }
  },
  decode: (field: DestinationField, raw: Raw) => {
    const result = canonicalise(field.type, field.type === 'set' && typeof raw === 'string' ? raw.split(';') : raw, { precision: field.precision })
    return result.ok ? result.value : `s:${String(raw)}`
  },
}

function field(over: Partial<DestinationField> = {}): DestinationField {
  return { name: 'tier', label: 'Tier', type: 'string', access: 'read and write', required: false, unique: false, ...over }
}
function column(type: ValueType = 'string'): ContractColumn {
  return { column: 'tier', type, nullable: true }
}
function compile(mapping: object, type: ValueType, over: Partial<DestinationField> = {}) {
  const parsed = fieldMapping.parse({ to: 'tier', ...('value' in mapping ? {} : { from: 'tier' }), ...mapping })
  return compileMapping(parsed, parsed.from === undefined ? undefined : column(type), field(over), plain)
}
const options = [
  { value: 'gold', label: 'Gold' },
  { value: 'silver', label: 'Silver' },
]

describe('forward', () => {
  it('sends the value in the field’s form and compares what would be read back', () => {
    expect(compile({}, 'string').forward('Gold')).toEqual({ ok: true, canonical: 's:Gold', raw: 'Gold' })
    expect(compile({}, 'number').forward('012.50')).toEqual({ ok: true, canonical: 's:12.5', raw: '12.5' })
    expect(compile({}, 'string', { type: 'number' }).forward('012.50')).toEqual({ ok: true, canonical: 'n:12.5', raw: 12.5 })
    expect(compile({}, 'date', { type: 'instant' }).forward('2026-03-29')).toMatchObject({ canonical: 't:2026-03-29T00:00:00Z' })
    // A bare day is the same day over there, wherever the company is: a policy that renews on 2 June is not shown as 1 June.
    const summer = compileMapping(fieldMapping.parse({ from: 'tier', to: 'tier' }), column('date'), field({ type: 'instant' }), plain, 'Europe/London')
    expect(summer.forward('2027-06-02')).toMatchObject({ canonical: 't:2027-06-02T00:00:00Z' })
    expect(summer.inverse?.('2027-06-02T00:00:00Z')).toMatchObject({ value: 'd:2027-06-02' })
    expect(compile({}, 'instant', { type: 'date' }).forward('2026-03-29T23:30:00-02:00')).toMatchObject({ canonical: 'd:2026-03-30' })
    expect(compile({}, 'string', { type: 'set' }).forward('a')).toEqual({ ok: true, canonical: 'x:["s:a"]', raw: 'a' })
  })

  it('keeps 0 and false, and turns nothing into the form that clears', () => {
    expect(compile({}, 'number', { type: 'number' }).forward(0)).toEqual({ ok: true, canonical: 'n:0', raw: 0 })
    expect(compile({}, 'boolean', { type: 'boolean' }).forward(false)).toEqual({ ok: true, canonical: 'b:false', raw: false })
    expect(compile({}, 'string').forward(null)).toEqual({ ok: true, canonical: null, raw: '' })
    expect(compile({ trim: true }, 'string').forward('  ')).toEqual({ ok: true, canonical: null, raw: '' })
    expect(compile({ values: { '': 'none' } }, 'string').empty).toBe('')
  })

  it('trims only when the mapping says so', () => {
    expect(compile({}, 'string').forward(' a ')).toMatchObject({ raw: ' a ' })
    expect(compile({ trim: true }, 'string').forward(' a ')).toMatchObject({ raw: 'a' })
  })

  it('sends a constant for every row', () => {
    const { forward, lossy, inverse } = compile({ value: 'warehouse' }, 'string')
    expect(forward('whatever')).toEqual({ ok: true, canonical: 's:warehouse', raw: 'warehouse' })
    expect({ lossy, inverse }).toEqual({ lossy: false, inverse: undefined })
  })

  it('maps values, and a value without an entry is invalid unless it goes as it is', () => {
    const values = { '1': 'gold', '2': 'silver', '': 'silver' }
    const strict = compile({ values }, 'number')
    expect(strict.forward(1)).toMatchObject({ raw: 'gold' })
    expect(strict.forward(null)).toMatchObject({ raw: 'silver' })
    expect(strict.forward(3)).toEqual({ ok: false, cause: 'value invalid', message: 'Tier: “3” has no entry in the value map.', value: '3', unmapped: true })
    expect(compile({ values, otherwise: 'as it is' }, 'number').forward(3)).toMatchObject({ raw: '3' })
    expect(compile({ values }, 'number', { options }).forward(3)).toMatchObject({ cause: 'not in picklist' })
  })

  it('maps each item of a set', () => {
    const mapping = compile({ values: { a: 'gold', b: 'silver', c: '' } }, 'set', { type: 'set', options })
    expect(mapping.forward(['b', 'a', 'c'])).toEqual({ ok: true, canonical: 'x:["s:gold","s:silver"]', raw: 'gold;silver' })
    expect(mapping.forward(['z'])).toMatchObject({ ok: false, cause: 'not in picklist' })
  })

  it.each([
    ['a wrong type', 'string', { type: 'number' }, 'abc', 'value invalid', 'Tier: “abc” is not a number.'],
    ['a wrong type in the source', 'date', {}, '31.12.2026', 'value invalid', 'Tier: “31.12.2026” is not a date such as 2026-03-29.'],
    ['too long', 'string', { maxLength: 3 }, 'Gold', 'value too long', 'Tier takes 3 characters; “Gold” has 4.'],
    ['not offered', 'string', { options }, 'bronze', 'not in picklist', 'Tier does not offer “bronze”.'],
    ['refused by the destination’s encoder', 'string', {}, 'forbidden', 'value invalid', 'Tier refuses this word.'],
  ] as const)('blocks %s', (_name, type, over, value, cause, message) => {
    expect(compile({}, type, over as Partial<DestinationField>).forward(value)).toEqual({ ok: false, cause, message, value })
  })

  it('counts length in UTF-16 units, as destinations do', () => {
    expect(compile({}, 'string', { maxLength: 2 }).forward('😀')).toMatchObject({ ok: true })
    expect(compile({}, 'string', { maxLength: 1 }).forward('😀')).toMatchObject({ ok: false, cause: 'value too long' })
  })

  it('refuses types that can never fit', () => {
    expect(() => compile({}, 'boolean', { type: 'date' })).toThrow(expect.objectContaining({ code: 'type-mismatch' }))
    expect(() => compile({ values: { true: '2026-01-01' } }, 'boolean', { type: 'date' })).not.toThrow()
  })
})

describe('comparison', () => {
  it('folds both sides as the destination does', () => {
    const mapping = compile({}, 'string', { folds: 'email' })
    expect(mapping.forward('Ann@X.org')).toMatchObject({ canonical: 's:ann@x.org' })
    expect(mapping.normalise('ANN@x.org ')).toBe('s:ann@x.org')
  })

  it('settles where the destination keeps less', () => {
    const mapping = compile({}, 'instant', { type: 'instant', precision: 0 })
    expect(mapping.forward('2026-03-29T01:00:00.999Z')).toMatchObject({ canonical: mapping.normalise('2026-03-29T01:00:00Z') })
  })

  it('reads nothing as empty', () => {
    const mapping = compile({}, 'string')
    expect([mapping.normalise(null), mapping.normalise('')]).toEqual([null, null])
  })
})

describe('inverse and loss', () => {
  it.each([
    ['same type', {}, 'string', {}, false],
    ['number as text', {}, 'number', {}, false],
    ['text as number', {}, 'string', { type: 'number' }, true],
    ['instant as date', {}, 'instant', { type: 'date' }, true],
    ['a field that folds', {}, 'string', { folds: 'lower case' }, true],
    ['distinct map', { values: { a: 'gold', b: 'silver' } }, 'string', {}, false],
    ['two values with one image', { values: { a: 'gold', b: 'gold' } }, 'string', {}, true],
    ['map that lets its own images through', { values: { a: 'gold' }, otherwise: 'as it is' }, 'string', {}, true],
    ['swap that lets others through', { values: { a: 'b', b: 'a' }, otherwise: 'as it is' }, 'string', {}, false],
    ['map of nothing', { values: { '': 'gold', a: 'silver' } }, 'string', {}, true],
  ] as const)('%s', (_name, mapping, type, over, lossy) => {
    const compiled = compile(mapping, type, over as Partial<DestinationField>)
    expect(compiled.lossy).toBe(lossy)
    expect(compiled.inverse === undefined).toBe(lossy)
  })

  it('leads back to the warehouse value', () => {
    expect(compile({ values: { '1': 'gold', '2': 'silver' } }, 'number').inverse?.('silver')).toEqual({ ok: true, value: 'n:2' })
    expect(compile({ values: { a: 'b', b: 'a' }, otherwise: 'as it is' }, 'string').inverse?.('z')).toEqual({ ok: true, value: 's:z' })
    expect(compile({}, 'number').inverse?.('12.50')).toEqual({ ok: true, value: 'n:12.5' })
    expect(compile({ values: { '1': 'gold' } }, 'number').inverse?.('bronze')).toMatchObject({ ok: false })
    expect(compile({ values: { '1': 'gold' } }, 'number', { type: 'set' }).inverse?.('gold')).toEqual({ ok: true, value: 'n:1' })
  })
})

describe('version', () => {
  it('changes with what the mapping decides, not with anything else', () => {
    const base = compile({}, 'string').version
    expect(compile({}, 'string').version).toBe(base)
    expect(compile({ trim: true }, 'string').version).not.toBe(base)
    expect(compile({}, 'number').version).not.toBe(base)
    expect(compile({}, 'string', { maxLength: 5 }).version).not.toBe(base)
  })
})

describe('static checks', () => {
  function check(mapping: object, over: { type?: ValueType; field?: Partial<DestinationField> | null; samples?: unknown[]; noColumn?: boolean } = {}) {
    const parsed = fieldMapping.parse({ to: 'tier', ...('value' in mapping ? {} : { from: 'tier' }), ...mapping })
    return checkMapping({
      mapping: parsed,
      ...(over.noColumn || parsed.from === undefined ? {} : { column: column(over.type ?? 'string') }),
      ...(over.field === null ? {} : { field: field(over.field ?? {}) }),
      declaration: plain,
      ...(over.samples === undefined ? {} : { samples: over.samples }),
    }).map(({ severity, kind }) => `${severity}: ${kind}`)
  }

  it('does not say of a value that has no entry in the map that the field would not take it', () => {
    const options = ['DE', 'FR'].map((value) => ({ value, label: value }))
    const found = (values: Record<string, string> | undefined) =>
      checkMapping({ mapping: fieldMapping.parse({ from: 'tier', to: 'tier', ...(values ? { values } : {}) }), column: column('string'), field: field({ label: 'Country', options }), declaration: plain, samples: ['DE', 'IT'] }).map(({ message }) => message)
    expect(found({})).toEqual(['“DE”, “IT” have no entry in the value map of Country; their records are blocked.'])
    expect(found({ DE: 'DE' })).toEqual(['“IT” has no entry in the value map of Country; their records are blocked.'])
    expect(found(undefined)).toEqual(['Country does not take “IT”; their records are blocked.'])
  })

  it.each([
    ['nothing to say', {}, {}, []],
    ['unknown field', {}, { field: null }, ['error: unknown field']],
    ['unknown column', {}, { noColumn: true }, ['error: unknown column']],
    ['read only', {}, { field: { access: 'read only' } }, ['error: read only']],
    ['computed', {}, { field: { access: 'computed' } }, ['error: read only']],
    ['not convertible', {}, { type: 'boolean', field: { type: 'date' } }, ['error: not convertible']],
    ['constant of a wrong type', { value: 'abc' }, { field: { type: 'number' } }, ['error: value not taken']],
    ['constant not offered', { value: 'bronze' }, { field: { options } }, ['error: value not taken']],
    ['image not offered', { values: { a: 'bronze', b: 'gold' } }, { field: { options } }, ['error: value not taken']],
    ['required and cleared', { clear: true }, { field: { required: true } }, ['error: cannot be empty']],
    ['samples not offered', {}, { field: { options }, samples: ['gold', 'bronze', null] }, ['warning: values uncovered']],
    ['samples without an entry', { values: { a: 'gold' } }, { samples: ['a', 'z'] }, ['warning: values uncovered']],
    ['samples of a wrong length', {}, { field: { maxLength: 2 }, samples: ['gold'] }, ['warning: value not taken']],
    ['lossy', {}, { field: { type: 'number' } }, ['warning: lossy']],
  ] as const)('%s', (_name, mapping, over, findings) => {
    expect(check(mapping, over as Parameters<typeof check>[1])).toEqual(findings)
  })
})
