import { describe, expect, test } from 'vitest'
import type { RowAnswer } from './destination.ts'
import { refusalOf } from './refusals.ts'
import { judgeAnswers } from './testimony.ts'
import type { SentRow } from './testimony.ts'

const creates: SentRow[] = [{ position: 0 }, { position: 1 }]
const updates: SentRow[] = [{ position: 0, id: 'a' }, { position: 1, id: 'b' }]
const done = (position: number, id?: string): RowAnswer => ({ position, outcome: 'delivered', id })
const refused = (position: number, kind: Parameters<typeof refusalOf>[0] = 'value-invalid'): RowAnswer => ({ position, outcome: 'rejected', refusal: refusalOf(kind, { system: 'CRM' }) })

const cases: [what: string, sent: SentRow[], said: RowAnswer[], means: (string | undefined)[]][] = [
  ['each row by itself', creates, [done(0, 'x'), refused(1)], ['delivered x', 'rejected']],
  ['an order of its own', updates, [done(1, 'b'), done(0, 'a')], ['delivered a', 'delivered b']],
  ['fewer rows', creates, [done(0, 'x')], ['delivered x', 'said nothing']],
  ['more rows', creates, [done(0, 'x'), done(1, 'y'), done(2, 'z'), refused(-1)], ['delivered x', 'delivered y']],
  ['one id for two new records', creates, [done(0, 'x'), done(1, 'x')], ['id twice', 'id twice']],
  ['two ids for one record', creates, [done(0, 'x'), done(0, 'y'), done(1, 'z')], ['id twice', 'delivered z']],
  ['the same of a row twice', creates, [done(0, 'x'), done(0, 'x'), done(1, 'y')], ['delivered x', 'delivered y']],
  ['no id of a new record', creates, [done(0), done(1)], ['delivered', 'delivered']],
  ['no id of a changed record', updates, [done(0), done(1, 'b')], ['no id', 'delivered b']],
  ['ids the wrong way round', updates, [done(0, 'b'), done(1, 'a')], ['another id', 'another id']],
  ['one id for two changed records', updates, [done(0, 'a'), done(1, 'a')], ['delivered a', 'another id']],
  ['the id of another row', creates, [done(0, 'linked'), done(1, 'y')], ['id of another', 'delivered y']],
  ['done and failed', updates, [done(0, 'a'), refused(0), done(1, 'b')], ['said both', 'delivered b']],
  ['failed and done', updates, [refused(0), done(0, 'a'), done(1, 'b')], ['said both', 'delivered b']],
  ['several reasons of one refusal', updates, [refused(0), refused(0, 'too-long'), done(1, 'b')], ['rejected', 'delivered b']],
  ['a limit in the middle', updates, [done(0, 'a'), refused(1, 'unfinished')], ['delivered a', 'may have arrived']],
  ['a new record that is there by now', creates, [refused(0, 'already-there'), done(1, 'y')], ['may have arrived', 'delivered y']],
  ['a changed record whose value another has', updates, [refused(0, 'already-there'), done(1, 'b')], ['rejected', 'delivered b']],
  ['nothing', creates, [], ['said nothing', 'said nothing']],
]

describe('an answer is testimony', () => {
  test.each(cases)('%s', (_what, sent, said, means) => {
    const judged = judgeAnswers(sent, said, (id) => id === 'linked')
    expect(judged.map((one) => (one.outcome === 'unknown' ? one.doubt : [one.outcome, ...(one.outcome === 'delivered' && one.id !== undefined ? [one.id] : [])].join(' ')))).toEqual(means)
  })
})
