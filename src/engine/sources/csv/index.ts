import { z } from 'zod'
import { csvOptions } from '../../../contract/csv.ts'
import { attachAsView, openInDuckDb } from '../duckdb-kit/duckdb-source.ts'
import { duckDbDialect, fileCapabilities, filePath } from '../duckdb-kit/file-source.ts'
import type { SourceDeclaration } from '../source.ts'
import { csvValues } from './csv-values.ts'

export const csvSettings = z.strictObject({ path: filePath, csv: csvOptions.optional() })
export type CsvSettings = z.infer<typeof csvSettings>

/** A CSV file: one table of its name, read through its values, which were converted strictly. */
export const csv: SourceDeclaration<CsvSettings> = {
  id: 'csv',
  label: 'CSV file',
  mark: 'CS',
  summary: 'A CSV file on this computer, as one table. Its texts are read strictly as what the columns were said to hold.',
  settings: csvSettings,
  secrets: {},
  dialect: duckDbDialect,
  capabilities: fileCapabilities,
  place: ({ path }) => path,
  local: () => true,
  file: { endings: ['.csv', '.tsv', '.txt'], form: 'text' },
  open: (context) =>
    openInDuckDb(context, {
      attach: attachAsView,
      readableCopy: ({ settings, tempFolder, memoryLimitMb, cancelled }, file, threads) =>
        csvValues({ file, path: settings.path, options: settings.csv ?? {}, tempFolder, threads, ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }), ...(cancelled ? { signal: cancelled } : {}) }),
    }),
}
