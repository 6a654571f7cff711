import { type Command, numberOf, wholeNumber } from '../command.ts'

/** Makes Harbour Mutual. */
export const sampleCreate: Command = {
  path: ['sample', 'create'],
  words: ['dir'],
  options: { customers: wholeNumber('N'), seed: wholeNumber('S') },
  summary: 'Make the sample company in a folder: workspace, warehouse and what its simulators start with.',
  async run({ words, options, resolvePath, engine }) {
    const folder = resolvePath(words[0] ?? '')
    const customers = numberOf(options, 'customers')
    const seed = numberOf(options, 'seed')
    const { caller } = await engine('none')
    const info = await caller.workspace.createSample({ folder, ...(customers === undefined ? {} : { customers }), ...(seed === undefined ? {} : { seed }) })
    return {
      json: { folder: info.folder, id: info.id, name: info.name, files: info.definitions.length },
      text: `${info.name} is in ${info.folder}.\nStart its simulators: lockstep simulators start ${words[0] ?? ''}`,
    }
  },
}
