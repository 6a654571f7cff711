import { describe, expect, it } from 'vitest'
import { activationDefinition, productDefinition, segmentDefinition } from '../../contract/definitions.ts'
import { parseDefinition } from './load-workspace.ts'
import { sameValue } from './same-value.ts'
import { editYaml } from './yaml-edit.ts'
import { readYaml } from './yaml-reader.ts'

function segment(value: string): unknown {
  const read = readYaml('segments/a.yaml', `name: A\nproduct: people\nfilter: { all: [{ column: code, operator: is, value: ${value} }] }\n`, segmentDefinition)
  return 'problems' in read ? read.problems : (read.yaml.value as { filter: { all: { value: unknown }[] } }).filter.all[0]?.value
}

describe('scalars without quotes', () => {
  it.each(['01234', '007', '1.10', '12345678901234567890', '0x10', '0o17', '1e3', '1.0', '+5', '.5', '-0', 'True', 'FALSE', '.inf', '.NaN', '2026-01-01', 'yes', 'no', 'on', '1_000', '12:30'])('%s is the text that stands there', (text) => {
    expect(segment(text)).toBe(text)
  })

  it.each([
    ['30', 30],
    ['0.6', 0.6],
    ['-7', -7],
    ['true', true],
    ["'30'", '30'],
    ['"~"', '~'],
    ["''", ''],
  ])('%s may be either, and loses nothing', (text, value) => {
    expect(segment(text)).toBe(value)
    expect(String(segment(text))).toBe(text.replaceAll(/['"]/g, ''))
  })

  it.each(['~', 'null', 'NULL'])('%s is refused: it could be no value, or that text', (text) => {
    expect(segment(text)).toEqual([expect.objectContaining({ code: 'definition-invalid', file: 'segments/a.yaml', line: 3, value: text, next: expect.stringContaining('quotes') })])
  })

  it('keeps both sides of a value map, fixed values, names of columns and what stands behind an alias', () => {
    const text = `name: 007
product: people
destination: { connection: crm, object: contacts }
match: { column: 2024, field: id }
fields:
  - { from: code, to: tier, values: { 007: 1.10, 7: &big 12345678901234567890, 1e3: True, yes: no } }
  - { value: 01234, to: branch }
  - { value: *big, to: other }
`
    const read = parseDefinition('activation', 'a', { path: 'activations/a.yaml', text, hash: '' })
    expect(read).toMatchObject({
      value: {
        name: '007',
        match: { column: '2024' },
        fields: [{ values: { '007': '1.10', '7': '12345678901234567890', '1e3': 'True', yes: 'no' } }, { value: '01234' }, { value: '12345678901234567890' }],
      },
    })
  })

  it('refuses a key that could be no value', () => {
    const read = readYaml('a.yaml', 'fields:\n  - { from: code, to: tier, values: { null: x } }\n', activationDefinition)
    expect(read).toMatchObject({ problems: [{ line: 2, field: 'fields.0.values.null', value: 'null', next: expect.stringContaining('""') }] })
  })

  it('takes numbers as numbers where nothing else may stand', () => {
    const read = readYaml('a.yaml', 'guards: { removalCount: 0x10, removalShare: 5e-2 }\n', activationDefinition)
    expect(read).toMatchObject({ yaml: { value: { guards: { removalCount: 16, removalShare: 0.05 } } } })
    expect(readYaml('p.yaml', 'key: 1\ncontract: [{ column: 01, type: string, nullable: false }]\n', productDefinition)).toMatchObject({ yaml: { value: { key: '1', contract: [{ column: '01', nullable: false }] } } })
  })

  it('saves a change beside them without touching them', () => {
    const text = `name: A # ours\nproduct: people\nfilter:\n  all:\n    - { column: code, operator: is, value: 007 } # a shop\n    - { column: code, operator: is one of, value: [1.10, 1e3] }\n`
    const read = (content: string) => (readYaml('s.yaml', content, segmentDefinition) as { yaml: { value: Record<string, unknown> } }).yaml.value
    const next = { ...read(text), name: 'B' }
    const saved = editYaml({ text, current: read(text), next, written: next }, (edited) => sameValue(read(edited), next))
    expect(saved).toBe(text.replace('name: A', 'name: B'))
  })

  it('saves a changed value map with the keys that stand there', () => {
    const text = 'name: a\nfields:\n  - from: code\n    to: tier\n    values:\n      007: x # shop\n      7: y\n'
    const read = (content: string) => (readYaml('a.yaml', content, activationDefinition) as { yaml: { value: { fields: { values: Record<string, unknown> }[] } } }).yaml.value
    const next = structuredClone(read(text))
    if (next.fields[0]) next.fields[0].values = { '007': 'z', '7': 'y', '010': 'w' }
    const saved = editYaml({ text, current: read(text), next, written: next }, (edited) => sameValue(read(edited), next))
    expect(saved).toContain('007: z # shop\n')
    expect(read(saved)).toEqual(next)
  })
})
