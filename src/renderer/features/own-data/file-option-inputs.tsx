import { Checkbox, Select } from '@mantine/core'
import type { InspectedFile } from '../../../contract/shapes.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import { delimiters, encodings } from './file-types.ts'
import classes from './own-data.module.css'
import type { FileOptions } from './own-data-screen.tsx'

interface FileOptionInputsProps {
  /** Absent when the file could not be read at all; changing how it is read may help. */
  file: InspectedFile | undefined
  malformed: boolean
  options: FileOptions
  onChange: (options: FileOptions) => void
}

const formats = { duckdb: 'DuckDB file', parquet: 'Parquet file', csv: 'CSV file' } as const

/** How the file is read: shown as it was found, and changeable. */
export function FileOptionInputs({ file, malformed, options, onChange }: FileOptionInputsProps) {
  if (file !== undefined && file.format !== 'csv') {
    return (
      <div className={classes['line']}>
        <StatusWord meaning="quiet">{formats[file.format]}</StatusWord>
        {file.tables !== undefined && file.tables.length > 0 && (
          <Select label="Table" data={file.tables} value={options.table ?? file.tables[0] ?? null} onChange={(table) => table !== null && onChange({ ...options, table, types: {} })} />
        )}
      </div>
    )
  }
  if (file === undefined && !malformed) return null
  const delimiter = options.delimiter ?? file?.delimiter
  const known = delimiter === undefined || delimiters.some((choice) => choice.value === delimiter)
  return (
    <div className={classes['line']}>
      <Select
        label="Values are separated by"
        data={known ? delimiters : [...delimiters, { value: delimiter, label: delimiter }]}
        value={delimiter ?? null}
        onChange={(next) => next !== null && onChange({ ...options, delimiter: next, types: {} })}
      />
      <Select label="Encoding" data={encodings} value={options.encoding ?? file?.encoding?.toLowerCase() ?? null} onChange={(next) => onChange(next === 'utf-8' || next === 'utf-16' || next === 'latin-1' ? { ...options, encoding: next } : options)} />
      <Checkbox className={classes['header']} label="The first line has the names" checked={options.header ?? file?.header ?? true} onChange={(event) => onChange({ ...options, header: event.currentTarget.checked, types: {} })} />
    </div>
  )
}
