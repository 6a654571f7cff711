import type { IdentityPerson } from '../../contract/shapes.ts'
import { type Command, text, textOf } from '../command.ts'
import { evidenceText, identityOf } from '../identity-words.ts'
import { counted, inOneLine, moment, table } from '../table.ts'
import { casesTable } from './identity-queue.ts'

/** All that is known of one person, by one of their records or by their id. */
export const identityPerson: Command = {
  path: ['identity', 'person'],
  words: ['record or id'],
  options: { identity: text('I') },
  summary: 'Show a person: their records in every system, what joined them, what was held back, what was decided.',
  async run({ engine, words, options }) {
    const [named = ''] = words
    const { caller } = await engine()
    // Only the reference of a record names a source.
    const asked = named.includes(':') ? { record: named } : { entity: named }
    const person = await caller.identity.person({ identity: await identityOf(caller, textOf(options, 'identity')), ...asked })
    return { json: person, text: personText(person) }
  },
}

function personText(person: IdentityPerson): string {
  const { label, entity, aliases, records } = person
  return [
    `${inOneLine(label)} (${entity}): ${counted(records.length, 'record', 'records')}.`,
    ...(aliases.length === 0 ? [] : [`Joined from: ${aliases.join(', ')}.`]),
    ...[recordsTable(person), systemsTable(person), linksTable(person), heldBackTable(person), decisionsTable(person)].flatMap((part) => (part === undefined ? [] : ['', part])),
  ].join('\n')
}

function recordsTable({ records }: IdentityPerson): string {
  return table(
    [{ title: 'Record', atMost: 48 }, { title: 'Name', atMost: 32 }, { title: 'Values', atMost: 120 }],
    records.map(({ reference, label, values }) => [reference, label, values.flatMap(({ column, value }) => (value === null ? [] : [`${column} ${value}`])).join(', ')]),
  )
}

function systemsTable({ systems }: IdentityPerson): string {
  return table(
    [{ title: 'System' }, { title: 'Records', align: 'right' }, { title: 'Found' }, { title: 'Chosen', atMost: 48 }],
    systems.map(({ name, records, state, survivor }) => [name, records.length, state, survivor]),
  )
}

function linksTable({ links }: IdentityPerson): string | undefined {
  if (links.length === 0) return undefined
  return table(
    [{ title: 'Joined by', atMost: 48 }, { title: 'Records', atMost: 72 }, { title: 'As both have', atMost: 48 }],
    links.map(({ rule, decision, records, evidence }) => [rule ?? `decision ${decision ?? ''}`, records.join(' '), rule === null ? undefined : evidenceText(evidence)]),
  )
}

function heldBackTable({ heldBack }: IdentityPerson): string | undefined {
  return heldBack.length === 0 ? undefined : `Held back:\n${casesTable(heldBack)}`
}

function decisionsTable({ decisions }: IdentityPerson): string | undefined {
  if (decisions.length === 0) return undefined
  return table(
    [{ title: 'Decision' }, { title: 'Kind' }, { title: 'Records', atMost: 72 }, { title: 'Reason', atMost: 48 }, { title: 'By' }, { title: 'At' }, { title: 'Stands' }],
    decisions.map(({ id, kind, column, parts, reason, by, at, ...decision }) => [id, column === undefined ? kind : `${kind}: ${column}`, parts.map((part) => part.join(' ')).join(' | '), reason, by, moment(at), standing(decision)]),
  )
}

function standing({ undone, overruled, settled }: Pick<IdentityPerson['decisions'][number], 'undone' | 'overruled' | 'settled'>): string {
  if (undone) return 'taken back'
  if (overruled) return 'overruled by a later one'
  return settled ? 'done' : 'yes'
}
