import type { RunContext } from '../../execution/send/run-context.ts'
import type { JournalRow } from '../../plans/journal-rows.ts'
import { allRows, recount } from '../../plans/journal-rows.ts'
import type { ObservationSink } from '../../plans/plan-for-apply.ts'
import { toWrite } from '../../execution/send/planned-write.ts'
import type { PlannedWrite } from '../../execution/send/planned-write.ts'
import type * as compare from '../../execution/send/preflight.ts'
import type * as deliver from '../../execution/send/batch-dispatcher.ts'
import type { RowOutcome } from '../../execution/journal/row-changes.ts'
import type * as journal from '../../execution/journal/journal.ts'
import type * as moments from '../../execution/send/visibility-timer.ts'
import type * as runTarget from '../../execution/requests/run-connection.ts'
import type * as settle from '../../execution/resolve/resolve-unknown.ts'
import type * as verify from '../../execution/verify/verify.ts'
import type * as testimony from '../../destinations/testimony.ts'
import type { RowAnswer, WriteJob } from '../../destinations/destination.ts'

/** A known bug: a module of execution, replaced by one that has it. */
export interface Mutation {
  bug: string
  /** The invariant that it must be seen to break. */
  breaks: 'I2' | 'I3' | 'I4' | 'I5' | 'base' | 'links' | 'intent'
  module: string
  replace(original: unknown): Record<string, unknown>
}

/** What is private in TypeScript is open to who replaces it. */
interface OpenDispatcher {
  context: RunContext
  request(writes: PlannedWrite[]): Promise<unknown>
}

/** The rows of some states, as the plan has them. */
async function writesOf({ plan, journal: { database, run } }: RunContext, where: string): Promise<{ row: JournalRow; write: PlannedWrite }[]> {
  const rows = new Map([...allRows(database, run.id, where)].map((row) => [row.ordinal, row]))
  const found: { row: JournalRow; write: PlannedWrite }[] = []
  for await (const chunk of plan.records(0)) {
    for (const record of chunk) {
      const row = rows.get(record.ordinal)
      const write = row && toWrite(plan, record)
      if (row && write && !('skip' in write)) found.push({ row, write })
    }
  }
  return found
}

function dispatcher(bug: string, breaks: Mutation['breaks'], change: (Base: typeof deliver.BatchDispatcher) => unknown): Mutation {
  return {
    bug,
    breaks,
    module: '../../execution/send/batch-dispatcher.ts',
    replace(original) {
      const module = original as typeof deliver
      return { ...module, BatchDispatcher: change(module.BatchDispatcher) }
    },
  }
}

type AnyClass = new (...given: never[]) => object

/** The class with other methods; `methods` gets the originals. */
function withMethods<Base extends AnyClass>(base: Base, methods: Record<string, (this: never, ...given: never[]) => unknown>): Base {
  const Changed = class extends (base as AnyClass) {}
  for (const [name, method] of Object.entries(methods)) Object.defineProperty(Changed.prototype, name, { value: method, configurable: true, writable: true })
  return Changed as Base
}

/** Answers judged by what is left of them. */
function believing(module: typeof testimony, heard: (sent: readonly testimony.SentRow[], said: readonly RowAnswer[]) => RowAnswer[]): Record<string, unknown> {
  return { ...module, judgeAnswers: (...[sent, said, isOfAnother]: Parameters<typeof testimony.judgeAnswers>) => module.judgeAnswers(sent, heard(sent, said), isOfAnother) }
}

function answeredFor({ journal: { database, run } }: RunContext, key: string): string | undefined {
  return database.get<{ id: string | null }>('SELECT remote_id AS id FROM journal WHERE run = ? AND record = ?', run.id, key)?.id ?? undefined
}

/** Bugs that peers have, or that this code once had. */
export const mutations: readonly Mutation[] = [
  dispatcher('the outcome is committed before the request', 'I4', (Base) =>
    withMethods(Base, {
      async send(this: OpenDispatcher, writes: PlannedWrite[]) {
        await this.context.journal.settleSoon(writes.map(({ ordinal, record }) => ({ ordinal, from: 'sent', to: 'delivered', remoteId: record.remoteId ?? null })))
        await this.request(writes).catch(() => undefined)
      },
    }),
  ),
  {
    bug: 'unknown rows are sent again blindly',
    breaks: 'I3',
    module: '../../execution/resolve/resolve-unknown.ts',
    replace(original) {
      return {
        ...(original as typeof settle),
        async resolveUnknown(context: RunContext, sender: deliver.BatchDispatcher) {
          for (const { write } of await writesOf(context, "state = 'unknown' AND attempts < 3")) {
            context.journal.sendAgain([{ ordinal: write.ordinal, from: 'unknown' }])
            await sender.send([write])
          }
        },
      }
    },
  },
  {
    bug: 'nothing is compared before it is written',
    breaks: 'I3',
    module: '../../execution/send/preflight.ts',
    replace: (original) => ({ ...(original as typeof compare), changedSincePlan: () => undefined }),
  },
  {
    bug: 'base moves on a rejected row',
    breaks: 'base',
    module: '../../execution/verify/verify.ts',
    replace(original) {
      const module = original as typeof verify
      return {
        ...module,
        async verifyDelivered(context: RunContext, sink: ObservationSink) {
          await module.verifyDelivered(context, sink)
          for (const { write } of await writesOf(context, "state = 'rejected'")) {
            const { key, remoteId } = write.record
            if (remoteId !== undefined) sink.add({ key, remoteId, readAt: '', agreed: write.send, fp: null, created: false })
          }
        },
      }
    },
  },
  {
    bug: 'the intent is committed after the request',
    breaks: 'intent',
    module: '../../execution/journal/journal.ts',
    replace(original) {
      const module = original as typeof journal
      type Intent = Parameters<journal.Journal['intend']>
      return {
        ...module,
        Journal: class extends module.Journal {
          private late: Intent[] = []
          override async intend(...intent: Intent): Promise<void> {
            this.late.push(intent)
          }
          private async catchUp(): Promise<void> {
            for (const intent of this.late.splice(0)) await super.intend(...intent)
          }
          override async settleSoon(outcomes: RowOutcome[]): Promise<void> {
            await this.catchUp()
            await super.settleSoon(outcomes)
          }
        },
      }
    },
  },
  dispatcher('a refused batch loses its second half', 'I2', (Base) =>
    withMethods(Base, {
      async bisect(this: OpenDispatcher & { send(writes: PlannedWrite[]): Promise<void> }, writes: PlannedWrite[]) {
        const half = Math.ceil(writes.length / 2)
        this.context.journal.withdraw(writes.slice(writes.length > 1 ? half : 0).map(({ ordinal }) => ordinal))
        if (writes.length > 1) await this.send(writes.slice(0, half))
      },
    }),
  ),
  dispatcher('a job counts as delivered before it has ended', 'I4', (Base) =>
    withMethods(Base, {
      async runJobs(this: OpenDispatcher, writes: PlannedWrite[], [{ jobId: job }]: [WriteJob]) {
        await this.context.journal.settleSoon(writes.map(({ ordinal }, position) => ({ ordinal, from: 'sent', to: 'accepted', job, position })))
        await this.context.journal.settleSoon(writes.map(({ ordinal, record }) => ({ ordinal, from: 'accepted', to: 'delivered', remoteId: record.remoteId ?? null })))
      },
    }),
  ),
  {
    bug: 'a job that a crash left behind is opened again',
    breaks: 'I4',
    module: '../../execution/resolve/resolve-unknown.ts',
    replace(original) {
      const module = original as typeof settle
      return {
        ...module,
        async awaitJobs({ journal }: RunContext) {
          const accepted = [...allRows(journal.database, journal.run.id, "state = 'accepted'")]
          if (accepted.length > 0) journal.withdraw(accepted.map(({ ordinal }) => ordinal), 'accepted')
        },
      }
    },
  },
  {
    bug: 'rows are called verified without being read',
    breaks: 'I4',
    module: '../../execution/verify/verify.ts',
    replace(original) {
      return {
        ...(original as typeof verify),
        async verifyDelivered(context: RunContext) {
          const rows = await writesOf(context, "state = 'delivered' AND verification IS NULL")
          await context.journal.verify(rows.map(({ row }) => ({ ordinal: row.ordinal, verification: 'verified' })), [])
        },
      }
    },
  },
  dispatcher('answers are matched to rows one position off', 'I4', (Base) => {
    const { settleRows } = Base.prototype as unknown as { settleRows: (this: unknown, writes: PlannedWrite[], rows: { position: number }[], from: string) => Promise<void> }
    return withMethods(Base, {
      settleRows(this: unknown, writes: PlannedWrite[], rows: { position: number }[], from: string) {
        return settleRows.call(this, writes, rows.map((row) => ({ ...row, position: (row.position + 1) % writes.length })), from)
      },
    })
  }),
  {
    bug: 'a resumed run sends delivered rows again',
    breaks: 'I3',
    module: '../../execution/journal/journal.ts',
    replace(original) {
      const module = original as typeof journal
      return {
        ...module,
        Journal: class extends module.Journal {
          override moveRun(...[event, more]: Parameters<journal.Journal['moveRun']>): void {
            super.moveRun(event, more)
            if (event.kind !== 'reopen') return
            this.database.transaction(() => {
              this.database.run("DELETE FROM journal WHERE run = ? AND state = 'delivered'", this.run.id)
              this.database.run('UPDATE runs SET next_ordinal = 0, counts = ? WHERE id = ?', JSON.stringify(recount(this.database, this.run.id, this.run.planned)), this.run.id)
            })
          }
        },
      }
    },
  },
  {
    bug: 'a cancel forgets rows that were sent',
    breaks: 'I4',
    module: '../../execution/resolve/resolve-unknown.ts',
    replace(original) {
      const module = original as typeof settle
      return {
        ...module,
        async resolveUnknown(context: RunContext, sender: deliver.BatchDispatcher, notAgain: () => settle.NotAgain | undefined) {
          if (notAgain() !== 'cancelled') return module.resolveUnknown(context, sender, notAgain)
          const rows = await writesOf(context, "state = 'unknown'")
          context.journal.settle(rows.map(({ row }) => ({ ordinal: row.ordinal, from: 'unknown', to: 'quarantined', reason: 'cancelled' })))
        },
      }
    },
  },
  dispatcher('a lost answer counts as a request that never left', 'I4', (Base) =>
    withMethods(Base, {
      async noAnswer(this: OpenDispatcher, writes: PlannedWrite[]) {
        this.context.journal.withdraw(writes.map(({ ordinal }) => ordinal))
      },
    }),
  ),
  {
    bug: 'what waited for minutes is sent without another look',
    breaks: 'I3',
    module: '../../execution/requests/run-connection.ts',
    replace(original) {
      const module = original as typeof runTarget
      return { ...module, RunConnection: withMethods(module.RunConnection as never, { freshness: () => undefined }) }
    },
  },
  {
    bug: 'lost answers are looked up before their requests have ended',
    breaks: 'I3',
    module: '../../execution/send/visibility-timer.ts',
    replace(original) {
      const module = original as typeof moments
      return {
        ...module,
        VisibilityTimer: class extends module.VisibilityTimer {
          override untilAfterLost(): number {
            return 0
          }
        },
      }
    },
  },
  {
    bug: 'a refusal in the middle of the work is believed',
    breaks: 'I4',
    module: '../../destinations/testimony.ts',
    replace: (original) => believing(original as typeof testimony, (_sent, said) => said.map((one) => (one.outcome === 'rejected' ? { ...one, refusal: { code: one.refusal.code, message: '', retryable: false } } : one))),
  },
  {
    bug: 'what was made is linked to the id that was answered',
    breaks: 'links',
    module: '../../execution/verify/verify.ts',
    replace(original) {
      const module = original as typeof verify
      return {
        ...module,
        verifyDelivered: (context: RunContext, sink: ObservationSink) => module.verifyDelivered(context, { ...sink, add: (seen) => sink.add({ ...seen, remoteId: answeredFor(context, seen.key) ?? seen.remoteId }) }),
      }
    },
  },
]
