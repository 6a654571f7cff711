import type { SourceDefinition } from '../../contract/definitions.ts'
import type { FileOptions, InspectedFile } from '../../contract/shapes.ts'
import type { Clock, Files, QueryProcesses } from '../ports/ports.ts'
import type { AnySource } from '../sources/source.ts'

export interface FileRequest {
  /** Absolute. */
  path: string
  options: FileOptions
  files: Files
  clock: Clock
  queries: QueryProcesses
  tempFolder: string
  /** Every kind of source there is; absent: the product's own. */
  sources?: readonly AnySource[]
}

/** A file as it was looked at, with the source definition that reads it the same way again. */
export interface InspectedSource {
  inspected: InspectedFile
  definition: SourceDefinition
  /** The table that was looked at. */
  table: string
}

/** Rows that are shown of a file. */
export const PREVIEW_ROWS = 10
