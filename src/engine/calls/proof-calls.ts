import { listAudit } from '../audit/audit.ts'
import { exportAudit } from '../proof/export.ts'
import { namesFrom } from '../audit/names.ts'
import { verifyAudit } from '../proof/verify.ts'
import type { Engine } from '../engine.ts'
import { examine } from '../home/doctor.ts'
import { summariseHome } from '../home/home.ts'
import type { CallBuilder } from '../router.ts'
import { summaries } from './activation-calls.ts'

export function proofCalls(build: CallBuilder, engine: Engine) {
  const session = () => engine.workspace().session
  const { audit, home } = build
  return {
    audit: build.audit.router({
      list: audit.list.handler(async ({ input }) => {
        const { definitions } = await session().workspace()
        return listAudit(session().database, input, namesFrom(session().database, (kind, id) => definitions[kind].get(id)?.value.name))
      }),
      export: audit.export.handler(({ input, context }) => exportAudit(session(), { ...input, version: engine.options.version }, context.actor)),
      verify: audit.verify.handler(({ input }) => verifyAudit(session(), input.manifest)),
    }),
    home: build.home.router({
      summary: home.summary.handler(async ({ context }) => {
        const { plans, runs } = engine.workspace()
        const workspace = await session().workspace()
        return summariseHome({ session: session(), workspace, plans, activations: summaries(engine, workspace), runs: runs.list({ limit: 100 }), actor: context.actor })
      }),
      doctor: home.doctor.handler(() => examine(engine)),
    }),
  }
}
