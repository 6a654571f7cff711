import { AppError } from '../../contract/errors.ts'
import { ReadingStopped, stopOf } from './reading-stopped.ts'
import { explainFailure } from './source-errors.ts'
import { withoutSecrets } from './source-secrets.ts'
import type { AnySource, Cell, DescribedQuery, OpenSource, QueryColumn, SourceContext, SourceStream } from './source.ts'

/**
 * A source behind a guard: it is another's program, and what it says is testimony. It cannot outlive its signal, whether it
 * heeds that or not; what it streams has the columns that were described, and every cell of them; what it fails with is an
 * error in which no secret stands.
 */
export async function guardedSource(declaration: AnySource, context: SourceContext, { what, ended }: { what: string; ended: () => void }): Promise<OpenSource> {
  const guard = new Guard(declaration, context, what)
  const source = await guard.opening(declaration.open(context))
  const { estimate, inPlace } = source
  return {
    check: () => guard.during(() => source.check()),
    tables: () => guard.during(() => source.tables()),
    describe: (asked) => guard.during(() => source.describe(asked)),
    preview: (query, limit) => guard.during(() => source.preview(query, limit)),
    stream: (query, signal) => guard.stream(source, query, signal),
    proveReadOnly: () => guard.during(() => source.proveReadOnly()),
    ...(estimate === undefined ? {} : { estimate: (query) => guard.during(() => estimate.call(source, query)) }),
    ...(inPlace === undefined ? {} : { inPlace: { db: inPlace.db, requireUnchanged: () => guard.during(() => inPlace.requireUnchanged()) } }),
    close: async () => {
      ended()
      await guard.closing(source)
    },
  }
}

/** How long a source may take to let go of what it holds. */
const CLOSING_MS = 5000

class Guard {
  private readonly declaration: AnySource
  private readonly context: SourceContext
  private readonly what: string

  constructor(declaration: AnySource, context: SourceContext, what: string) {
    this.declaration = declaration
    this.context = context
    this.what = what
  }

  /** One that opens after all is closed. Its time is not begun here: it may prepare what is ours first. */
  async opening(source: Promise<OpenSource>): Promise<OpenSource> {
    const { cancelled } = this.context
    try {
      return await unless(cancelled, source)
    } catch (cause) {
      if (cancelled?.aborted) source.then((late) => late.close()).catch(() => undefined)
      throw explainFailure(this.explained(cause), this.what)
    }
  }

  async during<Result>(work: () => Promise<Result>, signal = this.context.begin()): Promise<Result> {
    try {
      if (signal.aborted) throw new ReadingStopped(stopOf(signal))
      return await unless(signal, work())
    } catch (cause) {
      throw this.explained(cause)
    }
  }

  async stream(source: OpenSource, query: DescribedQuery, asked: AbortSignal): Promise<SourceStream> {
    requireReadable(query.columns)
    const signal = AbortSignal.any([this.context.begin(), asked])
    const { columns, batches } = await this.during(() => source.stream(query, signal), signal)
    requireSame(query.columns, columns)
    return { columns, batches: this.batches(batches, columns.length, signal) }
  }

  private async *batches(batches: SourceStream['batches'], width: number, signal: AbortSignal): AsyncGenerator<readonly (readonly Cell[])[]> {
    const iterator = batches[Symbol.asyncIterator]()
    let over = false
    try {
      for (;;) {
        const next = await this.during(() => iterator.next(), signal)
        over = next.done === true
        if (next.done === true) return
        requireWidth(next.value, width, this.what)
        yield next.value
      }
    } finally {
      if (!over) await unless(signal, Promise.resolve(iterator.return?.())).catch(() => undefined)
    }
  }

  async closing(source: OpenSource): Promise<void> {
    const enough = new AbortController()
    const waited = this.context.clock.sleep(CLOSING_MS, enough.signal).catch(() => undefined)
    await Promise.race([source.close().catch(() => undefined), waited])
    enough.abort()
  }

  /** What DuckDB says, and what was stopped, is told by whoever asked: they know what they read, and of which file. */
  private explained(cause: unknown): unknown {
    const known = cause instanceof ReadingStopped || cause instanceof AppError || this.declaration.capabilities.readsInPlace
    const said = cause instanceof ReadingStopped ? cause : withoutSecrets(cause, this.context.secrets)
    if (known || !(said instanceof Error)) return said
    return new AppError('source-failed', `${this.what} failed: ${firstLine(said.message)}`, { cause: said, next: 'Check the source, then try again.', retryable: true })
  }
}

/** What is waited for, unless the signal ends first: then why it ended. What comes later is dropped. */
async function unless<Result>(signal: AbortSignal | undefined, work: Promise<Result>): Promise<Result> {
  if (signal === undefined) return work
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(new ReadingStopped(stopOf(signal)))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  work.catch(() => undefined)
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function requireReadable(columns: readonly QueryColumn[]): void {
  const binary = columns.find(({ heldAs }) => heldAs === undefined)
  if (binary === undefined) return
  throw new AppError('type-mismatch', `The column '${binary.name}' is ${binary.nativeType}, which cannot be read.`, { field: binary.name, value: binary.nativeType, next: 'Leave it out of the SQL, or cast it to text there.' })
}

function requireSame(described: readonly QueryColumn[], streamed: readonly QueryColumn[]): void {
  const at = described.findIndex((column, index) => streamed[index]?.name !== column.name || streamed[index].heldAs !== column.heldAs)
  const column = described[at] ?? (streamed.length > described.length ? streamed[described.length] : undefined)
  if (column === undefined) return
  throw new AppError('source-failed', `The column '${column.name}' was changed in the source while it was read.`, { field: column.name, value: streamed[at]?.nativeType ?? 'gone', next: 'Try again. If the change was meant, correct the contract of the product.', retryable: true })
}

function requireWidth(batch: readonly (readonly Cell[])[], width: number, what: string): void {
  const short = batch.find((row) => row.length !== width)
  if (short === undefined) return
  throw new AppError('source-failed', `${what} gave a row with ${short.length} ${short.length === 1 ? 'value' : 'values'} where ${width} were expected, so nothing of it was kept.`, { next: 'Try again.', retryable: true })
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? text).trim()
}
