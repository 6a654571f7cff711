import { describe, expect, it } from 'vitest'
import { parseRules } from '../../read-rules.ts'
import { refusalWords } from './refusal-words.ts'

const { definition } = parseRules(
  'rules.yaml',
  `name: T
largestEntity: 12
keys:
  loyalty id: { strong: true, from: { column: loyalty } }
  device: { perEntity: 3, from: { column: device } }
  birth: { from: { column: dob, as: date } }
rules:
  - { name: device, keys: [device], unlessDifferent: [birth], mostEntities: 3 }
`,
)

describe('why a merge was held back', () => {
  it.each([
    ['strong keys differ', 0, 'Their loyalty id differs.'],
    ['strong keys differ', 1, 'Together they would have more than 3 values of device.'],
    ['values differ', 2, 'Their birth differs.'],
    ['blocked value', null, 'What they share is a value that joins nobody: it is blocked in the rules.'],
    ['too many records', null, 'What they share is on more records than one person has: 1,204 of these alone.'],
    ['too many agree', null, '1,204 records agree, and more than 200 are taken for a shared value.'],
    ['too many entities', null, 'More than 3 people share it, which this rule does not take for one.'],
    ['too large', null, 'Together they would have more than 12 records, the most that one person may have.'],
    ['kept apart by hand', null, 'Somebody decided that some of them are never the same; whose the others are is open.'],
  ] as const)('%s (%s)', (reason, key, words) => {
    expect(refusalWords({ rule: 0, reason, key, records: 1204 }, definition)).toBe(words)
  })
})
