import { identityDefinition } from '../src/contract/identity.ts'
import { findRecords } from '../src/engine/identity/graph/queries/find-records.ts'
import { readPerson } from '../src/engine/identity/graph/queries/person.ts'
import { IdentityDecisions } from '../src/engine/identity/graph/decisions/decisions.ts'
import { previewRules } from '../src/engine/identity/graph/queries/preview.ts'
import { queuePage } from '../src/engine/identity/graph/queries/queues.ts'
import { IdentityGraph } from '../src/engine/identity/graph/identity-graph.ts'
import { SampleReview } from '../src/engine/identity/graph/sampling/sample-review.ts'
import type { IdentityInput } from './identity-data.ts'
import { stopwatch } from './measure.ts'
import type { Spent } from './measure.ts'
import { step } from './step.ts'
import { withSession } from './workspace.ts'

/** What people wait for in Identity, over the workspace that `identity-graph.ts` left. */
export type PeopleTimes = Record<'ambiguous' | 'duplicates' | 'unmatched' | 'find' | 'person' | 'preview' | 'draw' | 'sample', Spent>

const identity = 'people'
const page = { offset: 0, limit: 50 }

await step<IdentityInput>(({ folder }): Promise<PeopleTimes> =>
  withSession({
    workspace: `${folder}/graph`,
    emit: () => undefined,
    async use(session) {
      const graph = new IdentityGraph(session)
      const decisions = new IdentityDecisions({ session, graph, referenceKey: 'bench' })
      const samples = new SampleReview(session, graph)
      const definition = (await session.workspace()).definitions.identity.get(identity)?.value
      const value = identityDefinition.parse({ ...definition, rules: definition?.rules.slice(0, -1) })
      const queue = (kind: 'ambiguous' | 'duplicates' | 'unmatched') => () => graph.reading(identity, (open) => queuePage(open, { kind, ...page }, async () => []))
      const [somebody] = await graph.reading(identity, (open) => findRecords(open, { text: 'ann.77', limit: 1 }))
      return {
        ambiguous: await timed(queue('ambiguous')),
        duplicates: await timed(queue('duplicates')),
        unmatched: await timed(queue('unmatched')),
        find: await timed(() => graph.reading(identity, (open) => findRecords(open, { text: 'ann.77', limit: 20 }))),
        person: await timed(() => graph.reading(identity, (open) => readPerson(open, { record: somebody?.reference }, decisions))),
        preview: await timed(() => previewRules({ session, graph, identity, value })),
        draw: await timed(() => samples.draw(identity, 50)),
        sample: await timed(() => samples.page(identity, page)),
      }
    },
  }),
)

async function timed(act: () => Promise<unknown>): Promise<Spent> {
  const spent = stopwatch()
  await act()
  return spent()
}
