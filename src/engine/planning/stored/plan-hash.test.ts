import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKeys } from './key-order.ts'
import { decisionHash, PlanHash, type SignedAnswer } from './plan-hash.ts'
import type { RecordChange } from '../../plans/plan-rows.ts'

const change: RecordChange = {
  ordinal: 0,
  key: 'C1',
  label: 'Ann',
  remoteId: '77',
  operation: 'update',
  preselected: true,
  fields: [
    {
      field: 'tier',
      class: 'update',
      case: 9,
      write: true,
      drift: false,
      firstContact: false,
      destroys: false,
      base: { known: true, value: 'silver', canonical: 's:silver', at: '2026-03-01T00:00:00Z' },
      warehouse: { b: 1, a: [2] },
      destination: 'silver',
      d: 'j:{"a":[2],"b":1}',
      a: 's:silver',
      editor: { kind: 'us', name: 'Lockstep' },
    },
  ],
}
const header = { activation: 'tiers', snapshot: 4 }

function hashOf(changes: RecordChange[], of: object = header): string {
  const hash = new PlanHash()
  for (const one of changes) hash.add(one)
  return hash.finish(of)
}

describe('plan hash', () => {
  it('does not depend on how objects happen to be ordered', () => {
    const [field] = change.fields
    const shuffled = Object.fromEntries(Object.entries({ ...change, fields: [{ ...field, warehouse: { a: [2], b: 1 } }] }).reverse()) as unknown as RecordChange
    expect(hashOf([shuffled], { snapshot: 4, activation: 'tiers' })).toBe(hashOf([change]))
    expect(hashOf([change])).toMatch(/^[0-9a-f]{64}$/)
  })

  const [field] = change.fields
  it.each([
    ['header', [change], { ...header, snapshot: 5 }],
    ['key', [{ ...change, key: 'C2' }], header],
    ['selection', [{ ...change, preselected: false }], header],
    ['value sent', [{ ...change, fields: [{ ...field, warehouse: 'gold' }] }], header],
    ['value found', [{ ...change, fields: [{ ...field, destination: null }] }], header],
    ['type of a value', [{ ...change, fields: [{ ...field, destination: ['silver'] }] }], header],
    ['base', [{ ...change, fields: [{ ...field, base: { known: false } }] }], header],
    ['editor', [{ ...change, fields: [{ ...field, editor: { kind: 'person', name: 'Lockstep' } }] }], header],
    ['number of changes', [change, { ...change, key: 'C2' }], header],
    ['none', [], header],
  ])('changes with the %s', (_name, changes, of) => {
    expect(hashOf(changes as RecordChange[], of)).not.toBe(hashOf([change]))
  })

  it('takes keys in order only', () => {
    expect(() => hashOf([{ ...change, key: 'b' }, { ...change, key: 'a' }])).toThrow('key order')
    expect(() => hashOf([change, change])).toThrow('key order')
  })
})

describe('decision hash', () => {
  const planHash = 'f'.repeat(64)
  const answers: SignedAnswer[] = [
    { record: 'C1', field: 'a', kind: 'warehouse' },
    { record: 'C1', field: 'b', kind: 'value', value: 'x', reason: 'agreed by phone' },
    { record: 'C2', field: 'a', kind: 'skip' },
  ]
  const selections = [{ record: 'C1', selected: true }]
  const signed = decisionHash(planHash, answers, selections)

  it.each([
    ['the plan', decisionHash('e'.repeat(64), answers, selections)],
    ['an answer', decisionHash(planHash, answers.with(2, { record: 'C2', field: 'a', kind: 'destination' }), selections)],
    ['a value', decisionHash(planHash, answers.with(1, { record: 'C1', field: 'b', kind: 'value', value: 'y', reason: 'agreed by phone' }), selections)],
    ['an expiry', decisionHash(planHash, answers.with(1, { ...answers[1], expiresAt: 1 } as SignedAnswer), selections)],
    ['fewer answers', decisionHash(planHash, answers.slice(1), selections)],
    ['a selection', decisionHash(planHash, answers, [{ record: 'C1', selected: false }])],
    ['no selection', decisionHash(planHash, answers, [])],
  ])('changes with %s', (_name, other) => {
    expect(other).not.toBe(signed)
  })

  it('is the same for the same decisions', () => {
    expect(decisionHash(planHash, answers.values(), new Set(selections))).toBe(signed)
  })

  it('takes answers and selections in order only', () => {
    expect(() => decisionHash(planHash, answers.toReversed(), [])).toThrow('in order')
    expect(() => decisionHash(planHash, [], [...selections, ...selections])).toThrow('in order')
  })
})

describe('key order', () => {
  it('is the order of UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        expect(Math.sign(compareKeys(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)))
      }),
    )
    expect(compareKeys('\uffee', '😀')).toBeLessThan(0)
  })
})
