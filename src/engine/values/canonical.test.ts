import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ValueType } from '../../contract/definitions.ts'
import { canonicalise, plainOf, showCanonical } from './canonical.ts'
import vectors from './canonical-vectors.json' with { type: 'json' }

interface Vector {
  name: string
  type: string
  input: unknown
  trim?: boolean
  precision?: number
  canonical?: string | null
  fails?: boolean
}

describe('canonical form', () => {
  it.each(vectors as Vector[])('$type: $name', ({ type, input, trim, precision, canonical, fails }) => {
    const result = canonicalise(type as ValueType, input, { trim, precision })
    if (fails) expect(result).toEqual({ ok: false, message: expect.stringMatching(/\S/) })
    else expect(result).toEqual({ ok: true, value: canonical })
  })

  it('takes long integers of the warehouse exactly', () => {
    expect(canonicalise('number', 9007199254740993n)).toEqual({ ok: true, value: 'n:9007199254740993' })
  })

  it('gives -0 and 0 one form', () => {
    expect(canonicalise('number', -0)).toEqual({ ok: true, value: 'n:0' })
  })

  it('takes a Date as an instant', () => {
    expect(canonicalise('instant', new Date(1774746000123))).toEqual({ ok: true, value: 't:2026-03-29T01:00:00.123Z' })
  })

  it('names the value in its message, shortened', () => {
    const result = canonicalise('number', 'x'.repeat(200))
    expect(result).toEqual({ ok: false, message: `“${'x'.repeat(59)}…” is not a number` })
  })
})

describe('plain and shown values', () => {
  it.each([
    [null, null, 'no value'],
    ['s:Gold', 'Gold', 'Gold'],
    ['n:12.5', 12.5, '12.5'],
    ['n:900719925474099312', '900719925474099312', '900719925474099312'],
    ['b:false', false, 'false'],
    ['d:2026-03-29', '2026-03-29', '2026-03-29'],
    ['t:2026-03-29T01:00:00.5Z', '2026-03-29T01:00:00.5Z', '2026-03-29 01:00:00.5 UTC'],
    ['x:["n:1","s:a"]', [1, 'a'], '1, a'],
    ['l:["s:b",null]', ['b', null], 'b, no value'],
    ['j:{"a":1}', { a: 1 }, '{"a":1}'],
  ])('%s', (canonical, plain, shown) => {
    expect(plainOf(canonical)).toEqual(plain)
    expect(showCanonical(canonical)).toBe(shown)
  })
})

describe('properties', () => {
  const types: ValueType[] = ['string', 'number', 'boolean', 'date', 'instant', 'set', 'list', 'json']
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.bigInt(), fc.boolean(), fc.constant(null), fc.jsonValue(), fc.array(fc.string()))

  it('never throws, whatever comes in', () => {
    fc.assert(fc.property(fc.constantFrom(...types), anything, (type, input) => typeof canonicalise(type, input).ok === 'boolean'))
  })

  it('is stable: the plain value of a canonical one has that canonical form again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), anything, (type, input) => {
        const first = canonicalise(type, input)
        if (!first.ok || first.value === null) return true
        // JSON text would be parsed as JSON; a document that is itself text goes in as its JSON.
        const plain = type === 'json' ? first.value.slice(2) : plainOf(first.value)
        const again = canonicalise(type, plain)
        return again.ok && (again.value === first.value || type === 'set' || type === 'list')
      }),
    )
  })

  it('gives composed and decomposed text one form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(canonicalise('string', text.normalize('NFD'))).toEqual(canonicalise('string', text.normalize('NFC')))
      }),
    )
  })

  it('gives a decimal one form however it is written', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat({ max: 30 }), (digits, shift) => {
        const plain = canonicalise('number', digits)
        expect(canonicalise('number', `${digits}${'0'.repeat(shift)}e-${shift}`)).toEqual(plain)
        expect(canonicalise('number', `${digits}.${'0'.repeat(shift)}`)).toEqual(plain)
      }),
    )
  })

  it('does not depend on the order of a set', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (items) => {
        expect(canonicalise('set', [...items].reverse())).toEqual(canonicalise('set', items))
      }),
    )
  })
})
