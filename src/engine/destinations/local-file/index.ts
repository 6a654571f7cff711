import type { Raw } from '../../../contract/states.ts'
import type { DestinationDeclaration } from '../destination.ts'
import type { DestinationField, Encoded } from '../../values/destination-field.ts'
import { fitToField, plainOf, readAs, textOf } from '../field-values.ts'
import { list, read, remove, write } from './records.ts'
import { createDuckDbFileDriver } from '../../drivers/duckdb-file-driver.ts'
import type { OpenFile } from '../../drivers/duckdb-file-driver.ts'
import { describe, localFileSettings } from './table.ts'
import type { LocalFileContext, LocalFileSettings } from './table.ts'

const MEMORY_MB = 128

/**
 * A table in a DuckDB file on this machine: for systems that take files, and for measuring the engine
 * without a network. Reads see every write at once; a batch is one transaction.
 */
export const localFile = localFileBy()

/** The same with another way to open files: one that fails, for tests. */
export function localFileBy(openFile?: OpenFile): DestinationDeclaration<LocalFileSettings, LocalFileContext> {
  return {
    id: 'local-file',
    name: 'Local file',
    category: 'Other',
    summary: 'Reads and writes a table in a DuckDB file on this machine.',
    settings: localFileSettings,
    secrets: {},
    transport: {
      kind: 'driver',
      place: ({ path, table }) => `${path}, table ${table}`,
      driver: ({ name, settings: { path } }) => createDuckDbFileDriver({ name, path, memoryLimitMb: MEMORY_MB, ...(openFile ? { openFile } : {}) }),
    },
    profile: {
      rowsPerRead: 40_000,
      rowsPerReadWithHistory: 10_000,
      rowsPerWrite: 5000,
      bytesPerWrite: 50_000_000,
      limits: [{ kind: 'concurrency', name: 'concurrency', label: 'requests at once', requests: 4 }],
      requestTimeoutMs: 60_000,
      // Nobody works on a change after its request has ended.
      lateWriteMs: 0,
      // A file that another program has open may be free in a moment; one that is not there will not come.
      retry: { attempts: 3, baseMs: 200, capMs: 1000 },
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
