import { AppError } from '../../contract/errors.ts'
import { type Command, type CommandInput, flag, text, textOf } from '../command.ts'
import type { Caller } from '../connect-engine.ts'
import { table } from '../table.ts'

/** The central list of what is sent where. */
export const activationsList: Command = {
  path: ['activations', 'list'],
  words: [],
  options: {},
  summary: 'List the activations and what the last evidence says of each.',
  async run({ engine }) {
    const { caller } = await engine()
    const activations = (await caller.activations.list()).map(({ id, destination, object, mode, state }) => ({ id, destination, object, mode, state }))
    const columns = ['Activation', 'Destination', 'Object', 'Mode', 'State'].map((title) => ({ title }))
    return { json: { activations }, text: table(columns, activations.map(({ id, destination, object, mode, state }) => [id, destination, object, mode, state])) }
  },
}

/** Stops everything, or one destination: nothing is sent until it is resumed. */
export const pause: Command = {
  path: ['pause'],
  words: [],
  options: { all: flag, destination: text('D'), reason: text('R') },
  summary: 'Send nothing more, anywhere or to one destination, until resumed.',
  async run(input) {
    const { caller, scopes } = await scopesOf(input)
    const reason = textOf(input.options, 'reason')
    for (const scope of scopes) await caller.activations.pause({ scope, ...(reason === undefined ? {} : { reason }) })
    return { json: { ok: true, paused: namesOf(scopes) }, text: `Paused: ${namesOf(scopes).join(', ')}. Nothing is sent until it is resumed.` }
  },
}

/** Lifts a pause. */
export const resume: Command = {
  path: ['resume'],
  words: [],
  options: { all: flag, destination: text('D') },
  summary: 'Lift a pause.',
  async run(input) {
    const { caller, scopes } = await scopesOf(input)
    for (const scope of scopes) await caller.activations.resume({ scope })
    return { json: { ok: true, resumed: namesOf(scopes) }, text: `Resumed: ${namesOf(scopes).join(', ')}.` }
  },
}

type Scope = { all: true } | { connection: string }

/** A destination is named as its connection is, or as the system behind it, which may have several connections. */
async function scopesOf({ options, engine }: CommandInput): Promise<{ caller: Caller; scopes: Scope[] }> {
  const name = textOf(options, 'destination')
  const all = options['all'] === true
  if (all === (name !== undefined)) throw new AppError('bad-usage', all ? 'Everything and one destination were both named.' : 'Nothing was named.', { next: 'Give --all, or --destination D.' })
  const { caller } = await engine()
  if (name === undefined) return { caller, scopes: [{ all: true }] }
  const connections = await caller.connections.list()
  const exact = connections.filter(({ id }) => id === name)
  const scopes = (exact.length > 0 ? exact : connections.filter(({ destination }) => destination === name)).map(({ id }) => ({ connection: id }))
  if (scopes.length === 0) throw new AppError('not-found', `There is no destination “${name}” in this workspace.`, { field: 'destination', value: name, next: `There is: ${connections.map(({ id }) => id).join(', ')}.` })
  return { caller, scopes }
}

function namesOf(scopes: Scope[]): string[] {
  return scopes.map((scope) => ('all' in scope ? 'everything' : scope.connection))
}
