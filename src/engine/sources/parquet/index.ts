import { z } from 'zod'
import { attachAsView, openInDuckDb } from '../duckdb-kit/duckdb-source.ts'
import { duckDbDialect, fileCapabilities, filePath } from '../duckdb-kit/file-source.ts'
import type { SourceDeclaration } from '../source.ts'

const settings = z.strictObject({ path: filePath })

/** A Parquet file: one table of its name. */
export const parquet: SourceDeclaration<z.infer<typeof settings>> = {
  id: 'parquet',
  label: 'Parquet file',
  mark: 'PQ',
  summary: 'A Parquet file on this computer, as one table. Read in place, never written to.',
  settings,
  secrets: {},
  dialect: duckDbDialect,
  capabilities: fileCapabilities,
  place: ({ path }) => path,
  local: () => true,
  file: { endings: ['.parquet'], form: 'table', recognises: (head) => head.subarray(0, 4).toString('latin1') === 'PAR1' },
  open: (context) => openInDuckDb(context, { attach: attachAsView }),
}
