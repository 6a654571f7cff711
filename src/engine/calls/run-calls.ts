import { beforeImages } from '../execution/results/before-images.ts'
import { listUnknownRows } from '../execution/resolve/unknown-rows.ts'
import { listRequests } from '../execution/requests/request-log.ts'
import { referencesOf } from '../execution/requests/request-references.ts'
import { retryRejected } from '../execution/results/retry-rejected.ts'
import { heldNow } from '../execution/results/held-now.ts'
import { groupCauses, listPendingRows, listRunRows, runRowOf } from '../execution/results/run-rows.ts'
import { exportRunRows } from '../exports/row-exports.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import { writesOf } from '../planning/stored/applied-plan.ts'
import { labelsOf } from '../planning/plans.ts'
import { buildRevertPlan } from '../planning/build/revert-plan.ts'
import type { CallBuilder } from './call-builder.ts'
import { labelledCauses } from './labelled-causes.ts'

export function runCalls(build: CallBuilder, engine: ServedEngine) {
  const runs = () => engine.workspace().runs
  const { runs: call } = build
  return {
    runs: build.runs.router({
      start: call.start.handler(({ input, context }) => runs().start(input.plan, context.actor)),
      list: call.list.handler(({ input }) => runs().list(input)),
      get: call.get.handler(({ input }) => runs().get(input.run)),
      watch: call.watch.handler(({ input, signal }) => runs().watch(input.run, signal)),
      pause: call.pause.handler(({ input, context }) => runs().pause(input.run, context.actor)),
      resume: call.resume.handler(({ input, context }) => runs().resume(input.run, context.actor)),
      look: call.look.handler(({ input, context }) => runs().look(input.run, context.actor)),
      cancel: call.cancel.handler(({ input, context }) => runs().cancel(input.run, context.actor)),
      revert: call.revert.handler(async ({ input, context }) => {
        const { session, plans } = engine.workspace()
        const run = runs().find(input.run)
        const plan = await engine.openPlan(run.plan)
        try {
          const stored = await buildRevertPlan(session, { run: run.id, plan: plans.store.find(run.plan), images: beforeImages(session.database, plan, run.id) }, context.actor)
          return await plans.afterStored(stored)
        } finally {
          plan.close()
        }
      }),
      rows: call.rows.handler(async ({ input }) => {
        const { session, plans } = engine.workspace()
        const run = runs().find(input.run)
        if (input.state !== 'pending') return listRunRows(session.database, run.id, input)
        // What is pending is not in the journal yet; the plan knows it.
        const reader = await plans.reader(plans.store.find(run.plan))
        const { pending } = runs().get(run.id).counts
        return listPendingRows(session.database, { records: (from) => reader.planned(from) }, { ...run, total: pending }, input)
      }),
      causes: call.causes.handler(({ input }) => {
        const { session, plans } = engine.workspace()
        const run = runs().find(input.run)
        return labelledCauses(groupCauses(session.database, run.id), labelsOf(plans.store.find(run.plan)))
      }),
      heldNow: call.heldNow.handler(async ({ input, signal }) => {
        const { session, plans } = engine.workspace()
        const run = runs().find(input.run)
        const row = runRowOf(session.database, run.id, input.record)
        const { fields } = await plans.record(run.plan, input.record)
        return heldNow(session, { connection: run.connection, object: run.object, remoteId: row.remoteId, replaced: row.field, fields }, signal)
      }),
      unknown: call.unknown.handler(async ({ input }) => {
        const { session, plans } = engine.workspace()
        const run = runs().find(input.run)
        const stored = plans.store.find(run.plan)
        const reader = await plans.reader(stored)
        return listUnknownRows({ database: session.database, run: run.id, plan: await writesOf(session, stored, reader), labels: labelsOf(stored) }, input)
      }),
      settle: call.settle.handler(({ input, context }) => runs().settle(input, context.actor)),
      retryRejected: call.retryRejected.handler(({ input, context }) => {
        const { session, plans } = engine.workspace()
        return retryRejected({ database: session.database, plans, run: runs().find(input.run) }, context.actor)
      }),
      requests: call.requests.handler(async ({ input }) => {
        const { session, plans } = engine.workspace()
        const run = runs().find(input.run)
        runs().storeRequests(run.id)
        const all = listRequests(session.database, run.id, input)
        if (input.record === undefined || all.total === 0) return all
        const reader = await plans.reader(plans.store.find(run.plan))
        const refs = await referencesOf({ database: session.database, run: run.id, referenceKey: runs().referenceKey, records: (from) => reader.planned(from) }, input.record)
        return listRequests(session.database, run.id, { ...input, refs })
      }),
      exportRows: call.exportRows.handler(({ input, context }) => exportRunRows(engine.workspace().session, { run: runs().find(input.run).id, state: input.state }, context.actor)),
    }),
  }
}
