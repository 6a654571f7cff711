import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeyNormaliser } from '../../contract/definitions.ts'
import { normaliseMatchKey } from './match-key.ts'

describe('match keys', () => {
  it.each([
    ['exact', ' A-1 ', ' A-1 '],
    ['exact', 42, '42'],
    ['exact', '00042', '00042'],
    ['trimmed', ' A-1 ', 'A-1'],
    ['lower', ' A-1 ', 'a-1'],
    ['lower', 'ÅSA', 'åsa'],
    ['email', ' Ann.Lee+news@Gmail.com ', 'ann.lee+news@gmail.com'],
    ['email', 'Ann Lee <Ann@X.org>', 'ann@x.org'],
    ['email', '"Lee, Ann" <ann@x.org>', 'ann@x.org'],
    ['email', '<ann@x.org>', 'ann@x.org'],
    ['email', 'mailto:ann@x.org', 'ann@x.org'],
    ['email', "o'neil@x.co.uk", "o'neil@x.co.uk"],
    ['email', 'zoe\u0308@münchen.de', 'zoë@münchen.de'],
    ['email', 'ann@example.com', 'ann@example.com'],
    ['email', 'test@harbour.com', 'test@harbour.com'],
    ['digits', '+44 (20) 7946-0958', '442079460958'],
    ['digits', '０３１２', '0312'],
  ] as [KeyNormaliser, unknown, string][])('%s: %j is %j', (normaliser, value, key) => {
    expect(normaliseMatchKey(normaliser, value)).toEqual({ ok: true, key })
  })

  it.each([null, undefined, '', '  ', '\u00a0'])('%j is missing', (value) => {
    for (const normaliser of ['exact', 'trimmed', 'lower', 'email', 'digits'] as const) {
      expect(normaliseMatchKey(normaliser, value)).toMatchObject({ ok: false, cause: 'key missing' })
    }
  })

  it.each(['null', 'N/A', 'None', 'unknown', 'Anonymous', '0000000000', '-1', '0', '#N/A', ' n/a ', 'not available'])('%j never matches anybody', (value) => {
    for (const normaliser of ['exact', 'trimmed', 'lower', 'email', 'digits'] as const) {
      expect(normaliseMatchKey(normaliser, value)).toMatchObject({ ok: false, cause: 'key invalid', message: expect.stringContaining(value.trim()) })
    }
  })

  it.each([
    'test@test.com',
    'TEST@example.org',
    'noreply@shop.com',
    'no-reply@shop.com',
    'unknown@x.org',
    'null@x.org',
    'ann',
    'ann@',
    '@x.org',
    'ann@x',
    'ann@x.1',
    'ann@-x.org',
    'ann@x..org',
    'an n@x.org',
    '.ann@x.org',
    'a..n@x.org',
    'ann@x.org, bob@x.org',
    'ann@x.org;bob@x.org',
    'ann@bob@x.org',
    `${'a'.repeat(65)}@x.org`,
    'ann@x.org\u200b',
  ])('%j is no email key', (value) => {
    expect(normaliseMatchKey('email', value)).toMatchObject({ ok: false, cause: 'key invalid' })
  })

  it.each(['1111111111', '1234567890', '020 7946 ext 12', '+', '()'])('%j is no number key', (value) => {
    expect(normaliseMatchKey('digits', value)).toMatchObject({ ok: false, cause: 'key invalid' })
  })

  it('leaves a normalised key as it is', () => {
    const normalisers = fc.constantFrom('exact', 'trimmed', 'lower', 'email', 'digits') as fc.Arbitrary<KeyNormaliser>
    fc.assert(
      fc.property(normalisers, fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' })), (normaliser, value) => {
        const once = normaliseMatchKey(normaliser, value)
        if (once.ok) expect(normaliseMatchKey(normaliser, once.key)).toEqual(once)
      }),
    )
  })
})
