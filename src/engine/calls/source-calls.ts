import { appendAudit } from '../audit/audit.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import { checkReplacement, replaceFile } from '../onboarding/replace-file.ts'
import { checkProduct, previewProduct } from '../audience/look-at-product.ts'
import type { CallBuilder } from './call-builder.ts'
import { columnValues, countSegment, sampleSegment, whyInSegment } from '../audience/look-at-segment.ts'
import type { DataAccess } from '../audience/data-access.ts'
import { sourceCards, summariseSource } from '../sources/source-cards.ts'
import { checkSource, previewSource, sourceTables } from '../audience/look-at-source.ts'

export function sourceCalls(build: CallBuilder, engine: ServedEngine) {
  const access = async (): Promise<DataAccess> => {
    const { session } = engine.workspace()
    return { workspace: await session.workspace(), ...session.ports, tempFolder: session.folders.temp }
  }
  const { sources, products, segments } = build
  return {
    sources: build.sources.router({
      checkReplacement: sources.checkReplacement.handler(async ({ input }) => checkReplacement(await access(), input)),
      replaceFile: sources.replaceFile.handler(async ({ input, context }) => {
        const { replaced, folder } = await replaceFile(await access(), input)
        appendAudit(engine.workspace().session, { kind: 'definition saved', actor: context.actor.name, subject: input.source, data: { kind: 'source', file: folder, rows: replaced.load } })
        engine.emit({ topic: 'workspace' })
        return replaced
      }),
      kinds: sources.kinds.handler(() => sourceCards(engine.sources)),
      list: sources.list.handler(async () => [...(await engine.workspace().session.workspace()).definitions.source.values()].map((definition) => summariseSource(definition, engine.sources))),
      tables: sources.tables.handler(async ({ input }) => sourceTables(await access(), input.source)),
      test: sources.test.handler(async ({ input }) => {
        const { tables, words } = await checkSource(await access(), input.source)
        return { ok: true, tables, words }
      }),
      preview: sources.preview.handler(async ({ input }) => previewSource(await access(), input)),
    }),
    products: build.products.router({
      preview: products.preview.handler(async ({ input }) => previewProduct(await access(), input.product, input.limit)),
      check: products.check.handler(async ({ input }) => checkProduct(await access(), input.product)),
    }),
    segments: build.segments.router({
      count: segments.count.handler(async ({ input }) => countSegment(await access(), input.product, input.filter)),
      sample: segments.sample.handler(async ({ input }) => sampleSegment(await access(), input.product, input.filter, input.limit)),
      why: segments.why.handler(async ({ input }) => whyInSegment(await access(), input.product, input.filter, input.key)),
      values: segments.values.handler(async ({ input }) => columnValues(await access(), input)),
    }),
  }
}
