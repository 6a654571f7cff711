import { AppError } from '../../contract/errors.ts'
import { openFileOnce } from '../storage/duckdb.ts'
import type { DuckDb, DuckDbOptions } from '../storage/duckdb.ts'
import type { Attempt, Driver, DriverRequest } from './driver.ts'

/** Something to do in a database file; a write is one transaction. */
export interface FileRequest extends DriverRequest {
  /** For the log of requests: a word of SQL, the table, and how much was asked, without a value. */
  shown: { method: string; path: string; sent?: unknown }
  work(file: DuckDb): Promise<unknown>
}

/** A statement that failed says so in `problem`, and nothing of its transaction is there. */
export type FileAnswer = { done: unknown } | { problem: string }

export type OpenFile = (options: DuckDbOptions & { path: string }) => Promise<DuckDb>

export interface FileDriverOptions {
  /** Name of the connection, for messages. */
  name: string
  path: string
  memoryLimitMb: number
  openFile?: OpenFile
}

/** Who waits for a file in this process: it has one writer, whichever connection that is. */
const turns = new Map<string, Promise<void>>()

/** A DuckDB file, opened for one request at a time, so that other programs can use it in between. */
export function createDuckDbFileDriver(options: FileDriverOptions): Driver<FileRequest, FileAnswer> {
  return {
    shown: ({ shown }) => shown,
    async open() {
      const giveTurn = await takeTurn(options.path)
      try {
        const file = await (options.openFile ?? openFileOnce)({ path: options.path, tempFolder: `${options.path}.tmp`, memoryLimitMb: options.memoryLimitMb, threads: 1 })
        return {
          attempt: (request) => (request.effect === 'read' ? read(file, request) : transact(options, file, request)),
          close: () => file.release().finally(giveTurn),
        }
      } catch (cause) {
        giveTurn()
        return { state: 'not sent', why: 'not opened', error: cannotOpen(options, cause) }
      }
    },
  }
}

async function takeTurn(path: string): Promise<() => void> {
  const before = turns.get(path)
  let give = (): void => undefined
  const mine = new Promise<void>((resolve) => (give = resolve))
  turns.set(path, mine)
  await before
  return () => {
    if (turns.get(path) === mine) turns.delete(path)
    give()
  }
}

async function read(file: DuckDb, { work }: FileRequest): Promise<Attempt<FileAnswer>> {
  try {
    return answered({ done: await work(file) })
  } catch (error) {
    return answered({ problem: wordsOf(error) })
  }
}

/** Until COMMIT nothing is there; whether a COMMIT that failed had happened all the same, only a look can tell. */
async function transact({ name }: FileDriverOptions, file: DuckDb, { work }: FileRequest): Promise<Attempt<FileAnswer>> {
  let done: unknown
  try {
    await file.run('BEGIN')
    done = await work(file)
  } catch (error) {
    await rollBack(file)
    return answered({ problem: wordsOf(error) })
  }
  try {
    await file.run('COMMIT')
  } catch (cause) {
    await rollBack(file)
    const error = new AppError('destination-unreachable', `The file of ${name} did not confirm a change.`, {
      next: 'Check that its disk has space, then try again.',
      detail: wordsOf(cause),
      retryable: true,
      cause,
    })
    const words = `The file of ${name} did not confirm that the change was kept. Whether it was is not known.`
    return { end: { state: 'unknown', why: 'commit failed', words, error, cause } }
  }
  return answered({ done })
}

/** A transaction that is over already cannot be rolled back, and one that is left open ends with its connection. */
async function rollBack(file: DuckDb): Promise<void> {
  await file.run('ROLLBACK').catch(() => undefined)
}

function answered(answer: FileAnswer): Attempt<FileAnswer> {
  if ('done' in answer) return { end: { state: 'answered', answer, accepted: true } }
  return { end: { state: 'answered', answer, accepted: false }, seen: { body: { error: kindOf(answer.problem) } } }
}

/** "Conversion Error": what comes after it quotes values of records. */
function kindOf(problem: string): string {
  return /^[A-Za-z ]{1,40}(?=:)/.exec(problem)?.[0] ?? 'Error'
}

function cannotOpen({ name, path }: FileDriverOptions, cause: unknown): AppError {
  return new AppError('destination-unreachable', `The file of ${name} cannot be opened: ${path}.`, {
    next: 'Check the path, and close other programs that have the file open.',
    detail: wordsOf(cause),
    retryable: true,
    cause,
  })
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
