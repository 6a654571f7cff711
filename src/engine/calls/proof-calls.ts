import { auditFacets, listAudit } from '../audit/list.ts'
import { exportAudit } from '../proof/export.ts'
import { namesFrom } from '../audit/names.ts'
import { verifyAudit } from '../proof/verify.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import { examine } from '../home/doctor.ts'
import { summariseHome } from '../home/home.ts'
import type { CallBuilder } from './call-builder.ts'
import { summaries } from './activation-calls.ts'

export function proofCalls(build: CallBuilder, engine: ServedEngine) {
  const session = () => engine.workspace().session
  const { audit, home } = build
  const names = async () => {
    const { definitions } = await session().workspace()
    return namesFrom(session().database, (kind, id) => definitions[kind].get(id)?.value.name)
  }
  return {
    audit: build.audit.router({
      list: audit.list.handler(async ({ input }) => listAudit(session().database, input, await names())),
      facets: audit.facets.handler(async () => auditFacets(session().database, await names())),
      export: audit.export.handler(({ input, context }) => exportAudit(session(), { ...input, version: engine.options.version }, context.actor)),
      verify: audit.verify.handler(({ input }) => verifyAudit(session(), input.manifest)),
    }),
    home: build.home.router({
      summary: home.summary.handler(async ({ context }) => {
        const { plans, runs } = engine.workspace()
        const workspace = await session().workspace()
        return summariseHome({ session: session(), workspace, plans, activations: await summaries(engine, workspace), runs: runs.list({ limit: 100 }), actor: context.actor })
      }),
      doctor: home.doctor.handler(() => examine(engine)),
    }),
  }
}
