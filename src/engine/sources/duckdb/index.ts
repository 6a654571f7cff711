import { z } from 'zod'
import { attachReadOnly, openInDuckDb } from '../duckdb-kit/duckdb-source.ts'
import { duckDbDialect, fileCapabilities, filePath } from '../duckdb-kit/file-source.ts'
import type { SourceDeclaration } from '../source.ts'

const settings = z.strictObject({ path: filePath })

/** A DuckDB database file, attached read-only. */
export const duckdb: SourceDeclaration<z.infer<typeof settings>> = {
  id: 'duckdb',
  label: 'DuckDB file',
  mark: 'DB',
  summary: 'A DuckDB database on this computer. Read in place, never written to.',
  settings,
  secrets: {},
  dialect: duckDbDialect,
  capabilities: fileCapabilities,
  place: ({ path }) => path,
  local: () => true,
  file: { endings: ['.duckdb', '.db', '.ddb'], form: 'database', recognises: (head) => head.subarray(8, 12).toString('latin1') === 'DUCK' },
  open: (context) => openInDuckDb(context, { attach: attachReadOnly }),
}
