import { AppError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import { placeOf } from '../destinations/address.ts'
import type { DestinationListing } from '../destinations/destination.ts'
import { destinationCards, last4Of, summariseConnection } from '../destinations/connection-cards.ts'
import type { ServedEngine } from '../services/served-engine.ts'
import { lastAnswered } from '../execution/runs/last-answered.ts'
import { pauseOf } from '../execution/runs/pauses.ts'
import { lastPlaceOf } from '../planning/build/plan-place.ts'
import type { CallBuilder } from './call-builder.ts'
import { findDefinition } from '../workspace/find-definition.ts'
import type { Definition } from '../workspace/workspace.ts'

/** Where the connection goes now; not what a person never saw. */
function placeNow({ id, path, value }: Definition<'connection'>, seen: string | undefined, destinations: readonly DestinationListing[]): string {
  const place = placeOf(value, destinations)
  if (!place) throw new AppError('definition-invalid', `The settings of connection ${id} do not say where it goes.`, { file: path, field: 'settings', next: 'Correct its settings first.' })
  if (seen === undefined || seen === place.address) return place.address
  throw new AppError('definition-changed', `${value.name} goes to ${place.address} since you looked, not to ${seen}. Nothing was kept.`, { file: path, field: 'settings', next: 'Look at the address, then do it again if it is right.' })
}

export function connectionCalls(build: CallBuilder, engine: ServedEngine) {
  const session = () => engine.workspace().session
  const secrets = () => session().ports.secrets.forWorkspace(session().folder)
  const { connections: call } = build
  return {
    connections: build.connections.router({
      list: call.list.handler(async () => {
        const workspace = await session().workspace()
        const definitions = [...workspace.definitions.connection.values()]
        const { database } = session()
        const use = (id: string) => ({ secrets: secrets(), paused: pauseOf(database, '', id) !== undefined, lastWentTo: lastPlaceOf(database, id, engine.destinations), lastAnswered: lastAnswered(database, id) })
        return Promise.all(definitions.map((definition) => summariseConnection(definition, workspace, engine.destinations, use(definition.id))))
      }),
      destinations: call.destinations.handler(() => destinationCards(engine.destinations)),
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
        const known = destinationCards(engine.destinations).find((card) => card.id === definition.value.destination)?.secrets ?? {}
        const label = known[input.field]
        if (label === undefined) throw new AppError('field-unknown', `${definition.value.name} has no secret called ${input.field}.`, { field: 'field', value: input.field, file: definition.path, next: `It has: ${Object.keys(known).join(', ') || 'none'}.` })
        const goesTo = placeNow(definition, input.goesTo, engine.destinations)
        const origin = await secrets().set(input.connection, input.field, input.value, goesTo)
        appendAudit(session(), { kind: 'secret set', actor: context.actor.name, subject: input.connection, data: { field: input.field, kept: origin, goesTo } })
        engine.emit({ topic: 'connections' })
        return { field: input.field, label, origin, ...last4Of(input.value) }
      }),
      confirmPlace: call.confirmPlace.handler(async ({ input, context }) => {
        const definition = findDefinition(await session().workspace(), 'connection', input.connection)
        const goesTo = placeNow(definition, input.goesTo, engine.destinations)
        const known = destinationCards(engine.destinations).find((card) => card.id === definition.value.destination)?.secrets ?? {}
        for (const field of Object.keys(known)) {
          // What is typed is given for a place by being typed again; only the environment cannot say it.
          if ((await secrets().get(input.connection, field))?.origin === 'environment') await secrets().bind(input.connection, field, goesTo)
        }
        appendAudit(session(), { kind: 'secret confirmed', actor: context.actor.name, subject: input.connection, data: { goesTo } })
        engine.emit({ topic: 'connections' })
        return { goesTo }
      }),
      keychain: call.keychain.handler(() => secrets().keychain()),
    }),
  }
}
