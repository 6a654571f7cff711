import { AppError } from '../../contract/errors.ts'
import type { DefinitionDocument } from '../../contract/shapes.ts'
import { withoutFields } from '../activations/taken-over.ts'
import { appendAudit } from '../audit/audit.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import type { Files } from '../ports/ports.ts'
import type { CallBuilder } from './call-builder.ts'
import type { AnySource } from '../sources/source.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import { keepRemoved, putBack } from '../workspace/put-back.ts'
import { readDocument, removeDefinition, saveDefinition } from '../workspace/save-definition.ts'
import type { Definition, Workspace } from '../workspace/workspace.ts'

interface Place {
  folder: string
  files: Files
  sources: readonly AnySource[]
  read: () => Promise<Workspace>
}

/** Lets an activation go on without some of its fields; returns the hash of its file. */
async function leaveFields(place: Place, id: string, fields: readonly string[]): Promise<string> {
  const document = await readDocument({ ...place, kind: 'activation', id })
  const value = withoutFields(findDefinition(await place.read(), 'activation', id).value, fields)
  return (await saveDefinition({ ...place, kind: 'activation', id, value, expectedHash: document.hash })).hash
}

/** What it was called, for an entry that outlives it. */
function nameOf(definition: Definition | undefined): { name?: string } {
  const { name } = (definition?.value ?? {}) as { name?: string }
  return name === undefined ? {} : { name }
}

export function definitionCalls(build: CallBuilder, engine: ServedEngine) {
  const place = (): Place => {
    const { session } = engine.workspace()
    return { folder: session.folder, files: session.ports.files, sources: engine.sources, read: session.workspace }
  }
  /** A file that holds what the last save here left was not changed outside Lockstep. */
  const withSaver = (document: DefinitionDocument): DefinitionDocument => {
    const entry = engine.workspace().session.database.get<{ actor: string; at: string; data: string }>("SELECT actor, at, data FROM audit WHERE kind = 'definition saved' AND subject = ? ORDER BY sequence DESC LIMIT 1", document.id)
    const data = entry && (JSON.parse(entry.data) as { kind?: string; hash?: string })
    return entry && data?.kind === document.kind && data.hash === document.hash ? { ...document, saved: { by: entry.actor, at: entry.at } } : document
  }
  const { definitions: call } = build
  return {
    definitions: build.definitions.router({
      read: call.read.handler(async ({ input }) => withSaver(await readDocument({ ...place(), ...input }))),
      save: call.save.handler(async ({ input, context }) => {
        const { takesOver = [], ...request } = input
        if (takesOver.length > 0 && input.kind !== 'activation') throw new AppError('bad-input', `Only an activation takes fields over; '${input.id}' is a ${input.kind}.`, { field: 'takesOver' })
        const { session } = engine.workspace()
        const note = (id: string, hash: string, more: Record<string, string> = {}) => appendAudit(session, { kind: 'definition saved', actor: context.actor.name, subject: id, data: { kind: input.kind, hash, ...more } })
        // First the one that gets the fields: should the others fail, they go on as they were and it is refused.
        const saved = await saveDefinition({ ...place(), ...request })
        note(input.id, saved.hash)
        for (const { activation, fields } of takesOver) note(activation, await leaveFields(place(), activation, fields), { leaves: fields.join(', '), to: input.id })
        engine.emit({ topic: 'workspace' })
        return takesOver.length === 0 ? saved : readDocument({ ...place(), ...request })
      }),
      remove: call.remove.handler(async ({ input, context }) => {
        const { session } = engine.workspace()
        const definition = (await session.workspace()).definitions[input.kind].get(input.id)
        await removeDefinition({ ...place(), ...input })
        session.database.transaction(() => {
          const files = definition === undefined ? {} : keepRemoved(session.database, { ...input, definition, now: session.ports.clock.now() })
          appendAudit(session, { kind: 'definition removed', actor: context.actor.name, subject: input.id, data: { kind: input.kind, files, ...nameOf(definition) } })
        })
        engine.emit({ topic: 'workspace' })
        return { ok: true as const }
      }),
      putBack: call.putBack.handler(async ({ input, context }) => {
        const { session } = engine.workspace()
        await putBack({ ...place(), ...input, database: session.database })
        appendAudit(session, { kind: 'definition put back', actor: context.actor.name, subject: input.id, data: { kind: input.kind } })
        engine.emit({ topic: 'workspace' })
        return readDocument({ ...place(), ...input })
      }),
    }),
  }
}
