import { z } from 'zod'
import { createDuckDbFileDriver } from '../../drivers/duckdb-file-driver.ts'
import type { OpenFile } from '../../drivers/duckdb-file-driver.ts'
import type { DestinationListing } from '../destination.ts'

const MEMORY_MB = 128

export const localFileSettings = z.strictObject({
  path: z.string().min(1).describe('Full path of the DuckDB file'),
  table: z.string().min(1).describe('Table with one row a record'),
  key: z.string().min(1).describe('Column that tells the records apart'),
})
export type LocalFileSettings = z.infer<typeof localFileSettings>

/**
 * A table in a DuckDB file on this machine: for systems that take files, and for measuring the engine
 * without a network. Reads see every write at once; a batch is one transaction.
 */
export const localFileListing = localFileListingBy()

/** The same with another way to open files. */
export function localFileListingBy(openFile?: OpenFile): DestinationListing<LocalFileSettings> {
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
      rowsPerRead: 20_000,
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
    lists: true,
    changeFeed: false,
  }
}
