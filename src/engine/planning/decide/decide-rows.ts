import type { Authority } from '../../../contract/definitions.ts'
import type { BlockedCause, MatchState } from '../../../contract/states.ts'
import type { ReadRecord } from '../../destinations/destination.ts'
import { destinationKey } from '../../identity/forms/upload-form.ts'
import { inFlight } from '../../concurrency/in-flight.ts'
import type { Session } from '../../session/session.ts'
import { type DuckDb, parseTextRow } from '../../storage/duckdb.ts'
import type { ObservationWriter } from '../../storage/sync-evidence.ts'
import { parseRaw } from '../../values/json.ts'
import { comparableForm, type CompiledMapping } from '../../values/mapping.ts'
import { candidateParts, type CandidatePart, type candidateQuery, inParts } from '../narrow/candidate-query.ts'
import { speaksFor } from './classify.ts'
import { PlanCounter } from './counts.ts'
import { decideMember, type MemberDecision } from './decide-member.ts'
import { type Blocked, cannotChange, decideRecord, type FieldInput, type RecordDecision, type RecordInput, type RecordMatch } from './decide-record.ts'
import { lastSyncedOf, unknownBase } from './last-synced.ts'
import { type LeftRecord, departedRecords } from './departed-records.ts'
import { PlanHash } from '../stored/plan-hash.ts'
import type { PlanWriter } from '../stored/plan-files.ts'
import type { Forgotten, ToldChoice } from '../narrow/missing-record-decisions.ts'
import type { PlanSetup } from '../build/prepare.ts'
import { canBeRead } from '../narrow/read-destination.ts'
import type { OverridesByField, StickyByField, StickyChanges } from './sticky-answers.ts'
import type { FieldChange, RecordChange } from '../../plans/plan-rows.ts'

/** Requests for history in flight at once. */
const historyInFlight = 4
/** Few enough to die young in the garbage collector. */
const candidatesAlive = 64
/** Where their editors are asked for together. */
const candidatesAsking = 2048

export interface DecideOptions {
  session: Session
  setup: PlanSetup
  duckdb: DuckDb
  /** `candidateQuery` over the tables of the plan. */
  query: ReturnType<typeof candidateQuery>
  writer: PlanWriter
  observations: ObservationWriter
  /** ISO instant of the reading. */
  readAt: string
  /** Whether records that left the source are to be removed. */
  removals: boolean
  progress(done: number): void
  signal?: AbortSignal
}

/** One line of `candidateQuery`. */
type Line = readonly (string | null)[]
const places = Object.fromEntries(candidateParts.map((name, index) => [name, index])) as Record<CandidatePart, number>

/** A candidate on its way through the decision. */
interface Candidate {
  key: string
  fp: string
  label: string
  remoteId: string | null
  matchKey: string | null
  linked: boolean
  /** Led there by identity alone: nothing was agreed with the record yet. */
  recognised: boolean
  /** This activation knew the link before, not only others. */
  held: boolean
  created: boolean
  gone: boolean
  hasOverride: boolean
  choice: ToldChoice | undefined
  state: MatchState
  input: RecordInput
  decision: RecordDecision | MemberDecision
}

/** Streams the candidates through the classifier, in key order, a chunk at a time. */
export async function decideRows(options: DecideOptions): Promise<{ counter: PlanCounter; hash: PlanHash; sticky: StickyChanges; foundAgain: string[] }> {
  const rows = new RowDecider(options)
  const connection = await options.duckdb.fork()
  try {
    for await (const range of inParts(connection)) {
      for await (const lines of connection.textRows(options.query.columns, options.query.rest(range), [], rows.together)) {
        options.signal?.throwIfAborted()
        await rows.decide(lines)
      }
    }
  } finally {
    connection.close()
  }
  if (options.removals) await rows.removeLeft()
  return { counter: rows.counter, hash: rows.hash, sticky: rows.sticky, foundAgain: rows.foundAgain }
}

class RowDecider {
  readonly counter = new PlanCounter()
  readonly hash = new PlanHash()
  private readonly options: DecideOptions
  private readonly mappings: CompiledMapping[]
  private readonly authorities: Authority[]
  private readonly onlyWriter: boolean
  private readonly readable: boolean
  /** Candidates that are decided together. */
  readonly together: number
  private readonly mode: RecordInput['mode']
  /** The object is a list: its one field says who is in it. */
  private readonly members: boolean
  /** Standing answers that do not fit what was seen, and those that the authority gives. */
  readonly sticky: StickyChanges = { lapsed: [], accepted: [] }
  /** Keys whose record was to be made again, and is there: the choice is carried out. */
  readonly foundAgain: string[] = []
  private ordinal = 0
  private done = 0

  constructor(options: DecideOptions) {
    const { setup } = options
    this.options = options
    this.together = setup.connected.profile.attribution === 'field' ? candidatesAsking : candidatesAlive
    this.members = setup.activation.mode === 'members'
    this.mode = setup.activation.mode === 'members' ? 'update only' : setup.activation.mode
    this.mappings = setup.mappings
    this.authorities = setup.mappings.map(({ mapping }) => mapping.authority ?? setup.activation.authority)
    this.readable = canBeRead(setup.connected)
    this.onlyWriter = setup.parts.connection.value.onlyWriter ?? false
  }

  async decide(lines: string[]): Promise<void> {
    const candidates = lines.map((line) => this.candidate(parseTextRow(line)))
    await this.addEditors(candidates)
    for (const candidate of candidates) this.emit(candidate)
    await this.options.writer.makeRoom()
    this.done += lines.length
    this.options.progress(this.done)
  }

  private candidate(line: Line): Candidate {
    const text = (name: CandidatePart): string | null => line[places[name]] ?? null
    const holds = (name: CandidatePart): boolean => text(name) === 'true'
    const remoteId = text('remote_id')
    const linked = holds('linked')
    const gone = linked && (text('found_id') === null || holds('deleted'))
    const overrides = parsed<OverridesByField>(text('override'))
    const match = this.matchOf(text('match') as MatchState, { cause: text('cause') as BlockedCause | null, message: text('message'), gone, remoteId, foundId: text('found_id'), matchKey: text('match_key'), changedKey: linked ? this.changedKey(text('match_value'), text('found_key')) : undefined })
    const choice = parsed<ToldChoice>(text('choice'))
    const warehouseChangedAt = isoInstant(text('changed_at'))
    const input: RecordInput = {
      match: choice?.choice === 'forget' ? { state: 'matched', blocked: forgotten(choice) } : match,
      mode: this.mode,
      doNotSend: holds('do_not_send'),
      doubtful: holds('doubtful'),
      onlyWriter: this.onlyWriter,
      ...(warehouseChangedAt === undefined ? {} : { warehouseChangedAt }),
      fields: this.fieldsOf(line, parsed<StickyByField>(text('sticky')), overrides),
    }
    const created = holds('created')
    return {
      key: text('key') ?? '',
      fp: text('fp') ?? '',
      label: text('label') ?? text('key') ?? '',
      remoteId,
      matchKey: text('match_key'),
      linked,
      recognised: holds('recognised'),
      held: holds('held'),
      created,
      gone,
      hasOverride: overrides !== undefined,
      choice,
      state: gone ? 'unmatched' : match.state,
      input,
      decision: this.decisionOf(input, created),
    }
  }

  private decisionOf(input: RecordInput, created: boolean): Candidate['decision'] {
    const [field] = input.fields
    if (!this.members || field === undefined) return decideRecord(input)
    return decideMember({ match: input.match, doNotSend: input.doNotSend, added: created, field })
  }

  private matchOf(state: MatchState, row: { cause: BlockedCause | null; message: string | null; gone: boolean; remoteId: string | null; foundId: string | null; matchKey: string | null; changedKey: Blocked | undefined }): RecordMatch {
    const name = this.options.setup.connected.declaration.name
    switch (state) {
      case 'matched':
        if (row.gone) return { state, blocked: { cause: 'gone', message: `Record ${row.remoteId ?? ''} is not in ${name} any more.` } }
        if (row.foundId !== null && row.foundId !== row.remoteId) return { state, blocked: { cause: 'moved', message: `Record ${row.remoteId ?? ''} was merged into ${row.foundId} in ${name}.`, value: row.foundId } }
        return row.changedKey === undefined ? { state } : { state, blocked: row.changedKey }
      case 'unmatched':
        return { state }
      case 'ambiguous':
      case 'invalid':
        return { state, blocked: ambiguity(row.cause ?? 'key invalid', row.message, row.matchKey) }
    }
  }

  /** The row's key is another than the one its linked record keeps for good. A row without a usable key still has its link. */
  private changedKey(matchValue: string | null, foundKey: string | null): Blocked | undefined {
    const { keyStays, keyForm, matchField, connected } = this.options.setup
    if (!keyStays || this.mode === 'insert only') return undefined
    const key = destinationKey(matchValue, keyForm)
    const found = comparableForm(matchField, connected, parseRaw(foundKey))
    return key.ok && found !== null && comparableForm(matchField, connected, key.key) !== found ? cannotChange(matchField.name, matchField.label, key.key) : undefined
  }

  private fieldsOf(line: Line, sticky: StickyByField | undefined, overrides: OverridesByField | undefined): FieldInput[] {
    const first = candidateParts.length
    const count = this.mappings.length
    return this.mappings.map((compiled, index) => {
      const cell = (block: number): string | null => line[first + block * count + index] ?? null
      const source = cell(0)
      const baseText = cell(2)
      const override = overrides?.[compiled.field.name]
      const stands = sticky?.[compiled.field.name]
      return {
        compiled,
        authority: this.authorities[index] ?? 'review',
        forwarded: compiled.forward(source),
        base: baseText === null ? unknownBase : lastSyncedOf(compiled, parseRaw(baseText), cell(3), cell(4) === 'true'),
        actual: parseRaw(cell(1)),
        ...(override === undefined ? {} : { override: { value: parseRaw(override) } }),
        ...(stands === undefined ? {} : { sticky: stands }),
      }
    })
  }

  /** Asks who last changed what, for the records where it matters, and decides those again. */
  private async addEditors(candidates: Candidate[]): Promise<void> {
    const { connected, object } = this.options.setup
    if (connected.profile.attribution !== 'field') return
    const asking = candidates.filter((candidate) => candidate.remoteId !== null && candidate.decision.fields.some(needsEditor))
    const requests = inFlight(historyInFlight)
    const size = connected.profile.rowsPerReadWithHistory
    for (let start = 0; start < asking.length; start += size) {
      const batch = asking.slice(start, start + size)
      const fields = [...new Set(batch.flatMap(({ decision }) => decision.fields.filter(needsEditor).map(({ field }) => field)))]
      await requests.add(async () => {
        const records = await connected.read({ object: object.name, fields, by: { kind: 'id', values: batch.map(({ remoteId }) => remoteId ?? '') }, history: true }, this.options.signal)
        this.decideAgain(batch, records)
      })
    }
    await requests.drain()
  }

  private decideAgain(batch: Candidate[], records: ReadRecord[]): void {
    const byId = new Map(records.map((record) => [record.mergedFrom ?? record.id, record]))
    for (const candidate of batch) {
      const editors = byId.get(candidate.remoteId ?? '')?.editors
      if (!editors) continue
      for (const field of candidate.input.fields) {
        const editor = editors[field.compiled.field.name]
        if (editor) field.editor = editor
      }
      candidate.decision = this.decisionOf(candidate.input, candidate.created)
    }
  }

  private emit(candidate: Candidate): void {
    const { decision } = candidate
    const { operation } = decision
    if (operation === 'remove' || operation === 'gone') throw new Error(`a source row cannot come to ${operation}`)
    // Somebody who is there and not in the list is new to it.
    this.counter.addSourceRow(operation === 'create' ? 'unmatched' : candidate.state, { operation, fields: decision.fields })
    if ('added' in decision) candidate.created = decision.added
    if (candidate.gone && decision.blocked?.cause === 'gone') this.counter.addWithoutRow('gone')
    if (candidate.choice?.choice === 're-create' && candidate.linked && !candidate.gone) this.foundAgain.push(candidate.key)
    this.observe(candidate)
    this.lapse(candidate)
    this.accept(candidate)
    this.listLeftOut(candidate)
    if (decision.operation === 'unchanged' && decision.fields.every((field) => field.class === 'left' || field.class === 'keep')) return
    this.store(
      {
        ordinal: this.ordinal++,
        key: candidate.key,
        label: candidate.label,
        operation: decision.operation,
        preselected: decision.preselected,
        fields: decision.fields,
        ...(candidate.remoteId === null ? {} : { remoteId: candidate.remoteId }),
        ...(candidate.matchKey === null ? {} : { matchKey: candidate.matchKey }),
        ...(decision.blocked === undefined ? {} : { blocked: decision.blocked }),
        ...(decision.hold === undefined ? {} : { hold: decision.hold }),
      },
      // What was sent for a pinned value settles nothing: once it ends, the row is looked at again. A value left out is
      // an open finding, looked at and listed in every plan.
      candidate.hasOverride || decision.leftOut.length > 0 ? null : candidate.fp,
      candidate.created,
    )
  }

  /** What the reading proved: agreed values, and whether the record needs another look next time. */
  private observe({ decision, remoteId, linked, recognised, held, key, fp, created, hasOverride, gone }: Candidate): void {
    if (remoteId === null || !((linked && !recognised) || decision.operation === 'unchanged' || decision.agreed.length > 0)) return
    // A link of others does not become one of our own by being looked at in a blocked row.
    if (decision.operation === 'blocked' && !held) return
    // A record that is gone stays a finding: a feed of changes tells of it only once.
    const settled = !gone && decision.operation === 'unchanged' && !hasOverride && decision.leftOut.length === 0 && decision.fields.every((field) => (field.class === 'left' || field.class === 'keep') && !field.drift)
    this.options.observations.add({
      key,
      remoteId,
      readAt: this.options.readAt,
      // What was assumed to be there stays what it was: agreed without proof.
      agreed: this.readable ? Object.fromEntries(decision.agreed.map(({ field, value }) => [field, value])) : {},
      fp: settled ? fp : null,
      created,
    })
  }

  /** A sticky answer ends for good once either side is another: the same two values later are a new question. */
  private lapse({ remoteId, gone, decision, input }: Candidate): void {
    if (remoteId === null || gone || decision.operation === 'blocked') return
    for (const { compiled, forwarded, override, sticky, actual, authority } of input.fields) {
      if (sticky === undefined) continue
      const d = override === undefined ? (forwarded.ok ? forwarded.canonical : sticky.d) : compiled.normalise(override.value)
      if (d !== sticky.d || compiled.normalise(actual) !== sticky.a || !speaksFor(sticky, authority)) this.sticky.lapsed.push({ remoteId, field: compiled.field.name, d: sticky.d, a: sticky.a })
    }
  }

  /** What the destination's authority accepts is shown once as drift; from then on it stands until either side changes. */
  private accept({ remoteId, decision, input }: Candidate): void {
    if (remoteId === null) return
    for (const { field, d, a, class: fieldClass } of decision.fields) {
      if (fieldClass !== 'accept') continue
      const authority = input.fields.find(({ compiled }) => compiled.field.name === field)?.authority
      if (authority !== undefined) this.sticky.accepted.push({ remoteId, field, d, a, authority })
    }
  }

  private listLeftOut({ decision, key, label, remoteId, matchKey }: Candidate): void {
    for (const { field, refusal } of decision.leftOut) {
      this.options.writer.addLeftOut({ key, label, operation: decision.operation, field, refusal, ...(remoteId === null ? {} : { remoteId }), ...(matchKey === null ? {} : { matchKey }) })
    }
  }

  private store(change: RecordChange, fp: string | null, created: boolean): void {
    this.options.writer.add(change, fp, created)
    this.hash.add(change)
  }

  /** Records this activation made whose rows left the source; only a complete extraction gets here (semantics §3). */
  async removeLeft(): Promise<void> {
    const { setup, duckdb, session, writer } = this.options
    this.hash.beginRemovals()
    for await (const chunk of departedRecords({ setup, duckdb, session })) {
      for (const left of chunk) this.remove(left)
      await writer.makeRoom()
    }
  }

  private remove({ key, remoteId, fields }: LeftRecord): void {
    this.counter.addWithoutRow(fields === undefined ? 'gone' : 'remove')
    if (fields === undefined) return
    const hold = this.members ? 'Takes out somebody who left the audience' : 'Removes a record that left the audience'
    // Once they are out, the place in a list is not ours any more: whoever puts them back, it is theirs.
    this.store({ ordinal: this.ordinal++, key, label: key, remoteId, operation: 'remove', preselected: false, hold, fields }, null, !this.members)
  }
}

/** Where somebody's value may be lost, people want to know whose it is. */
function needsEditor(field: FieldChange): boolean {
  return field.class === 'conflict' || field.class === 'overwrite' || field.class === 'repair' || field.class === 'clear' || field.class === 'accept'
}

function ambiguity(cause: BlockedCause, message: string | null, matchKey: string | null): Blocked {
  const key = matchKey === null ? 'its key' : `“${matchKey}”`
  const words: Partial<Record<BlockedCause, string>> = {
    'key missing': 'The row has no value to match by.',
    'key shared': `Other rows of the audience have ${key} too.`,
    'several matches': `Several records hold ${key}.`,
    'link shared': 'Another row leads to the same record.',
    'held back': 'A record there may be the same person; a guard rail held the two apart.',
    'same person twice': 'Other rows of the product are the same person.',
    'key of another': `A record holds ${key}, and nothing else says that it is the same person.`,
  }
  return { cause, message: message ?? words[cause] ?? 'The key cannot be used.', ...(matchKey === null ? {} : { value: matchKey }) }
}

function forgotten({ by, at, reason }: Forgotten): Blocked {
  return { cause: 'forgotten', message: `Forgotten by ${by} on ${new Date(at).toISOString().slice(0, 10)}${reason === null ? '' : `: ${reason}`}.`.replace(/\.\.$/, '.') }
}

function parsed<Value>(json: string | null): Value | undefined {
  return json === null ? undefined : (JSON.parse(json) as Value)
}

/** DuckDB's text of a timestamp (no zone: UTC) as ISO. */
function isoInstant(text: string | null): string | undefined {
  if (text === null) return undefined
  const match = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d(?:\.\d+)?))?(?:\+00)?$/.exec(text)
  return match ? `${match[1]}T${match[2] ?? '00:00:00'}Z` : undefined
}
