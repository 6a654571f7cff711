/** What an entry tells in words; every part of `data` may be missing in an entry of an older version. */
export type Words = (data: Facts, subject: string | undefined) => string

/** Reads the data of an entry without trusting its shape. */
export interface Facts {
  text(name: string): string | undefined
  count(name: string): number
  /** The count with separators. */
  number(name: string): string
  /** "3 records", "1 record". */
  counted(name: string, one: string, many: string): string
}

const withReason = (facts: Facts): string => (facts.text('reason') ? `: ${facts.text('reason')}` : '')
const scopeWords = (facts: Facts): string => (facts.text('scope') === 'all' ? 'everything' : (facts.text('scope') ?? 'an activation').replace(':', ' '))
const plan = (subject: string | undefined): string => `plan ${(subject ?? '').slice(0, 8)}`
const run = (subject: string | undefined): string => `run ${(subject ?? '').slice(0, 8)}`
const activation = (facts: Facts): string => (facts.text('activation') ? ` of ${facts.text('activation')}` : '')

const takeWords: Record<string, string> = {
  warehouse: 'take the warehouse value',
  destination: 'keep the destination value',
  value: 'take a value of their own',
  skip: 'skip for now',
}

/** Every act that is recorded, with its sentence. The actor is shown beside it. */
export const auditKinds = {
  'workspace created': (facts) => `Created the workspace${facts.text('name') ? ` ${facts.text('name')}` : ''}.`,
  'workspace opened': (facts) => `Opened the workspace${facts.text('version') ? ` with Lockstep ${facts.text('version')}` : ''}.`,
  'workspace backed up': () => 'Backed up the state of the workspace.',
  'workspace restored': (facts) =>
    `Put a backup in the place of the workspace’s state${facts.count('replacedEntries') > 0 ? `, which had ${facts.counted('replacedEntries', 'audit entry', 'audit entries')}` : ''}. Nothing that the destinations hold counts as known until it is read again.`,
  'definition saved': (facts, subject) => `Saved ${facts.text('kind') ?? 'definition'} ${subject ?? ''}.`,
  'definition removed': (facts, subject) => `Removed ${facts.text('kind') ?? 'definition'} ${subject ?? ''}.`,
  'secret set': (facts, subject) => `Set the secret ${facts.text('field') ?? ''} of connection ${subject ?? ''}.`,
  'plan stored': (facts, subject) =>
    `Stored ${plan(subject)}${activation(facts)}: create ${facts.number('create')}, update ${facts.number('update')}, remove ${facts.number('remove')}, conflicts ${facts.number('conflicts')}.`,
  'guard lifted': (facts, subject) => `Lifted the guard ${facts.text('guard') ?? ''} for ${plan(subject)}${withReason(facts)}.`,
  'conflicts answered': (facts) =>
    `Answered ${facts.counted('fields', 'conflict', 'conflicts')} in ${facts.counted('records', 'record', 'records')}: ${takeWords[facts.text('take') ?? ''] ?? facts.text('take') ?? ''}${facts.text('policy') ? `, by policy ${facts.text('policy')}` : ''}.`,
  'answers taken back': (facts) => `Took back ${facts.counted('fields', 'answer', 'answers')}.`,
  'rows selected': (facts) => `Selected ${facts.counted('records', 'record', 'records')} that ${facts.count('records') === 1 ? 'was' : 'were'} not preselected.`,
  'rows unselected': (facts) => `Left out ${facts.counted('records', 'record', 'records')}.`,
  'policy saved': (facts, subject) => `Saved the policy ${facts.text('name') ?? subject ?? ''}.`,
  'value pinned': (facts) => `Pinned ${facts.counted('fields', 'value', 'values')}${facts.text('field') ? ` of ${facts.text('field')}` : ''}${withReason(facts)}.`,
  'plan approved': (facts, subject) => `Approved ${plan(subject)}${activation(facts)}: ${facts.counted('willSend', 'record', 'records')} to send.`,
  'run started': (facts, subject) => `Started ${run(subject)}${activation(facts)}: ${facts.counted('planned', 'planned record', 'planned records')}.`,
  batch: (facts, subject) => `Batch ${facts.number('batch')} of ${run(subject)}: ${outcomeWords(facts)}.`,
  'run paused': (facts, subject) => `Paused ${run(subject)}${withReason(facts)}.`,
  'run resumed': (_facts, subject) => `Resumed ${run(subject)}.`,
  'run cancelled': (_facts, subject) => `Cancelled ${run(subject)}.`,
  'unknown rows settled': (facts, subject) =>
    `Said of ${facts.counted('rows', 'record', 'records')} of ${run(subject)} whose answer was lost: ${facts.text('as') === 'delivered' ? 'delivered' : 'not delivered'}${withReason(facts)}.`,
  'run finished': (facts, subject) => `${facts.text('state') === 'done' ? 'Finished' : 'Ended'} ${run(subject)}${activation(facts)}: ${outcomeWords(facts)}${facts.text('reason') ? `; ${facts.text('reason')}` : ''}.`,
  paused: (facts) => `Paused ${scopeWords(facts)}${withReason(facts)}.`,
  resumed: (facts) => `Resumed ${scopeWords(facts)}.`,
  'rows exported': (facts, subject) => `Exported ${facts.counted('rows', 'row', 'rows')} of ${subject ?? ''}.`,
  'audit exported': (facts) => `Exported ${facts.counted('entries', 'audit entry', 'audit entries')}.`,
} satisfies Record<string, Words>

export type AuditKind = keyof typeof auditKinds

function outcomeWords(facts: Facts): string {
  const parts = ['delivered', 'accepted', 'rejected', 'skipped', 'quarantined', 'unknown', 'verified', 'overridden', 'unverifiable']
    .filter((name) => facts.count(name) > 0)
    .map((name) => `${name} ${facts.number(name)}`)
  return parts.length === 0 ? 'nothing was sent' : parts.join(', ')
}

/** The sentence of an entry; kinds of a newer version are shown by their name. */
export function auditWords(entry: { kind: string; subject?: string; data: Record<string, unknown> }): string {
  const words: Words | undefined = Object.hasOwn(auditKinds, entry.kind) ? auditKinds[entry.kind as AuditKind] : undefined
  return words ? words(factsOf(entry.data), entry.subject) : `${entry.kind}.`
}

function factsOf(data: Record<string, unknown>): Facts {
  const count = (name: string): number => (typeof data[name] === 'number' ? data[name] : 0)
  return {
    text: (name) => (typeof data[name] === 'string' && data[name] !== '' ? data[name] : undefined),
    count,
    number: (name) => count(name).toLocaleString('en-US'),
    counted: (name, one, many) => `${count(name).toLocaleString('en-US')} ${count(name) === 1 ? one : many}`,
  }
}
