import { AppError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import { destinationCards, summariseConnection } from '../destinations/connection-cards.ts'
import type { Engine } from '../engine.ts'
import { pauseOf } from '../execution/pauses.ts'
import type { CallBuilder } from '../router.ts'
import { findDefinition } from '../workspace/find-definition.ts'

export function connectionCalls(build: CallBuilder, engine: Engine) {
  const session = () => engine.workspace().session
  const secrets = () => session().ports.secrets.forWorkspace(session().folder)
  const { connections: call } = build
  return {
    connections: build.connections.router({
      list: call.list.handler(async () => {
        const workspace = await session().workspace()
        const definitions = [...workspace.definitions.connection.values()]
        return Promise.all(definitions.map((definition) => summariseConnection(definition, workspace, secrets(), pauseOf(session().database, '', definition.id) !== undefined)))
      }),
      destinations: call.destinations.handler(() => destinationCards()),
      check: call.check.handler(async ({ input, signal }) => {
        try {
          const connected = await session().connect(input.connection)
          const { account } = await connected.check(signal)
          return { ok: true, account, words: `${connected.declaration.name} answered as ${account}.` }
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          return { ok: false, words: error.message, problem: error.toBody() }
        }
      }),
      objects: call.objects.handler(async ({ input, signal }) => (await session().connect(input.connection)).discover({ refresh: true, ...(signal ? { signal } : {}) })),
      setSecret: call.setSecret.handler(async ({ input, context }) => {
        const definition = findDefinition(await session().workspace(), 'connection', input.connection)
        const known = destinationCards().find((card) => card.id === definition.value.destination)?.secrets ?? {}
        const label = known[input.field]
        if (label === undefined) throw new AppError('field-unknown', `${definition.value.name} has no secret called ${input.field}.`, { field: 'field', value: input.field, file: definition.path, next: `It has: ${Object.keys(known).join(', ') || 'none'}.` })
        const origin = await secrets().set(input.connection, input.field, input.value)
        appendAudit(session(), { kind: 'secret set', actor: context.actor.name, subject: input.connection, data: { field: input.field, kept: origin } })
        engine.emit({ topic: 'connections' })
        return { field: input.field, label, origin, ...(input.value.length >= 12 ? { last4: input.value.slice(-4) } : {}) }
      }),
      keychain: call.keychain.handler(() => secrets().keychain()),
    }),
  }
}
