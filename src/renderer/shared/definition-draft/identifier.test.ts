import { describe, expect, it } from 'vitest'
import { identifier } from '../../../contract/definitions.ts'
import { identifierFrom } from './identifier.ts'

describe('a file name for a new definition', () => {
  it('comes from its name and is always allowed', () => {
    expect(identifierFrom('Gold & at risk', [])).toBe('gold-at-risk')
    expect(identifierFrom('Élise’s “Förderung” ', [])).toBe('elise-s-forderung')
    for (const name of ['', '日本', '---', 'x'.repeat(200)]) expect(identifier.safeParse(identifierFrom(name, [])).success).toBe(true)
  })

  it('never takes the place of another file', () => {
    expect(identifierFrom('Gold', ['gold', 'gold-2'])).toBe('gold-3')
  })
})
