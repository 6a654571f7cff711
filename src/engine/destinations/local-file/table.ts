import type { ValueType } from '../../../contract/definitions.ts'
import { AppError } from '../../../contract/errors.ts'
import type { FileAnswer, FileRequest } from '../../drivers/duckdb-file-driver.ts'
import type { DestinationObject, DrivenContext } from '../destination.ts'
import type { DestinationField } from '../../values/destination-field.ts'
import { quoteName } from '../local-database.ts'
import type { LocalFileSettings } from './listing.ts'
import type { DuckDb } from '../local-database.ts'

export type LocalFileContext = DrivenContext<LocalFileSettings, FileRequest, FileAnswer>

/** Reads in the file. What it cannot answer is the connection's problem, in words. */
export async function readFile<T>(context: LocalFileContext, work: (file: DuckDb) => Promise<T>, sent?: unknown): Promise<T> {
  const answer = await context.driver.request({ effect: 'read', shown: { method: 'SELECT', path: context.settings.table, sent }, work })
  // The driver gives back what the work gave.
  if ('done' in answer) return answer.done as T
  throw new AppError('destination-refused', `The file of ${context.name} cannot be read: ${context.settings.path}.`, {
    next: 'Correct the table and the key in the settings of the connection, and plan again when its columns have changed.',
    detail: answer.problem,
    retryable: false,
  })
}

/** The table's columns as fields. */
export async function describe(context: LocalFileContext): Promise<DestinationObject> {
  const { settings } = context
  const columns = await readFile(context, (file) =>
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
    operations: ['create', 'update', 'delete'],
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
