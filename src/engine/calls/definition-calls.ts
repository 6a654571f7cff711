import { appendAudit } from '../audit/audit.ts'
import type { Engine } from '../engine.ts'
import type { CallBuilder } from '../router.ts'
import { readDocument, removeDefinition, saveDefinition } from '../workspace/save-definition.ts'

export function definitionCalls(build: CallBuilder, engine: Engine) {
  const place = () => {
    const { session } = engine.workspace()
    return { folder: session.folder, files: session.ports.files }
  }
  const { definitions: call } = build
  return {
    definitions: build.definitions.router({
      read: call.read.handler(({ input }) => readDocument({ ...place(), ...input })),
      save: call.save.handler(async ({ input, context }) => {
        const saved = await saveDefinition({ ...place(), ...input })
        appendAudit(engine.workspace().session, { kind: 'definition saved', actor: context.actor.name, subject: input.id, data: { kind: input.kind, hash: saved.hash } })
        engine.emit({ topic: 'workspace' })
        return saved
      }),
      remove: call.remove.handler(async ({ input, context }) => {
        await removeDefinition({ ...place(), ...input })
        appendAudit(engine.workspace().session, { kind: 'definition removed', actor: context.actor.name, subject: input.id, data: { kind: input.kind } })
        engine.emit({ topic: 'workspace' })
        return { ok: true as const }
      }),
    }),
  }
}
