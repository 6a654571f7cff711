import { describe, expect, it } from 'vitest'
import { braze } from './braze/index.ts'
import type { DestinationField } from '../values/destination-field.ts'
import { hubspot } from './hubspot/index.ts'
import { zendesk } from './zendesk/index.ts'

function field(type: DestinationField['type'], more: Partial<DestinationField> = {}): DestinationField {
  return { name: 'field', label: 'Field', type, access: 'read and write', required: false, unique: false, ...more }
}

const tiers = { options: ['silver', 'gold'].map((value) => ({ value, label: value })) }

describe('a value in the form the API takes', () => {
  it.each([
    ['hubspot', hubspot, 's:Zoë', field('string'), 'Zoë'],
    ['hubspot', hubspot, 'n:12.5', field('number'), '12.5'],
    ['hubspot', hubspot, 'b:true', field('boolean'), 'true'],
    ['hubspot', hubspot, 'x:["s:gold","s:silver"]', field('set', tiers), 'gold;silver'],
    ['hubspot', hubspot, 'd:2026-03-29', field('instant', { precision: 3 }), '2026-03-29T00:00:00Z'],
    ['hubspot', hubspot, null, field('string'), ''],
    ['zendesk', zendesk, 'n:12.5', field('number'), 12.5],
    ['zendesk', zendesk, 'n:0.12345678901234567890123', field('number'), '0.12345678901234567890123'],
    ['zendesk', zendesk, 'b:false', field('boolean'), false],
    ['zendesk', zendesk, null, field('boolean'), false],
    ['zendesk', zendesk, null, field('string'), null],
    ['braze', braze, 'd:2026-03-29', field('instant', { precision: 3 }), '2026-03-29'],
    ['braze', braze, 't:2026-03-29T01:30:00Z', field('instant', { precision: 3 }), '2026-03-29T01:30:00Z'],
    ['braze', braze, 'x:["s:a","s:b"]', field('set', { maxItems: 2 }), ['a', 'b']],
    ['braze', braze, 's:de', field('string', { name: 'country' }), 'DE'],
    ['braze', braze, null, field('set'), null],
  ] as const)('%s %#', (_id, declaration, canonical, described, raw) => {
    const encoded = declaration.encode(described, canonical)
    expect(encoded).toEqual({ ok: true, raw })
  })

  it('settles: what is written reads back as the same comparable value', () => {
    const cases: [DestinationField, string][] = [
      [field('string', { folds: 'email' }), 's:Ada@Example.com'],
      [field('number'), 'n:-0.5'],
      [field('instant', { precision: 3 }), 't:2026-03-29T01:30:00.123456Z'],
      [field('date'), 'd:2026-03-29'],
      [field('set', tiers), 'x:["s:gold"]'],
    ]
    for (const { encode, decode } of [hubspot, zendesk, braze]) {
      for (const [described, canonical] of cases) {
        const once = encode(described, canonical)
        const comparable = once.ok ? decode(described, once.raw) : undefined
        const twice = comparable ? encode(described, comparable) : undefined
        expect(twice).toEqual(once)
      }
    }
  })
})

describe('a value the field does not take', () => {
  it.each([
    ['not in picklist', 's:diamond', field('string', tiers), '“diamond” is not in the list of Field: silver, gold.'],
    ['not in picklist', 'x:["s:gold","s:tin"]', field('set', tiers), '“tin” is not in the list of Field: silver, gold.'],
    ['value too long', 's:abcdef', field('string', { maxLength: 5 }), 'Field takes 5 characters; “abcdef” has 6.'],
    ['value too long', 'x:["s:a","s:b","s:c"]', field('set', { maxItems: 2 }), 'Field takes 2 entries; there are 3.'],
    ['value invalid', 's:many', field('number'), 'Field: “many” is not a number.'],
    ['value invalid', 'n:1.5', field('number', { precision: 0 }), 'Field takes whole numbers; “1.5” has more.'],
    ['value invalid', 'x:["s:a"]', field('string'), 'Field: “["s:a"]” is a list or a document, the field takes a single value.'],
  ] as const)('is refused as %s, in words', (reason, canonical, described, message) => {
    for (const { encode } of [hubspot, zendesk, braze]) expect(encode(described, canonical)).toEqual({ ok: false, reason, message })
  })

  it('is caught before Braze would drop it without a word', () => {
    expect(braze.encode(field('string', { name: 'phone', label: 'Phone' }), 's:0151 23')).toMatchObject({ ok: false, reason: 'value invalid' })
    expect(braze.encode(field('string', { name: 'country', label: 'Country' }), 's:Germany')).toMatchObject({ ok: false, reason: 'value invalid' })
    expect(braze.encode(field('number'), 'n:0.12345678901234567890123')).toMatchObject({ ok: false, reason: 'value invalid' })
  })

  it('is caught where HubSpot would take a part of it for another option', () => {
    expect(hubspot.encode(field('set'), 'x:["s:a;b"]')).toMatchObject({ ok: false, reason: 'value invalid' })
  })
})

describe('a value as read', () => {
  it.each([
    [hubspot, '1774742400000', field('date'), 'd:2026-03-29'],
    [hubspot, '2026-03-29T01:00:00.500Z', field('instant', { precision: 3 }), 't:2026-03-29T01:00:00.5Z'],
    [hubspot, '12.50', field('number'), 'n:12.5'],
    [hubspot, 'b;a', field('set'), 'x:["s:a","s:b"]'],
    [hubspot, '', field('string'), null],
    [zendesk, '2026-03-29T00:00:00+00:00', field('date'), 'd:2026-03-29'],
    [zendesk, [], field('set'), null],
    [braze, '2026-03-29', field('instant', { precision: 3 }), 't:2026-03-29T00:00:00Z'],
    [braze, 'not a date', field('instant', { precision: 3 }), 's:not a date'],
  ] as const)('%# becomes comparable', (declaration, raw, described, canonical) => {
    expect(declaration.decode(described, raw as never)).toBe(canonical)
  })
})
