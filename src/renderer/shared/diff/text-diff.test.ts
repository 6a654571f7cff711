import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffText } from './text-diff.ts'

const side = (parts: ReturnType<typeof diffText>, without: 'old' | 'new') =>
  parts
    .filter((part) => part.kind !== without)
    .map((part) => part.text)
    .join('')

describe('inline difference of two texts', () => {
  it('marks only the words that differ', () => {
    expect(diffText('call after six', 'call after seven')).toEqual([
      { kind: 'same', text: 'call after ' },
      { kind: 'old', text: 'six' },
      { kind: 'new', text: 'seven' },
    ])
  })

  it('says equal and empty texts as they are', () => {
    expect(diffText('a b', 'a b')).toEqual([{ kind: 'same', text: 'a b' }])
    expect(diffText('', 'a')).toEqual([{ kind: 'new', text: 'a' }])
    expect(diffText('', '')).toEqual([])
  })

  it('holds both texts whole, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'bb', ' ', '\n', 'é')).map((list) => list.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffText(before, after)
        expect(side(parts, 'new')).toBe(before)
        expect(side(parts, 'old')).toBe(after)
      }),
    )
  })

  it('takes very long texts as a whole', () => {
    const long = 'word '.repeat(500)
    expect(diffText(long, `${long}x`).map((part) => part.kind)).toEqual(['old', 'new'])
  })
})
