import type { Raw } from '../../../contract/states.ts'
import type { DestinationDeclaration } from '../destination.ts'
import type { DestinationField, Encoded } from '../../values/destination-field.ts'
import { fitToField, plainOf, readAs, textOf } from '../field-values.ts'
import { list, read, remove, write } from './records.ts'
import { describe, localFileSettings } from './table.ts'
import type { LocalFileSettings } from './table.ts'

/**
 * A table in a DuckDB file on this machine: for systems that take files, and for measuring the engine
 * without a network. Reads see every write at once; a batch is one transaction.
 */
export const localFile: DestinationDeclaration<LocalFileSettings> = {
  id: 'local-file',
  name: 'Local file',
  category: 'Other',
  summary: 'Reads and writes a table in a DuckDB file on this machine.',
  settings: localFileSettings,
  secrets: {},
  baseUrl: () => 'http://localhost',
  localPlace: ({ path, table }) => `${path}, table ${table}`,
  authenticate: () => ({}),
  profile: {
    rowsPerRead: 40_000,
    rowsPerReadWithHistory: 10_000,
    rowsPerWrite: 5000,
    bytesPerWrite: 50_000_000,
    limits: [],
    requestTimeoutMs: 60_000,
    consistencyDelayMs: 0,
    changeFeedDelayMs: 0,
    readBack: 'by id or key',
    attribution: 'none',
    settle: 'strong read',
    jobPollMs: 1000,
  },
  changeFeed: false,
  check: async (context) => {
    await describe(context)
    return { account: context.settings.path }
  },
  discover: async (context) => [await describe(context)],
  read,
  list,
  write,
  remove,
  encode,
  decode,
  keepsPlain: () => true,
}

function encode(field: DestinationField, canonical: string | null): Encoded {
  const fitted = fitToField(field, canonical)
  if (!fitted.ok) return fitted
  if (fitted.canonical === null) {
    return field.required ? { ok: false, reason: 'value invalid', message: `${field.label} cannot be empty.` } : { ok: true, raw: null }
  }
  const raw: Raw = field.type === 'list' ? JSON.stringify(plainOf(fitted.canonical)) : textOf(fitted.canonical)
  return { ok: true, raw }
}

function decode(field: DestinationField, raw: Raw): string | null {
  return raw === null || raw === '' ? null : readAs(field, raw)
}
