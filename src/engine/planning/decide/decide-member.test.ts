import { describe, expect, it } from 'vitest'
import { fieldMapping } from '../../../contract/definitions.ts'
import type { Raw } from '../../../contract/states.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import { canonicalise, plainOf } from '../../values/canonical.ts'
import { compileMapping } from '../../values/mapping.ts'
import { classifyMember, decideLeaving, decideMember, type Membership, type MemberQuestion, type MemberVerdict } from './decide-member.ts'
import type { FieldInput } from './decide-record.ts'
import type { StickyAnswer } from '../../plans/plan-rows.ts'

const states: Membership[] = ['in', 'out', 'unknown']
const yesNo = [true, false]

const ask = (b: Membership, d: 'in' | 'out', a: Membership, more: Partial<MemberQuestion> = {}): MemberVerdict => classifyMember({ b, d, a, added: false, suppressed: false, sticky: false, ...more })

describe('semantics §3, members', () => {
  it.each<[string, Membership, 'in' | 'out', Membership, Partial<MemberQuestion>, MemberVerdict]>([
    ['in the audience and in the list', 'unknown', 'in', 'in', {}, 'in sync'],
    ['new in the audience', 'unknown', 'in', 'out', {}, 'add'],
    ['back in the audience after we had removed them', 'out', 'in', 'out', {}, 'add'],
    ['we added and now out', 'in', 'in', 'out', { added: true }, 'conflict'],
    ['put in by a person, agreed, and now out', 'in', 'in', 'out', {}, 'conflict'],
    ['we added, now out and unsubscribed', 'in', 'in', 'out', { added: true, suppressed: true }, 'suppressed'],
    ['never in the list and unsubscribed', 'unknown', 'in', 'out', { suppressed: true }, 'add'],
    ['taken out, and a person said to leave it', 'in', 'in', 'out', { sticky: true }, 'kept'],
    ['left the audience, added by us', 'in', 'out', 'in', { added: true }, 'remove'],
    ['left the audience, put in by a person', 'in', 'out', 'in', {}, 'keep'],
    ['left the audience, never agreed on', 'unknown', 'out', 'in', {}, 'keep'],
    ['removed by us, put back by a person', 'out', 'out', 'in', { added: true }, 'keep'],
    ['left the audience and out already', 'in', 'out', 'out', { added: true }, 'in sync'],
    ['unreadable, not sent yet', 'out', 'in', 'unknown', {}, 'add'],
    ['unreadable, never sent', 'unknown', 'in', 'unknown', {}, 'add'],
    ['unreadable, sent before', 'in', 'in', 'unknown', { added: true }, 'unverifiable'],
    ['unreadable, left the audience', 'in', 'out', 'unknown', { added: true }, 'remove'],
    ['unreadable, left the audience, not ours', 'in', 'out', 'unknown', {}, 'keep'],
    ['unreadable, taken out before', 'out', 'out', 'unknown', { added: true }, 'unverifiable'],
  ])('%s: b %s, d %s, a %s', (_case, b, d, a, more, verdict) => {
    expect(ask(b, d, a, more)).toBe(verdict)
  })

  it('has an answer for everything, removes only what we added, and re-adds nobody unasked', () => {
    for (const b of states) for (const d of ['in', 'out'] as const) for (const a of states) for (const added of yesNo) for (const suppressed of yesNo) for (const sticky of yesNo) {
      const verdict = ask(b, d, a, { added, suppressed, sticky })
      if (verdict === 'remove') expect({ d, added, b }).toEqual({ d: 'out', added: true, b: 'in' })
      if (verdict === 'add') expect(d === 'in' && b !== 'in' && a !== 'in').toBe(true)
      if (sticky || a === d) expect(['kept', 'in sync']).toContain(verdict)
    }
  })

  it('comes to rest after one write and its read-back, also when the destination takes it back', () => {
    for (const b of states) for (const a of states) for (const held of ['in', 'out'] as const) {
      if (ask(b, 'in', a) !== 'add') continue
      expect(['in sync', 'kept']).toContain(held === 'in' ? ask('in', 'in', 'in', { added: true }) : ask(b, 'in', 'out', { sticky: true }))
    }
  })
})

const text = {
  encode: (_field: DestinationField, canonical: string | null) => ({ ok: true as const, raw: plainOf(canonical) }),
  decode: (field: DestinationField, raw: Raw) => {
    const result = canonicalise(field.type, raw)
    return result.ok ? result.value : null
  },
}

function place({ b, a, sticky }: { b?: Raw; a: Raw; sticky?: StickyAnswer }): FieldInput {
  const compiled = compileMapping(fieldMapping.parse({ value: 'in', to: 'membership' }), undefined, { name: 'membership', label: 'Membership', type: 'string', access: 'read and write', required: false, unique: false }, text)
  return { compiled, authority: 'review', forwarded: compiled.forward(null), base: b === undefined ? { known: false } : { known: true, value: b, canonical: compiled.normalise(b) }, actual: a, ...(sticky ? { sticky } : {}) }
}

const matched = { state: 'matched' } as const
const decide = (field: FieldInput, more: Partial<Parameters<typeof decideMember>[0]> = {}) => decideMember({ match: matched, doNotSend: false, added: false, field, ...more })

describe('one person of the audience', () => {
  it('is added with the value that is sent, or agreed on where they are in', () => {
    expect(decide(place({ a: 'out' }))).toMatchObject({ operation: 'create', preselected: true, fields: [{ class: 'fill', write: true, warehouse: 'in', destination: 'out' }], agreed: [] })
    expect(decide(place({ a: 'in' }))).toMatchObject({ operation: 'unchanged', fields: [], agreed: [{ field: 'membership', value: 'in' }] })
    expect(decide(place({ b: 'in', a: 'in' })).agreed).toEqual([])
  })

  it('is asked about when somebody took them out, and left alone once answered', () => {
    expect(decide(place({ b: 'in', a: 'out' }), { added: true })).toMatchObject({ operation: 'update', added: true, fields: [{ class: 'conflict', drift: true, write: false }] })
    expect(decide(place({ b: 'in', a: 'out', sticky: { d: 's:in', a: 's:out', kind: 'keep' } }), { added: true })).toMatchObject({ operation: 'unchanged', added: false, fields: [{ class: 'kept' }] })
  })

  it('is blocked where there is nobody to add, who unsubscribed after being in, or who is not to be sent', () => {
    expect(decide(place({ a: null }), { match: { state: 'unmatched' } }).blocked?.cause).toBe('not there')
    expect(decide(place({ b: 'in', a: 'suppressed' }), { added: true }).blocked?.cause).toBe('suppressed')
    expect(decide(place({ a: 'out' }), { doNotSend: true }).blocked?.cause).toBe('do not send')
  })

  it('stays ours only while agreed and in', () => {
    expect(decide(place({ b: 'in', a: 'in' }), { added: true }).added).toBe(true)
    expect(decide(place({ b: 'out', a: 'in' }), { added: true }).added, 'put back by a person').toBe(false)
  })
})

describe('who left the audience', () => {
  it('is taken out only where we had put them in', () => {
    expect(decideLeaving(place({ b: 'in', a: 'in' }), true)).toMatchObject({ class: 'clear', write: true, warehouse: 'out', d: 's:out' })
    expect(decideLeaving(place({ b: 'in', a: 'in' }), false)).toBeUndefined()
    expect(decideLeaving(place({ b: 'out', a: 'in' }), true)).toBeUndefined()
    expect(decideLeaving(place({ b: 'in', a: 'out' }), true)).toBeUndefined()
  })
})
