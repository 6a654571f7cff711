import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import { projectRoot } from '../../platform/project-root.ts'
import { type Command, text, textOf } from '../command.ts'
import { type Program, startProgram } from '../program.ts'

const SCRIPT = join(projectRoot, 'simulators', 'start.ts')

/** The sample's vendor simulators in the foreground, until a signal or until whoever started this ends. */
export const simulatorsStart: Command = {
  path: ['simulators', 'start'],
  words: ['dir'],
  options: { pace: text('vendor|fast'), state: text('DIR') },
  summary: 'Run the simulators of the sample company on this machine, until stopped.',
  async run({ words, options, resolvePath, print }) {
    const pace = textOf(options, 'pace') ?? 'vendor'
    if (pace !== 'vendor' && pace !== 'fast') throw new AppError('bad-usage', `There is no pace “${pace}”.`, { field: 'pace', value: pace, next: 'Give --pace vendor or --pace fast.' })
    const state = textOf(options, 'state')
    const folder = resolvePath(words[0] ?? '')
    if (!existsSync(folder)) throw new AppError('bad-input', `There is no folder ${folder}.`, { file: folder, next: 'Make the sample company there first: lockstep sample create <dir>.' })
    const program: Program = startProgram(SCRIPT, ['--dir', folder, '--pace', pace, ...(state === undefined ? [] : ['--state', resolvePath(state)])])
    // One line, with or without --json: programs wait for it.
    print(await program.firstLine(folder))
    await program.ended
    return { json: undefined, text: '' }
  },
}
