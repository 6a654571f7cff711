import { AppError } from '../../contract/errors.ts'
import { secretVariable } from '../../platform/secrets.ts'
import { type Command, text, textOf } from '../command.ts'

/** Keeps a secret of a connection; it comes on stdin, so that no list of processes and no history shows it. */
export const connectionSetSecret: Command = {
  path: ['connection', 'set-secret'],
  words: ['id', 'field'],
  options: {},
  summary: 'Keep a secret of a connection in the keychain; the value is read from stdin.',
  async run({ words, engine, say }) {
    const [connection = '', field = ''] = words
    if (process.stdin.isTTY) say('Type the value and end with Enter and Ctrl-D.')
    const value = await readInput()
    if (value === '') throw new AppError('bad-usage', 'No value came on stdin.', { field, next: 'Pipe it in, as in: printf %s "$TOKEN" | lockstep connection set-secret …' })
    const { caller, own } = await engine()
    const status = await caller.connections.setSecret({ connection, field, value })
    const variable = secretVariable(connection, field)
    if (status.origin === 'session' && own) {
      throw new AppError('storage-failed', 'There is no keychain on this machine, so the secret would be gone when this command ends. It was not kept.', {
        field,
        next: `Give it in the environment as ${variable}, or enter it in the Lockstep window for as long as that is open.`,
      })
    }
    const where = status.origin === 'environment' ? `The environment variable ${variable} is used instead for as long as it is set` : status.origin === 'keychain' ? 'It is kept in the keychain' : 'There is no keychain: the open Lockstep keeps it until it is closed'
    return { json: { connection, field: status.field, origin: status.origin }, text: `${where}.` }
  },
}

/** A secret from the environment cannot say where it belongs, so a person does. */
export const connectionConfirm: Command = {
  path: ['connection', 'confirm'],
  words: ['id'],
  options: { to: text('ADDRESS') },
  summary: 'Say that the secrets that the environment gives a connection may go to its address of now.',
  async run({ words, options, engine }) {
    const [connection = ''] = words
    const seen = textOf(options, 'to')
    const { caller } = await engine()
    const { goesTo } = await caller.connections.confirmPlace({ connection, ...(seen === undefined ? {} : { goesTo: seen }) })
    return { json: { connection, goesTo }, text: `The secrets that the environment gives ${connection} go to ${goesTo} from now on.` }
  },
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  // A secret has no line end of its own; echo and editors add one.
  return Buffer.concat(chunks).toString('utf8').replace(/\r?\n$/, '')
}
