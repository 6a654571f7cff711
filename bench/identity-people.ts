import { identityDefinition } from '../src/contract/identity.ts'
import { findRecords } from '../src/engine/identity/graph/queries/find-records.ts'
import { readPerson } from '../src/engine/identity/graph/queries/person.ts'
import { IdentityDecisions } from '../src/engine/identity/graph/decisions/decisions.ts'
import { previewRules } from '../src/engine/identity/graph/queries/preview.ts'
import { queuePage } from '../src/engine/identity/graph/queries/queues.ts'
import { IdentityRegister } from '../src/engine/identity/graph/identity-graph.ts'
import { SampleReview } from '../src/engine/identity/graph/sampling/sample-review.ts'
import type { IdentityInput } from './identity-data.ts'
import { stopwatch } from './measure.ts'
import type { Spent } from './measure.ts'
import { step } from './step.ts'
import { withSession } from './workspace.ts'

/** What people wait for in Identity, over the workspace that `identity-register.ts` left. */
export type PeopleTimes = Record<'ambiguous' | 'duplicates' | 'unmatched' | 'find' | 'person' | 'preview' | 'draw' | 'sample', Spent>

const identity = 'people'
const page = { offset: 0, limit: 50 }

await step<IdentityInput>(({ folder }): Promise<PeopleTimes> =>
  withSession({
    workspace: `${folder}/register`,
    emit: () => undefined,
    async use(session) {
      const register = new IdentityRegister(session)
      const decisions = new IdentityDecisions({ session, register, referenceKey: 'bench' })
      const samples = new SampleReview(session, register)
      const definition = (await session.workspace()).definitions.identity.get(identity)?.value
      const value = identityDefinition.parse({ ...definition, rules: definition?.rules.slice(0, -1) })
      const queue = (kind: 'ambiguous' | 'duplicates' | 'unmatched') => () => register.reading(identity, (open) => queuePage(open, { kind, ...page }, async () => []))
      const [somebody] = await register.reading(identity, (open) => findRecords(open, { text: 'ann.77', limit: 1 }))
      return {
        ambiguous: await timed(queue('ambiguous')),
        duplicates: await timed(queue('duplicates')),
        unmatched: await timed(queue('unmatched')),
        find: await timed(() => register.reading(identity, (open) => findRecords(open, { text: 'ann.77', limit: 20 }))),
        person: await timed(() => register.reading(identity, (open) => readPerson(open, { record: somebody?.reference }, decisions))),
        preview: await timed(() => previewRules({ session, register, identity, value })),
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
