import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { AppError } from '../contract/errors.ts'
import { endWithParent } from '../platform/lifetime.ts'

/** A program of this project that runs in the foreground for as long as this process does. */
export interface Program {
  /** What it prints when it is ready. */
  firstLine(what: string): Promise<string>
  /** Settles when it ended as it was asked to; rejects when it ended by itself with a failure. */
  ended: Promise<void>
}

/** Starts it with the Node that runs this, and ends it on a signal or when whoever started this ends. */
export function startProgram(script: string, words: string[]): Program {
  // Its input stays open for as long as this process lives: even a kill that cannot be caught ends it.
  const child = spawn(process.execPath, [script, ...words], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = new Promise<number | null>((done) => {
    child.once('exit', (code) => done(code))
    child.once('error', () => done(1))
  })
  endWithParent(async () => {
    child.kill('SIGTERM')
    await exited
  })
  const first = new Promise<string>((found) => createInterface({ input: child.stdout }).once('line', found))
  return {
    async firstLine(what) {
      const line = await Promise.race([first, exited.then(() => undefined)])
      if (line === undefined) throw new AppError('bad-input', `The program could not start for ${what}.`, { value: what, next: 'The lines above say why.' })
      return line
    },
    ended: exited.then((code) => {
      if (code !== 0 && code !== null) throw new AppError('cancelled', `The program ended by itself with code ${code}.`, { next: 'The lines above say why; start it again.' })
    }),
  }
}
