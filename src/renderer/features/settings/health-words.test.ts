import { expect, it } from 'vitest'
import { checkWords, inOrder, unwell } from './health-words.ts'

const checks = [
  { name: 'Definitions', state: 'healthy' as const, message: '12 files, no problem.' },
  { name: 'Data at rest', state: 'quiet' as const, message: 'Readable by you alone.' },
  { name: 'State', state: 'problem' as const, message: 'Damage was found.' },
  { name: 'Keychain', state: 'needs you' as const, message: 'No keychain.' },
]

it('what needs somebody comes first, and is counted', () => {
  expect(inOrder(checks).map((check) => check.name)).toEqual(['State', 'Keychain', 'Definitions', 'Data at rest'])
  expect(unwell(checks)).toHaveLength(2)
})

it('nothing is green that no read-back proved', () => {
  expect(Object.values(checkWords).map(({ meaning }) => meaning)).not.toContain('verified')
})
