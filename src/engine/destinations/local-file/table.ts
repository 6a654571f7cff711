import { z } from 'zod'
import type { ValueType } from '../../../contract/definitions.ts'
import { AppError } from '../../../contract/errors.ts'
import type { DestinationContext, DestinationObject } from '../destination.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import { openFileOnce, quoteName } from '../local-database.ts'
import type { DuckDb } from '../local-database.ts'

export const localFileSettings = z.strictObject({
  path: z.string().min(1).describe('Full path of the DuckDB file'),
  table: z.string().min(1).describe('Table with one row a record'),
  key: z.string().min(1).describe('Column that tells the records apart'),
})
export type LocalFileSettings = z.infer<typeof localFileSettings>
export type LocalFileContext = DestinationContext<LocalFileSettings>

const QUEUE = 'queue'
const MEMORY_MB = 128

/**
 * Opens the file for one operation and closes it again, so that other programs can use it in between.
 * Operations of one connection go one after the other: the file has one writer.
 */
export function withFile<T>(context: LocalFileContext, work: (file: DuckDb) => Promise<T>): Promise<T> {
  const before = (context.facts.get(QUEUE) as Promise<unknown> | undefined) ?? Promise.resolve()
  const result = before.then(() => openAndDo(context, work))
  context.facts.set(QUEUE, result.catch(() => undefined))
  return result
}

async function openAndDo<T>(context: LocalFileContext, work: (file: DuckDb) => Promise<T>): Promise<T> {
  const file = await open(context)
  try {
    return await work(file)
  } finally {
    await file.release()
  }
}

async function open({ name, settings }: LocalFileContext): Promise<DuckDb> {
  try {
    return await openFileOnce({ path: settings.path, tempFolder: `${settings.path}.tmp`, memoryLimitMb: MEMORY_MB, threads: 1 })
  } catch (cause) {
    throw new AppError('destination-unreachable', `The file of ${name} cannot be opened: ${settings.path}.`, {
      next: 'Check the path, and close other programs that have the file open.',
      detail: cause instanceof Error ? cause.message : String(cause),
      retryable: true,
      cause,
    })
  }
}

/** The table's columns as fields. */
export async function describe(context: LocalFileContext): Promise<DestinationObject> {
  const { settings } = context
  const columns = await withFile(context, (file) =>
    file.rows<{ name: string; type: string }>(
      'SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position',
      [settings.table],
    ),
  )
  if (!columns.some(({ name }) => name === settings.key)) {
    throw new AppError('field-unknown', `The file of ${context.name} has no table ${settings.table} with a column ${settings.key}.`, {
      field: 'settings.table',
      next: 'Correct the table or the key in the settings of the connection.',
    })
  }
  return {
    name: settings.table,
    label: settings.table,
    noun: { one: 'record', many: 'records' },
    fields: columns.flatMap(({ name, type }) => toField(name, type, settings.key) ?? []),
    matchFields: [settings.key],
    canCreate: true,
    canRemove: ['delete'],
  }
}

function toField(name: string, columnType: string, key: string): DestinationField | undefined {
  const type = valueType(columnType)
  if (type === undefined) return undefined
  return { name, label: name, type, access: 'read and write', required: name === key, unique: name === key, ...(name === key ? { setOnce: true } : {}), ...(type === 'instant' ? { precision: 6 } : {}) }
}

function valueType(columnType: string): ValueType | undefined {
  const [word = ''] = columnType.toUpperCase().split('(', 1)
  if (word === 'VARCHAR[]') return 'list'
  if (word === 'VARCHAR' || word === 'UUID' || word.startsWith('ENUM')) return 'string'
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL|DOUBLE|FLOAT)$/.test(word)) return 'number'
  if (word === 'BOOLEAN') return 'boolean'
  if (word === 'DATE') return 'date'
  if (word.startsWith('TIMESTAMP')) return 'instant'
  return word === 'JSON' ? 'json' : undefined
}

/** The table's name, quoted. */
export function tableOf({ settings }: LocalFileContext): string {
  return quoteName(settings.table)
}
