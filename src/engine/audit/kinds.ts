import type { DefinitionKind } from '../../contract/definitions.ts'
import type { RowState, Verification } from '../../contract/states.ts'
import { factsOf } from './facts.ts'
import type { Facts, Told } from './facts.ts'
import { noNames } from './names.ts'
import type { Names } from './names.ts'

/** What an entry tells in words; every part of `data` may be missing in an entry of an older version. */
export type Words = (facts: Facts, subject: string | undefined) => string

const takeWords: Record<string, string> = {
  warehouse: 'take the warehouse value',
  destination: 'keep the destination’s value',
  value: 'take a value of their own',
  skip: 'skip for now',
}

const records = (facts: Facts, name: string): string => facts.counted(name, 'record', 'records')
const kindOf = (facts: Facts): DefinitionKind => (facts.text('kind') ?? 'activation') as DefinitionKind

/** Every act that is recorded, with its sentence. The actor is shown beside it. */
export const auditKinds = {
  'workspace created': (facts) => `Created the workspace${facts.text('name') ? ` “${facts.text('name')}”` : ''}.`,
  'workspace opened': (facts) => `Opened the workspace${facts.text('version') ? ` with Lockstep ${facts.text('version')}` : ''}.`,
  'workspace trusted': (facts) => `Trusted the folder${facts.text('reach') === 'this computer' ? ' as long as it connects to this computer only' : ''}.`,
  'workspace backed up': () => 'Backed up the state of the workspace.',
  'workspace restored': (facts) =>
    `Put a backup in the place of the workspace’s state${facts.count('replacedEntries') > 0 ? `, which had ${facts.counted('replacedEntries', 'audit entry', 'audit entries')}` : ''}. Nothing that the destinations hold counts as known until it is read again.`,
  'definition saved': (facts, subject) => `Saved the ${facts.text('kind') ?? 'definition'} ${facts.named(kindOf(facts), subject)}.`,
  'secret confirmed': (facts, subject) => `Let the secret of the connection ${facts.named('connection', subject)} go to its address of now.`,
  'definition removed': (facts, subject) => `Removed the ${facts.text('kind') ?? 'definition'} ${facts.text('name') ? `“${facts.text('name')}”` : facts.named(kindOf(facts), subject)}.`,
  'definition put back': (facts, subject) => `Put the ${facts.text('kind') ?? 'definition'} ${facts.named(kindOf(facts), subject)} back as it was.`,
  'secret set': (facts, subject) => `Set the secret of the connection ${facts.named('connection', subject)}.`,
  'plan stored': (facts) => `Planned ${facts.activation()}: ${planWords(facts)}.`,
  'plan handed over': (facts) => `Handed the plan of ${facts.activation()} over to ${facts.text('to') ?? 'somebody else'}${facts.reason()}.`,
  'plan put away': (facts) => `Put the plan of ${facts.activation()} away.`,
  'plan brought back': (facts) => `Brought the plan of ${facts.activation()} back into Review.`,
  'guard lifted': (facts) => `Lifted the guard on ${guardWords[facts.text('guard') ?? ''] ?? facts.text('guard') ?? 'the plan'} for the plan of ${facts.activation()}${facts.reason()}.`,
  'conflicts answered': (facts) =>
    `Answered ${facts.counted('fields', 'conflict', 'conflicts')} of ${facts.activation()} in ${records(facts, 'records')}: ${takeWords[facts.text('take') ?? ''] ?? facts.text('take') ?? ''}${facts.text('policy') ? `, by the policy ${facts.named('policy', facts.text('policy'))}` : ''}.`,
  'answers taken back': (facts) => `Took back ${facts.counted('fields', 'answer', 'answers')} to conflicts of ${facts.activation()}.`,
  'rows selected': (facts) => `Selected ${records(facts, 'records')} of ${facts.activation()} that ${facts.count('records') === 1 ? 'was' : 'were'} not preselected.`,
  'rows unselected': (facts) => `Left ${records(facts, 'records')} of ${facts.activation()} out.`,
  'lost records decided': (facts) => `${lostWords(facts)}${facts.reason()}.`,
  'policy saved': (facts, subject) => `Saved the policy ${facts.text('name') ? `“${facts.text('name')}”` : facts.named('policy', subject)}${facts.text('activation') ? ` for ${facts.named('activation', facts.text('activation'))}` : ''}.`,
  'value pinned': (facts) => `Pinned ${facts.counted('fields', 'value', 'values')}${facts.text('field') ? ` of ${facts.text('field')}` : ''} of ${facts.activation()} by hand${facts.reason()}.`,
  'override ended': (facts) => `Ended the value pinned by hand${facts.text('field') ? ` of ${facts.text('field')}` : ''} of ${facts.activation()}.`,
  'kept value ended': (facts, subject) => `Ended the keeping of ${facts.text('field') ?? 'a value'} of a record of ${subject ?? 'a destination'}.`,
  'plan approved': (facts) => `Approved the plan of ${facts.activation()}: ${records(facts, 'willSend')} to send to ${facts.destination()}.`,
  'run started': (facts) => `Began to apply ${facts.activation()} to ${facts.destination()}: ${facts.counted('planned', 'planned record', 'planned records')}.`,
  batch: (facts) => `Batch ${facts.number('batch')} of ${facts.activation()} to ${facts.destination()}: ${outcomeWords(facts)}.`,
  'run paused': (facts) => `Paused the run of ${facts.activation()} to ${facts.destination()}${facts.reason()}.`,
  'run resumed': (facts) => `Resumed the run of ${facts.activation()} to ${facts.destination()}.`,
  'run looked at': (facts) => `Looked up ${records(facts, 'rows')} in doubt of ${facts.activation()} in ${facts.destination()}; nothing was sent.`,
  'run cancelled': (facts) => `Cancelled the run of ${facts.activation()} to ${facts.destination()}.`,
  'unknown rows settled': (facts) =>
    `Said of ${records(facts, 'rows')} of ${facts.activation()} whose answer was lost that ${facts.count('rows') === 1 ? 'it' : 'they'} ${facts.text('as') === 'delivered' ? 'arrived' : 'did not arrive'}${facts.reason()}.`,
  'run finished': (facts) => `${endWords[facts.text('state') ?? ''] ?? 'Ended'} the run of ${facts.activation()} to ${facts.destination()}: ${outcomeWords(facts)}${facts.text('reason') ? `. ${facts.text('reason')?.replace(/\.$/, '')}` : ''}.`,
  paused: (facts) => `Paused ${scopeWords(facts)}${facts.reason()}.`,
  resumed: (facts) => `Resumed ${scopeWords(facts)}.`,
  'identity run': (facts, subject) =>
    `Ran the rules of ${facts.named('identity', subject)}${facts.text('how') === 'decisions only' ? ' on what people decided' : ''}: ${records(facts, 'records')} ${facts.count('records') === 1 ? 'is' : 'are'} ${facts.counted('entities', 'person', 'people')}, ${records(facts, 'ambiguous')} ambiguous.`,
  'identity decided': (facts, subject) => `Decided in ${facts.named('identity', subject)} ${decisionWords(facts)}${facts.reason()}.`,
  'identity undone': (facts, subject) => `Took back in ${facts.named('identity', subject)} ${decisionWords(facts)}${facts.reason()}.`,
  'rows exported': (facts) => `Exported ${facts.counted('rows', 'row', 'rows')} of ${facts.activation()}.`,
  'bulk dropped': (facts) =>
    `Dropped what is kept no longer: the rows of ${facts.counted('plans', 'plan', 'plans')}, ${facts.counted('files', 'data file', 'data files')}, ${facts.counted('requests', 'logged request', 'logged requests')}, names and messages of ${records(facts, 'texts')}, ${facts.counted('exports', 'export', 'exports')}, ${facts.counted('backups', 'backup', 'backups')}, figures of ${facts.counted('figures', 'identity run', 'identity runs')}.`,
  'proof dropped': (facts) => `Dropped the proof of a run of ${facts.activation()} that is kept no longer: ${facts.counted('rows', 'row', 'rows')}.`,
  'audit exported': (facts) => `Exported ${facts.counted('entries', 'audit entry', 'audit entries')}.`,
} satisfies Record<string, Words>

export type AuditKind = keyof typeof auditKinds

function decisionWords(facts: Facts): string {
  const named = records(facts, 'records')
  switch (facts.text('what')) {
    case 'link':
      return `that ${named} are one person`
    case 'split':
      return `that ${named} are ${facts.counted('parts', 'person', 'people')}`
    case 'never the same':
      return `that ${named} are never one person`
    case 'survivor':
      return `which of ${named} stands for a person`
    default:
      return `that a value of ${named} is to be corrected at its source`
  }
}

const endWords: Record<string, string> = { done: 'Finished', stopped: 'Stopped', failed: 'Gave up' }

const guardWords: Record<string, string> = {
  'no rows': 'an empty source',
  'source schema': 'changed source columns',
  'duplicate keys': 'repeated keys',
  removals: 'removals',
  updates: 'many updates',
  creates: 'many creates',
  'first load': 'a first load',
  coverage: 'low coverage',
  size: 'the size of the audience',
}

function planWords(facts: Facts): string {
  const parts = [`${facts.number('create')} to create`, `${facts.number('update')} to update`]
  if (facts.count('remove') > 0) parts.push(`${facts.number('remove')} to remove`)
  if (facts.count('conflicts') > 0) parts.push(facts.counted('conflicts', 'conflict', 'conflicts'))
  return `${parts.join(', ')}, nothing sent`
}

function lostWords(facts: Facts): string {
  const lost = `${records(facts, 'records')} of ${facts.activation()}`
  const one = facts.count('records') === 1
  switch (facts.text('choice')) {
    case 're-create':
      return `Decided to create ${lost} again, which ${one ? 'was' : 'were'} deleted in ${facts.destination()}`
    case 'follow':
      return `Decided to follow ${lost} to the ${one ? 'record it was' : 'records they were'} merged into in ${facts.destination()}`
    case 'forget':
      return `Decided to forget ${lost}: ${facts.destination()} gets nothing of ${one ? 'it' : 'them'} until that is taken back`
    default:
      return `Took back what was decided about ${lost}`
  }
}

/** In the words of the run's screen. */
const stateWords: [RowState | Verification, string][] = [
  ['delivered', 'delivered'],
  ['accepted', 'accepted'],
  ['rejected', 'rejected'],
  ['skipped', 'left out'],
  ['quarantined', 'set aside'],
  ['unknown', 'unknown'],
  ['verified', 'verified'],
  ['overridden', 'changed back by the destination'],
  ['unverifiable', 'cannot be verified'],
]

function outcomeWords(facts: Facts): string {
  const parts = stateWords.filter(([name]) => facts.count(name) > 0).map(([name, words]) => `${facts.number(name)} ${words}`)
  return parts.length === 0 ? 'nothing was sent' : parts.join(', ')
}

function scopeWords(facts: Facts): string {
  const [kind, ...name] = (facts.text('scope') ?? '').split(':')
  if (kind === 'all') return 'everything'
  if (kind === 'connection' || kind === 'activation') return `the ${kind} ${facts.named(kind, name.join(':'))}`
  return 'an activation'
}

/** The sentence of an entry; kinds of a newer version are shown by their name. */
export function auditWords(entry: Told & { kind: string }, names: Names = noNames): string {
  const words: Words | undefined = Object.hasOwn(auditKinds, entry.kind) ? auditKinds[entry.kind as AuditKind] : undefined
  return words ? words(factsOf(entry, names), entry.subject) : `${entry.kind}.`
}
