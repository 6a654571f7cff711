import { expect, it } from 'vitest'
import { counted, pairs, shownValue, table } from './table.ts'

it('aligns columns, numbers to the right, and cuts what is too long', () => {
  expect(table([{ title: 'Name', atMost: 6 }, { title: 'Rows', align: 'right' }], [['Zoë', 3410], ['Constantin', 7], [undefined, undefined]])).toBe(
    ['Name     Rows', 'Zoë     3,410', 'Const…      7', '–           –'].join('\n'),
  )
})

it('aligns by the places that a terminal gives each letter', () => {
  // Two places each for the Chinese letters and the flag; none for the accent that stands apart.
  expect(table([{ title: 'Name', atMost: 6 }, { title: 'Tier' }], [['王小明', 'a'], ['Zoe\u0308', 'b'], ['🇩🇪 Ada', 'c'], ['王小明明', 'd']])).toBe(
    ['Name    Tier', '王小明  a', 'Zoe\u0308     b', '🇩🇪 Ada  c', '王小…   d'].join('\n'),
  )
})

it('lets no value steer the terminal', () => {
  expect(table([{ title: 'Value' }], [['a\u001b[2Jb\nc']])).toBe('Value\na [2Jb c')
})

it('shows values, pairs and counts as a person reads them', () => {
  expect([null, 'gold', true, 3, ['a']].map(shownValue)).toEqual(['–', 'gold', 'true', '3', '["a"]'])
  expect(pairs([['Create', '1'], ['Gone', undefined], ['Up', '22']])).toBe('  Create  1\n  Up      22')
  expect(counted(1, 'record', 'records')).toBe('1 record')
  expect(counted(1200, 'record', 'records')).toBe('1,200 records')
})
