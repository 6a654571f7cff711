import type { IdentityGraph } from '../../identity/graph/identity-graph.ts'
import type { Session } from '../../session/session.ts'
import { pinnedDefinitions } from '../../workspace/activation-parts.ts'
import { definitionPath } from '../../workspace/definition-files.ts'
import { problemsIn } from '../../workspace/find-definition.ts'
import type { PlanPlace } from '../build/build-plan.ts'
import { withdrawnSince } from './missing-choices.ts'
import type { PlanReader } from '../stored/plan-reader.ts'
import { connectAsPlanned } from '../build/plan-place.ts'
import type { StoredPlan } from '../../plans/plan-store.ts'
import { schemaHashOf } from '../build/prepare.ts'
import { linkFilesIn, takeLinks } from '../build/recognise.ts'
import { deliveredKeys, madeKeys, runsSince } from '../narrow/runs-since.ts'

/** Whether a stored plan may still be applied: time, definitions, destination schema, and what later runs wrote (semantics §4). */
export class PlanValidity {
  private readonly session: Session
  private readonly graph: IdentityGraph
  private readonly openReader: (plan: StoredPlan) => Promise<PlanReader>
  /** What the newest run of its rules comes to for a plan, so that it is looked up once. */
  private readonly recognised = new Map<string, { run: number; otherwise: boolean }>()

  constructor({ session, graph }: PlanPlace, openReader: (plan: StoredPlan) => Promise<PlanReader>) {
    this.session = session
    this.graph = graph
    this.openReader = openReader
  }

  /** Why the plan may not be applied any more, if so. */
  async whyInvalid(plan: StoredPlan): Promise<{ kind: 'stale' | 'expired'; because: string } | undefined> {
    if (plan.state === 'stale') return { kind: 'stale', because: 'The workspace was restored from a backup since the plan was made.' }
    if (plan.expiresAt <= this.session.ports.clock.now()) return { kind: 'expired', because: `The plan was valid until ${new Date(plan.expiresAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.` }
    const changed = await this.changedDefinition(plan)
    if (changed !== undefined) return { kind: 'stale', because: changed }
    return (await this.movedBase(plan)) ?? (await this.withdrawnChoice(plan)) ?? this.recognisedOtherwise(plan)
  }

  private async changedDefinition(plan: StoredPlan): Promise<string | undefined> {
    // A way back depends on what the run did, not on what the definitions say now.
    if (plan.kind === 'revert') return undefined
    const workspace = await this.session.workspace()
    let now: Map<string, string>
    try {
      now = new Map(pinnedDefinitions(workspace, plan.activation).map((definition) => [`${definition.kind} ${definition.id}`, definition.hash]))
    } catch {
      return 'A definition that the plan was made from is missing or cannot be read any more.'
    }
    // Who came to a field later must not write it, whenever the plan was made.
    const refused = problemsIn(workspace, [definitionPath('activation', plan.activation)]).find(({ code }) => code === 'field-claimed-twice')
    if (refused) return refused.message
    const then = new Map(plan.header.definitions.map((definition) => [`${definition.kind} ${definition.id}`, definition.hash]))
    const policies = this.adoptedPolicies(plan.id)
    for (const [name, hash] of now) {
      if (then.get(name) !== hash && policies.get(name) !== hash) return `The ${name} changed since the plan was made.`
    }
    for (const name of then.keys()) if (!now.has(name)) return `The ${name} is not used any more.`
    return undefined
  }

  /**
   * A run that ended after the plan began to read, whenever it had started, has moved records of this plan. Other
   * activations own other fields; of theirs only what they made counts, as this plan must not make it again.
   */
  private async movedBase(plan: StoredPlan): Promise<{ kind: 'stale'; because: string } | undefined> {
    const { database } = this.session
    for (const run of runsSince(database, plan)) {
      const own = run.activation === plan.activation
      const moved = own ? deliveredKeys(database, run.id) : madeKeys(database, run.id)
      if (await (await this.openReader(plan)).plansAny(moved)) return { kind: 'stale', because: own ? 'A run has changed records of this plan since it was made.' : 'A run of another activation has made records of this plan since it was made.' }
    }
    return undefined
  }

  /** A choice about a lost record that the plan carries out was taken back, or one of its records is to be forgotten. */
  private async withdrawnChoice(plan: StoredPlan): Promise<{ kind: 'stale'; because: string } | undefined> {
    const records = [...withdrawnSince(this.session.database, plan)]
    if (records.length === 0 || !(await (await this.openReader(plan)).plansAny(records))) return undefined
    return { kind: 'stale', because: 'What was decided about lost records of this plan has changed since it was made.' }
  }

  /** A later run of the rules, or a decision, leads a record of the plan elsewhere. */
  private async recognisedOtherwise(plan: StoredPlan): Promise<{ kind: 'stale'; because: string } | undefined> {
    // A way back goes to the records that the run wrote, whoever they are.
    const identity = plan.kind === 'revert' ? undefined : plan.header.identity
    const run = identity && this.graph.runs.newest(identity.id)?.run.run
    if (identity === undefined || run === undefined || run === identity.run) return undefined
    let known = this.recognised.get(plan.id)
    if (known?.run !== run) {
      known = { run, otherwise: await this.compareLinks(plan, identity) }
      this.recognised.set(plan.id, known)
    }
    return known.otherwise ? { kind: 'stale', because: 'People of this plan are recognised in other records since it was made.' } : undefined
  }

  private async compareLinks(plan: StoredPlan, { id, from, to }: NonNullable<StoredPlan['header']['identity']>): Promise<boolean> {
    const { files, ids } = this.session.ports
    const folder = `${this.session.folders.temp}/links-${ids.next()}`
    await files.makeFolder(folder, 0o700)
    try {
      const now = linkFilesIn(folder)
      await takeLinks({ session: this.session, graph: this.graph }, { id, ends: { from, to } }, now)
      return await (await this.openReader(plan)).recognisesOtherwise(linkFilesIn(`${this.session.folders.plans}/${plan.folder}`).rows, now)
    } finally {
      await files.remove(folder)
    }
  }

  /** Whether the destination's fields are still those the plan was made for; asked once, before apply. */
  async schemaChanged(plan: StoredPlan): Promise<boolean> {
    const connected = await connectAsPlanned(this.session, plan)
    await connected.discover({ refresh: true })
    return schemaHashOf(await connected.object(plan.object)) !== plan.header.schemaHash
  }

  adoptPolicies(plan: StoredPlan, workspace: Awaited<ReturnType<Session['workspace']>>): void {
    for (const policy of workspace.definitions.policy.values()) {
      if (policy.value.activation !== plan.activation) continue
      this.session.database.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', `plan ${plan.id} policy ${policy.id}`, policy.hash)
    }
  }

  private adoptedPolicies(planId: string): Map<string, string> {
    const prefix = `plan ${planId} `
    const rows = this.session.database.all<{ key: string; value: string }>('SELECT key, value FROM meta WHERE key >= ? AND key < ?', prefix, `${prefix}\u007f`)
    return new Map(rows.map(({ key, value }) => [key.slice(prefix.length), value]))
  }
}
