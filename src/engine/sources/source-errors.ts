import { AppError } from '../../contract/errors.ts'
import type { ErrorPlace } from '../../contract/errors.ts'
import { noRoom, saysNoRoom } from '../storage/database.ts'
import { ANSWER_TOO_LONG, ReadingStopped } from './reading-stopped.ts'

/** Where a statement came from, for error messages. */
export interface SqlOrigin {
  /** File that holds the SQL, relative to the workspace. */
  file?: string
  /** Lines that were put before the person's own SQL. */
  linesBefore?: number
}

/** DuckDB's failure as an error for people. Failures that are not about data or SQL stay what they are. */
export function explainFailure(cause: unknown, what: string, origin: SqlOrigin = {}): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause
  if (saysNoRoom(cause)) return noRoom(cause)
  if (cause instanceof ReadingStopped) return stopped(cause, what, origin)
  const text = cause.message
  const place: ErrorPlace = { cause, detail: firstLine(text), ...placeOf(origin) }
  const csv = csvFailure(text, place)
  if (csv) return csv
  if (text === ANSWER_TOO_LONG) {
    return new AppError('source-failed', `${what} gives values that are too long to show: 16 MB at once is the most.`, { ...placeOf(origin), next: 'Choose fewer columns, or shorten long values in the SQL.' })
  }
  if (/^Out of Memory Error/i.test(text) && /temp(orary)? directory|max_temp_directory_size/i.test(text)) {
    return new AppError('source-failed', `${what} needs more space for sorting and joining than it may take of the disk, so it was stopped.`, { ...place, next: 'Filter rows earlier in the SQL, or join fewer of them.' })
  }
  if (/^Out of Memory Error/i.test(text)) return stopped(new ReadingStopped({ because: 'memory' }, cause), what, origin)
  if (/Conflicting lock|being used by another process|Could not set lock/i.test(text)) {
    return new AppError('source-failed', `${what}: another program has the warehouse open for writing.`, { ...place, next: 'Close it there, or wait until its load has finished, then try again.', retryable: true })
  }
  if (/No files found|does not exist|No such file|Cannot open file|database does not exist/i.test(text) && /^IO Error/i.test(text)) {
    return new AppError('source-missing', `${what}: the file is not there.`, { ...place, next: 'Check the path in the source, or bring the file back.' })
  }
  if (/not a valid DuckDB database file|No magic bytes|too small to be a Parquet|Invalid Input Error: File .* (too small|magic)/i.test(text)) {
    return new AppError('file-malformed', `${what}: the file is not what its ending says, or it is damaged.`, { ...place, next: 'Export it again, or choose another file.' })
  }
  if (/^(Parser|Binder|Catalog|Syntax|Conversion|Out of Range|Permission|Not implemented|Invalid Input) Error/i.test(text)) {
    return sqlFailure(text, what, origin, place)
  }
  if (/^(IO|Serialization|Fatal|HTTP) Error/i.test(text)) {
    return new AppError('source-failed', `${what} failed: ${firstLine(text)}`, { ...place, next: 'Check the source, then try again.', retryable: true })
  }
  return cause
}

/** Somebody wrote to a file while it was read. */
export function changedMeanwhile(path: string): AppError {
  return new AppError('source-failed', `${path} was changed while it was read.`, { file: path, next: 'Try again when the program that writes it has finished.', retryable: true })
}

function stopped({ stop, cause }: ReadingStopped, what: string, origin: SqlOrigin): AppError {
  const place: ErrorPlace = { ...placeOf(origin), cause }
  switch (stop.because) {
    case 'cancelled':
      return new AppError('cancelled', `${what} was cancelled.`, place)
    case 'time':
      return new AppError('source-failed', `${what} took longer than the ${duration(stop.seconds)} that it may, so it was stopped.`, {
        ...place,
        next: 'Make the SQL simpler, or allow it more time: limits in the file of the source.',
        retryable: true,
      })
    case 'memory':
      return new AppError('source-failed', `${what} took more memory than ${stop.memoryMb === undefined ? 'it may' : `the ${stop.memoryMb.toLocaleString('en')} MB that it may`}, so it was stopped.`, {
        ...place,
        next: 'Filter and group before joining in the SQL, or allow it more: limits.memoryMb in the file of the source.',
      })
    case 'crashed':
      return new AppError('source-failed', `${what} ended in the middle: the database that read it broke down.`, { ...place, next: 'Try again. If it happens again, the file of the source may be damaged: write it again.', retryable: true })
  }
}

function duration(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? 'second' : `${seconds} seconds`
  return `${Math.round(seconds / 60).toLocaleString('en')} minutes`
}

function placeOf({ file }: SqlOrigin): ErrorPlace {
  return file === undefined ? {} : { file }
}

function sqlFailure(text: string, what: string, origin: SqlOrigin, place: ErrorPlace): AppError {
  const inText = /\nLINE (\d+):/.exec(text)
  const line = inText ? Number(inText[1]) - (origin.linesBefore ?? 0) : undefined
  const suggestion = /(?:Candidate bindings|Did you mean)[:\s]+(.*)/i.exec(text)?.[1]?.trim()
  const refused = /^Permission Error/i.test(text)
  return new AppError(refused ? 'sql-refused' : 'bad-input', `${what} failed: ${firstLine(text).replace(/^\w[\w ]* Error: /, '')}`, {
    ...place,
    ...(line !== undefined && line > 0 ? { line } : {}),
    next: refused ? 'Read only the tables of the source.' : suggestion ? `Perhaps you meant ${suggestion}` : `Correct the SQL${origin.file === undefined ? '' : ` in ${origin.file}`}.`,
  })
}

/** DuckDB names the line of a bad CSV row; a column only for values that do not convert. */
function csvFailure(text: string, place: ErrorPlace): AppError | undefined {
  const at = /CSV Error on Line: (\d+)/.exec(text)
  if (!at) {
    if (!/Error when sniffing file/i.test(text)) return undefined
    return new AppError('file-malformed', 'The file cannot be read as CSV with these settings.', { ...place, next: 'Change delimiter, quotes or encoding, or export the file again.' })
  }
  const column = /column (?:name )?["']([^"']+)["']/i.exec(text)?.[1] ?? /in column (\S+)/.exec(text)?.[1]
  const reason = /(?:^|\n)(?:Error when converting column "[^"]+"\. )?(Could not convert string .*|Expected Number of Columns.*|Value with unterminated quote.*|Invalid unicode.*|.*unterminated quote.*|Maximum line size.*)/i.exec(text)?.[1]
  return new AppError('file-malformed', `The file cannot be read at line ${at[1]}${column === undefined ? '' : `, column ${column}`}: ${(reason ?? 'the line does not fit the others').replace(/\.+$/, '')}.`, {
    ...place,
    line: Number(at[1]),
    ...(column === undefined ? {} : { field: column }),
    next: 'Correct that line, or change delimiter, quotes, encoding or the column’s type.',
  })
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? text).trim()
}
