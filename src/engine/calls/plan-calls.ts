import { exportPlanRows } from '../exports/row-exports.ts'
import { endKept, endOverride, lastingDecisions } from '../planning/review/lasting-decisions.ts'
import { labelsOf } from '../planning/plans.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import type { CallBuilder } from './call-builder.ts'
import { labelledCauses } from './labelled-causes.ts'

export function planCalls(build: CallBuilder, engine: ServedEngine) {
  const plans = () => engine.workspace().plans
  const { plans: call, decisions } = build
  const session = () => engine.workspace().session
  const ended = { ok: true as const }
  return {
    decisions: build.decisions.router({
      list: decisions.list.handler(() => lastingDecisions(session())),
      endOverride: decisions.endOverride.handler(({ input, context }) => (endOverride(session(), input, context.actor), ended)),
      endKept: decisions.endKept.handler(({ input, context }) => (endKept(session(), input, context.actor), ended)),
    }),
    plans: build.plans.router({
      create: call.create.handler(({ input, context, signal }) => plans().create(input, context.actor, signal)),
      list: call.list.handler(({ input }) => plans().list(input.activation, input.limit)),
      get: call.get.handler(({ input }) => plans().detail(input.plan)),
      open: call.open.handler(({ input }) => plans().open(input.plan)),
      fieldRows: call.fieldRows.handler(({ input }) => plans().fieldRows(input.plan, input)),
      narrowings: call.narrowings.handler(({ input }) => plans().narrowings(input.plan, input)),
      recordRows: call.recordRows.handler(({ input }) => plans().recordRows(input.plan, input)),
      record: call.record.handler(async ({ input }) => {
        const { row, fields, about } = await plans().record(input.plan, input.record)
        return { ...row, fieldsChanged: fields, about }
      }),
      causes: call.causes.handler(async ({ input }) => {
        const plan = plans().store.find(input.plan)
        return labelledCauses(await plans().causes(plan.id, input.of), labelsOf(plan))
      }),
      conflicts: call.conflicts.handler(async ({ input }) => {
        const plan = plans().store.find(input.plan)
        const { rows, next } = await (await plans().reader(plan)).lists.conflicts(input.after, input.limit, labelsOf(plan))
        return {
          planId: plan.id,
          next,
          conflicts: rows.map((row) => ({
            record: row.record,
            field: row.field,
            class: row.class,
            base: { known: row.base.known, value: row.base.value },
            warehouse: row.warehouse,
            destination: row.destination,
            ...(row.result === undefined ? {} : { result: row.result }),
            editor: row.editor ?? null,
            at: row.editor?.at ?? null,
            answer: row.answer ? { take: row.answer.take, ...(row.answer.value === undefined ? {} : { value: row.answer.value }), ...(row.answer.reason === undefined ? {} : { reason: row.answer.reason }) } : null,
          })),
        }
      }),
      resolve: call.resolve.handler(({ input, context }) => plans().resolve(input.plan, input, context.actor)),
      unresolve: call.unresolve.handler(({ input, context }) => plans().unresolve(input.plan, input.scope, context.actor)),
      select: call.select.handler(({ input, context }) => plans().select(input.plan, input.scope, input.selected, input.previewOnly, context.actor)),
      decideMissing: call.decideMissing.handler(({ input, context }) => plans().decideMissing(input.plan, input, context.actor)),
      savePolicy: call.savePolicy.handler(({ input, context }) => plans().savePolicy(input.plan, input, context.actor)),
      liftGuard: call.liftGuard.handler(({ input, context }) => plans().liftGuard(input.plan, input.guard, input.reason, context.actor)),
      approve: call.approve.handler(({ input, context }) => plans().approve(input.plan, input.confirmCount, context.actor)),
      putAway: call.putAway.handler(({ input, context }) => plans().putAway(input.plan, context.actor)),
      bringBack: call.bringBack.handler(({ input, context }) => plans().bringBack(input.plan, context.actor)),
      handOver: call.handOver.handler(({ input, context }) => plans().handOver(input.plan, input, context.actor)),
      exportRows: call.exportRows.handler(async ({ input, context }) => {
        const { plan: prefix, filter, ...narrowing } = input
        const plan = plans().store.find(prefix)
        return exportPlanRows(engine.workspace().session, { plan, filter, narrowing, rows: (await plans().reader(plan)).lists.exportRows(filter, narrowing) }, context.actor)
      }),
    }),
  }
}
