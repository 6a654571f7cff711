import type { DefinitionKind } from '../../contract/definitions.ts'
import type { Names, WorkNames } from './names.ts'

/** Reads the data of an entry without trusting its shape. */
export interface Facts {
  text(name: string): string | undefined
  count(name: string): number
  /** The count with separators. */
  number(name: string): string
  /** "3 records", "1 record". */
  counted(name: string, one: string, many: string): string
  /** ": reason", where one was given. */
  reason(): string
  /** “Tier to CRM”: the activation of the plan or run that the entry is about. */
  activation(): string
  /** "HubSpot", or "the destination". */
  destination(): string
  /** “Sales CRM”, by the name it has now, else by its id. */
  named(kind: DefinitionKind, id: string | undefined): string
}

export interface Told {
  subject?: string
  data: Record<string, unknown>
}

export function factsOf({ data, subject }: Told, names: Names): Facts {
  const count = (name: string): number => (typeof data[name] === 'number' ? data[name] : 0)
  const text = (name: string): string | undefined => (typeof data[name] === 'string' && data[name] !== '' ? data[name] : undefined)
  const work = (): WorkNames | undefined => (subject === undefined ? undefined : names.work(subject))
  const named = (kind: DefinitionKind, id: string | undefined): string => (id === undefined ? '' : `“${names.definition(kind, id) ?? id}”`)
  return {
    text,
    count,
    number: (name) => count(name).toLocaleString('en-GB'),
    counted: (name, one, many) => `${count(name).toLocaleString('en-GB')} ${count(name) === 1 ? one : many}`,
    reason: () => (text('reason') ? `: ${text('reason')?.replace(/\.$/, '')}` : ''),
    activation: () => {
      const name = work()?.activation
      return name === undefined ? named('activation', text('activation')) || 'an activation' : `“${name}”`
    },
    destination: () => work()?.destination ?? 'the destination',
    named,
  }
}
