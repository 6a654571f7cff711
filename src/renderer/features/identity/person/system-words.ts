import type { IdentityPerson } from '../../../../contract/shapes.ts'
import { formatNumber, plural } from '../../../shared/format.ts'
import { RECORDS } from '../words/figure-words.ts'

type System = Pick<IdentityPerson['systems'][number], 'name' | 'state' | 'records' | 'survivor'>

/** "one record", "none", "2 records, nobody chose one". */
export function systemWords({ state, records, survivor }: System): string {
  if (records.length === 0) return state === 'ambiguous' ? 'held back: a person decides' : 'none'
  if (records.length === 1) return state === 'ambiguous' ? 'one record, held back' : 'one record'
  return survivor === undefined ? `${plural(records.length, RECORDS)}, nobody chose one` : `${plural(records.length, RECORDS)}, one chosen`
}

/** "3 of 4 systems have exactly one record of this person; Support desk: none". */
export function systemsSentence(systems: readonly System[]): string {
  const matched = systems.filter(({ state }) => state === 'matched').length
  const others = systems.filter(({ state }) => state !== 'matched').map((system) => `${system.name}: ${systemWords(system)}`)
  return [`${formatNumber(matched)} of ${plural(systems.length, { one: 'system has', many: 'systems have' })} exactly one record of this person`, ...others].join('; ')
}
