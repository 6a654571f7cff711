import type { DecisionKind } from '../../../../contract/shapes.ts'
import { AppError } from '../../../../contract/errors.ts'
import { resolveFacts } from '../../facts.ts'
import type { KeptDecision } from './decision-store.ts'
import type { KnownRecord } from '../queries/known-records.ts'
import { factsOf } from './stored-decisions.ts'
import type { StoredDecision } from './stored-decisions.ts'

/** What somebody wants to decide. */
export interface AskedDecision {
  kind: DecisionKind
  parts: string[][]
  column?: string
}

/** What a decision is checked against: all of it as things stand. */
export interface Standing {
  /** Records among all that this and earlier decisions name. */
  records: ReadonlyMap<string, KnownRecord>
  decisions: readonly KeptDecision[]
  /** Columns that the rules read. */
  columns: readonly string[]
  /** survivor: all records that the entity of the chosen one has in its source. */
  there: readonly string[]
}

/** Throws what is wrong with a decision, in words that say what to do instead. */
export function checkDecision(asked: AskedDecision, standing: Standing): void {
  checkRecords(asked.parts, standing, asked.kind === 'survivor')
  checkRepeated(asked, standing)
  switch (asked.kind) {
    case 'link':
      return checkLink(asked, standing)
    case 'split':
      return checkSplit(asked, standing)
    case 'never the same':
      return checkNever(asked, standing)
    case 'survivor':
      return checkSurvivor(asked, standing)
    case 'fix at source':
      return checkFix(asked, standing)
  }
}

/** Every record is there, and named once; the survivor's is named again among those it was chosen of. */
function checkRecords(parts: readonly (readonly string[])[], { records }: Standing, survivor: boolean): void {
  const seen = new Set<string>()
  for (const reference of survivor ? (parts[1] ?? []) : parts.flat()) {
    if (seen.has(reference)) throw refused(`The record '${reference}' is named twice.`, reference, 'Name every record once.')
    seen.add(reference)
  }
  const unknown = parts.flat().find((reference) => !records.has(reference))
  if (unknown !== undefined) {
    throw new AppError('not-found', `There is no record '${unknown}' in the sources of these rules.`, { field: 'parts', value: unknown, next: 'A record is named by its source and its id there, such as crm/contacts:42. If it is new, run the rules first.' })
  }
}

function checkRepeated({ kind, parts, column }: AskedDecision, { decisions }: Standing): void {
  const same = (one: string[][]): string => JSON.stringify(one.map((part) => [...part].sort()).sort())
  const before = decisions.find((decision) => decision.kind === kind && !decision.undone && !decision.overruled && decision.column === column && kind !== 'fix at source' && same(decision.parts) === same(parts))
  if (before) throw refused(`${wordsOf(before)} already.`, before.id, 'Nothing needs to be done.')
}

function checkLink({ kind, parts }: AskedDecision, standing: Standing): void {
  const [members = [], ...more] = parts
  if (more.length > 0 || members.length < 2) throw refused('A link is of two records or more, in one part.', members[0] ?? '', 'Name all records that are one person.')
  const inTheWay = contradicted({ kind, parts }, standing).find((decision) => decision.kind !== 'link')
  if (inTheWay) throw refused(`These records are kept apart: ${wordsOf(inTheWay)}.`, inTheWay.id, 'Take that decision back first, under Identity.', `lockstep identity undo ${inTheWay.id}`)
}

function checkSplit({ parts }: AskedDecision, { records }: Standing): void {
  if (parts.length < 2) throw refused('A split needs two parts or more.', parts[0]?.[0] ?? '', 'Say which records stay together, and which are somebody else.')
  const all = parts.flat()
  const entity = records.get(all[0] ?? '')?.entity
  const stranger = all.find((reference) => records.get(reference)?.entity !== entity)
  if (stranger !== undefined) throw refused(`'${stranger}' is not of the same person as '${all[0] ?? ''}' now, so there is nothing to split.`, stranger, 'Split records of one person; for records of several, use “never the same”.')
}

function checkNever({ parts }: AskedDecision, { records }: Standing): void {
  if (parts.length < 2) throw refused('“Never the same” needs two parts or more.', parts[0]?.[0] ?? '', 'Give each record a part of its own.')
  for (const part of parts) {
    const [first = ''] = part
    const stranger = part.find((reference) => records.get(reference)?.entity !== records.get(first)?.entity)
    if (stranger !== undefined) throw refused(`'${first}' and '${stranger}' stand in one part, but are two people now.`, stranger, 'Link them first, or give each a part of its own.')
  }
}

function checkSurvivor({ parts }: AskedDecision, { records, there }: Standing): void {
  const [[chosen = '', ...others] = [], among = [], ...more] = parts
  if (others.length > 0 || more.length > 0 || among.length < 2) throw refused('A survivor is one record, and the records it is chosen of.', chosen, 'Name the record that stands for the person, and all records of the person in that system.')
  if (!among.includes(chosen)) throw refused(`The record '${chosen}' is not among those it is chosen of.`, chosen, 'Choose one of them.')
  const place = records.get(chosen)
  for (const reference of among) {
    const record = records.get(reference)
    if (record?.source !== place?.source) throw refused(`'${reference}' and '${chosen}' are in two systems.`, reference, 'Choose one of several records of one system.')
    if (record?.entity !== place?.entity) throw refused(`'${reference}' and '${chosen}' are two people now.`, reference, 'Link them first, or leave it out.')
  }
  const missing = there.find((reference) => !among.includes(reference))
  if (missing !== undefined) throw refused(`'${missing}' is the same person in that system too.`, missing, 'Choose among all of them.')
}

function checkFix({ parts, column }: AskedDecision, { columns }: Standing): void {
  if (parts.length !== 1 || parts[0]?.length !== 1) throw refused('A value is corrected in one record.', parts.flat()[1] ?? '', 'Name the record that holds the wrong value.')
  if (column === undefined || !columns.includes(column)) {
    throw new AppError('bad-input', column === undefined ? 'Which value is wrong was not said.' : `The rules do not read '${column}'.`, { field: 'column', ...(column === undefined ? {} : { value: column }), next: `Name one of: ${columns.join(', ')}.` })
  }
}

/** Standing decisions that this one would contradict. */
function contradicted({ kind, parts }: AskedDecision, { records, decisions }: Standing): KeptDecision[] {
  const stored = decisions.map((decision): StoredDecision => ({ ...decision, undone: decision.undone !== undefined }))
  const overruled = (all: readonly StoredDecision[]): Set<string> => new Set(resolveFacts(factsOf(all), (reference) => records.get(reference)?.number).overruled)
  const before = overruled(stored)
  const after = overruled([...stored, { id: 'asked', seq: Number.MAX_SAFE_INTEGER, kind, parts, undone: false }])
  return decisions.filter(({ id }) => after.has(id) && !before.has(id))
}

const kindWords: Record<DecisionKind, string> = {
  link: 'they are one person',
  split: 'they are not one person',
  'never the same': 'they are never the same',
  survivor: 'one of them stands for the person',
  'fix at source': 'a value is to be corrected',
}

function wordsOf({ kind, by, at, reason }: KeptDecision): string {
  return `${by} decided on ${at.slice(0, 10)} that ${kindWords[kind]} (“${reason}”)`
}

function refused(message: string, value: string, next: string, command?: string): AppError {
  return new AppError('bad-input', message, { field: 'parts', value, next, ...(command === undefined ? {} : { command }) })
}
