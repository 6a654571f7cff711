import { join } from 'node:path'
import { projectRoot } from '../../platform/project-root.ts'
import { type Command, flag, numberOf, wholeNumber } from '../command.ts'
import { startProgram } from '../program.ts'

const SCRIPT = join(projectRoot, 'scripts', 'start.ts')

/** The page in a browser on this workspace, until a signal. */
export const serve: Command = {
  path: ['serve'],
  words: [],
  options: { port: wholeNumber('N'), open: flag },
  summary: 'Show the workspace in a browser on this machine, until stopped.',
  async run({ options, workspace, json, print }) {
    const port = numberOf(options, 'port')
    const program = startProgram(SCRIPT, ['--web', '-w', workspace, options['open'] === true ? '--open' : '--no-open', ...(port === undefined ? [] : ['--port', String(port)])])
    const line = await program.firstLine(workspace)
    const url = /http:\S+/.exec(line)?.[0]
    print(json ? JSON.stringify({ url }) : line)
    await program.ended
    return { json: undefined, text: '' }
  },
}
