import type { ServedEngine } from '../services/served-engine.ts'
import { clusterFiles } from '../identity/cluster-files.ts'
import { identityFigures } from '../identity/figures.ts'
import { findRecords } from '../identity/graph/queries/find-records.ts'
import { identityOverview } from '../identity/graph/queries/overview.ts'
import { readPerson } from '../identity/graph/queries/person.ts'
import { previewRules } from '../identity/graph/queries/preview.ts'
import { queuePage } from '../identity/graph/queries/queues.ts'
import { forecastCoverage } from '../planning/build/forecast.ts'
import type { CallBuilder } from './call-builder.ts'

export function identityCalls(build: CallBuilder, engine: ServedEngine) {
  const { files, ids } = engine.options.ports
  const calls = build.identity
  return {
    identity: build.identity.router({
      cluster: calls.cluster.handler(async ({ input }) => {
        const { rules, keys, result, bridges } = await clusterFiles(input, { files, ids, tempFolder: engine.scratchFolder() })
        return { out: input.out, rulesVersion: rules.version, ...identityFigures(rules.definition, keys, result, bridges) }
      }),
      run: calls.run.handler(({ input, context, signal }) => engine.workspace().identities.run(input.identity, context.actor, signal)),
      overview: calls.overview.handler(({ input }) => identityOverview(engine.workspace(), input.identity)),
      history: calls.history.handler(({ input }) => engine.workspace().identities.runs.list(input.identity, input.limit)),
      queue: calls.queue.handler(({ input: { identity, ...request } }) => {
        const { identities, decisions } = engine.workspace()
        return identities.reading(identity, (open) => queuePage(open, request, () => decisions.openFixes(open, decisions.store.all(identity))))
      }),
      find: calls.find.handler(({ input: { identity, ...sought } }) => engine.workspace().identities.reading(identity, (open) => findRecords(open, sought))),
      person: calls.person.handler(({ input: { identity, ...asked } }) => {
        const { identities, decisions } = engine.workspace()
        return identities.reading(identity, (open) => readPerson(open, asked, decisions))
      }),
      decide: calls.decide.handler(({ input: { identity, kind, parts, column, reason }, context }) => engine.workspace().decisions.decide(identity, { kind, parts, ...(column === undefined ? {} : { column }), reason }, context.actor)),
      undo: calls.undo.handler(({ input: { identity, ...undone }, context }) => engine.workspace().decisions.undo(identity, undone, context.actor)),
      decisions: calls.decisions.handler(({ input: { identity, ...page } }) => engine.workspace().decisions.list(identity, page)),
      preview: calls.preview.handler(({ input, signal }) => {
        const { session, identities } = engine.workspace()
        return previewRules({ session, graph: identities, ...input, signal })
      }),
      drawSample: calls.drawSample.handler(async ({ input }) => ({ drawn: await engine.workspace().samples.draw(input.identity, input.size) })),
      sample: calls.sample.handler(({ input: { identity, ...page } }) => engine.workspace().samples.page(identity, page)),
      judge: calls.judge.handler(({ input: { identity, ...judged }, context }) => engine.workspace().samples.judge(identity, judged, context.actor)),
      forecast: calls.forecast.handler(({ input, signal }) => {
        const { session, identities } = engine.workspace()
        return forecastCoverage({ session, graph: identities }, input.activation, signal)
      }),
    }),
  }
}
