import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Raw } from '../../contract/states.ts'
import { growingSha256, keyedSha256, sha256Hex } from './hash.ts'
import { canonicalJson, parseRaw, rawText } from './json.ts'

describe('canonical JSON', () => {
  it('writes the example of RFC 8785', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts keys by UTF-16 unit, as the RFC example does', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toEqual([4, 2, 6, 7, 1, 5, 3])
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
  })

  it('is the same whatever order the members had', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).reverse().map(([name, inner]) => [name, turned(inner)]))
    }
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]))
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(sorted(value))).toBe(canonicalJson(value))
        expect(canonicalJson(turned(sorted(value)))).toBe(canonicalJson(value))
      }),
    )
    expect(canonicalJson({ a: { c: 1, d: { '10': 1, '9': 2 } }, b: new Date(0) })).toBe('{"a":{"c":1,"d":{"10":1,"9":2}},"b":{}}')
  })

  it('leaves undefined members out and refuses what JSON cannot hold', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError)
    expect(() => canonicalJson(1n)).toThrow(TypeError)
    expect(() => canonicalJson(['\ud800'])).toThrow(TypeError)
  })
})

describe('raw text', () => {
  it('comes back as it was, and equal values have equal text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = rawText(value as Raw)
        expect(parseRaw(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(rawText(parseRaw(text))).toBe(text)
      }),
    )
  })

  it('keeps half a surrogate pair of a destination', () => {
    expect(parseRaw(rawText('a\ud800'))).toBe('a\ud800')
    expect(parseRaw(null)).toBeNull()
  })
})

describe('hashes', () => {
  it('agree with the published vectors', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    const keyed = keyedSha256('Jefe')
    // The same key again and again, whatever it hashed before.
    keyed('a longer text of somebody else'.repeat(100))
    expect(keyed('what do ya want for nothing?')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
    expect(keyedSha256('k'.repeat(64))('Zoë 🙂')).toBe(createHmac('sha256', 'k'.repeat(64)).update('Zoë 🙂').digest('hex'))
    expect(keyedSha256('k'.repeat(200))('')).toBe(createHmac('sha256', 'k'.repeat(200)).update('').digest('hex'))
  })

  it('are the same when fed piece by piece', () => {
    const growing = growingSha256()
    growing.add('a')
    growing.add('bc')
    expect(growing.digest()).toBe(sha256Hex('abc'))
  })
})
