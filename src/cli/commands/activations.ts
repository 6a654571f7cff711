import { AppError } from '../../contract/errors.ts'
import { type Command, type CommandInput, flag, text, textOf } from '../command.ts'
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
    const scope = scopeOf(input)
    const reason = textOf(input.options, 'reason')
    const { caller } = await input.engine()
    await caller.activations.pause({ scope, ...(reason === undefined ? {} : { reason }) })
    return { json: { ok: true, paused: true, ...scope }, text: 'all' in scope ? 'Everything is paused.' : `${scope.connection} is paused.` }
  },
}

/** Lifts a pause. */
export const resume: Command = {
  path: ['resume'],
  words: [],
  options: { all: flag, destination: text('D') },
  summary: 'Lift a pause.',
  async run(input) {
    const scope = scopeOf(input)
    const { caller } = await input.engine()
    await caller.activations.resume({ scope })
    return { json: { ok: true, paused: false, ...scope }, text: 'all' in scope ? 'Everything may go on.' : `${scope.connection} may go on.` }
  },
}

function scopeOf({ options }: CommandInput): { all: true } | { connection: string } {
  const connection = textOf(options, 'destination')
  const all = options['all'] === true
  if (all === (connection !== undefined)) throw new AppError('bad-usage', all ? 'Everything and one destination were both named.' : 'Nothing was named.', { next: 'Give --all, or --destination D.' })
  return connection === undefined ? { all: true } : { connection }
}
