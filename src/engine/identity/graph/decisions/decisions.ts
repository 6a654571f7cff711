import type { IdentityDecision, IdentityRun } from '../../../../contract/shapes.ts'
import { AppError } from '../../../../contract/errors.ts'
import { appendAudit } from '../../../audit/audit.ts'
import type { AuditKind } from '../../../audit/kinds.ts'
import { recordReference } from '../../../audit/reference-key.ts'
import type { Actor, Session } from '../../../session/session.ts'
import { checkDecision } from './check-decision.ts'
import type { AskedDecision } from './check-decision.ts'
import { DecisionStore } from './decision-store.ts'
import type { KeptDecision } from './decision-store.ts'
import { knownRecords, recordsThere } from '../queries/known-records.ts'
import { openFixes, valueFingerprint, valuesToFix } from './open-fixes.ts'
import type { OpenIndex } from '../run/open-index.ts'
import type { IdentityGraph } from '../identity-graph.ts'
import { readDecisions } from './stored-decisions.ts'

export interface DecisionsParts {
  session: Session
  graph: IdentityGraph
  referenceKey: string
}

/** A decision and what came of it. */
export interface Decided {
  decision: IdentityDecision
  run: IdentityRun
}

/** What people decide about records, and take back; the index is brought up to date at once. */
export class IdentityDecisions {
  readonly store: DecisionStore
  private readonly parts: DecisionsParts

  constructor(parts: DecisionsParts) {
    this.parts = parts
    this.store = new DecisionStore(parts.session.database)
  }

  async decide(identity: string, asked: AskedDecision & { reason: string }, actor: Actor): Promise<Decided> {
    const { graph, session } = this.parts
    const id = session.ports.ids.next()
    const run = await graph.decide(identity, actor, async () => {
      const fingerprint = await graph.reading(identity, (open) => this.check(open, asked))
      const stored = readDecisions(session.database, identity)
      const decision = { id, seq: this.store.nextSeq(), kind: asked.kind, parts: asked.parts, ...(asked.column === undefined ? {} : { column: asked.column }), fingerprint, reason: asked.reason, by: actor.name, at: this.now() }
      return {
        ...(matters(decision) ? { decisions: [...stored, { ...decision, undone: false }] } : {}),
        store: () => {
          this.store.add(identity, decision)
          this.note('identity decided', identity, decision, asked.reason, actor)
        },
      }
    })
    return { decision: (await this.shown(identity, [this.store.find(identity, id)]))[0] as IdentityDecision, run }
  }

  /** The entities are again what they would be without it. */
  async undo(identity: string, { decision: named, reason }: { decision: string; reason: string }, actor: Actor): Promise<Decided> {
    const { graph, session } = this.parts
    const { id } = this.store.find(identity, named)
    const run = await graph.decide(identity, actor, async () => {
      const decision = this.store.find(identity, id)
      if (decision.undone) throw new AppError('bad-input', `${decision.undone.by} took this decision back already, on ${decision.undone.at.slice(0, 10)}.`, { field: 'decision', value: id, next: 'Nothing needs to be done.' })
      const stored = readDecisions(session.database, identity)
      return {
        ...(matters(decision) ? { decisions: stored.map((one) => (one.id === id ? { ...one, undone: true } : one)) } : {}),
        store: () => {
          this.store.undo(id, { by: actor.name, at: this.now(), reason })
          this.note('identity undone', identity, decision, reason, actor)
        },
      }
    })
    return { decision: (await this.shown(identity, [this.store.find(identity, id)]))[0] as IdentityDecision, run }
  }

  /** The newest first, undone ones too. */
  async list(identity: string, page: { offset: number; limit: number }): Promise<{ total: number; decisions: IdentityDecision[] }> {
    const { total, decisions } = this.store.list(identity, page)
    return { total, decisions: await this.shown(identity, decisions) }
  }

  /** As the contract has them; corrections say whether they are made. */
  async shown(identity: string, decisions: readonly KeptDecision[], open?: OpenIndex): Promise<IdentityDecision[]> {
    const fixes = decisions.some(({ kind }) => kind === 'fix at source')
    const waiting = new Set(!fixes ? [] : (open ? await this.openFixes(open, decisions) : await this.parts.graph.reading(identity, (index) => this.openFixes(index, decisions))).map(({ id }) => id))
    return decisions.map(({ seq: _seq, fingerprint: _fingerprint, ...decision }) => ({ ...decision, ...(decision.kind === 'fix at source' ? { settled: decision.undone === undefined && !waiting.has(decision.id) } : {}) }))
  }

  /** Corrections that still wait to be made at their source. */
  openFixes({ db, columns }: Pick<OpenIndex, 'db' | 'columns'>, decisions: readonly KeptDecision[]): Promise<KeptDecision[]> {
    return openFixes(db, { columns, decisions, referenceKey: this.parts.referenceKey })
  }

  async countFixes(identity: string): Promise<number> {
    const asked = this.store.all(identity).filter(({ kind, undone }) => kind === 'fix at source' && undone === undefined)
    return asked.length === 0 ? 0 : this.parts.graph.reading(identity, async (open) => (await this.openFixes(open, asked)).length)
  }

  /** Throws what is wrong; of a correction gives the fingerprint of the value as it is. */
  private async check({ db, columns, identity }: OpenIndex, asked: AskedDecision): Promise<string | null> {
    const decisions = this.store.all(identity)
    const records = await knownRecords(db, [...asked.parts.flat(), ...decisions.flatMap(({ parts }) => parts.flat())])
    const [reference = ''] = asked.parts[0] ?? []
    const chosen = records.get(reference)
    const there = asked.kind === 'survivor' && chosen ? await recordsThere(db, chosen) : []
    checkDecision(asked, { records, decisions, columns, there })
    const { kind, column } = asked
    if (kind !== 'fix at source' || column === undefined) return null
    const [value = null] = await valuesToFix(db, columns, [asked])
    const fingerprint = valueFingerprint(this.parts.referenceKey, { reference, column, value })
    const waiting = decisions.find((one) => one.kind === kind && !one.undone && one.fingerprint === fingerprint)
    if (waiting) throw new AppError('bad-input', `${waiting.by} asked for this correction already, on ${waiting.at.slice(0, 10)}.`, { field: 'parts', value: reference, next: 'Nothing needs to be done.' })
    return fingerprint
  }

  private note(kind: AuditKind, identity: string, { id, kind: what, parts }: Pick<KeptDecision, 'id' | 'kind' | 'parts'>, reason: string, actor: Actor): void {
    const references = [...new Set(parts.flat())].map((reference) => recordReference(this.parts.referenceKey, reference))
    appendAudit(this.parts.session, { kind, actor: actor.name, subject: identity, data: { decision: id, what, parts: parts.length, records: references.length, references, reason } })
  }

  private now(): string {
    return new Date(this.parts.session.ports.clock.now()).toISOString()
  }
}

/** A correction at its source decides neither about entities nor about links. */
function matters({ kind }: Pick<KeptDecision, 'kind'>): boolean {
  return kind !== 'fix at source'
}
