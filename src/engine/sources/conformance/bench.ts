import type { SourceDefinition } from '../../../contract/definitions.ts'
import type { Clock } from '../../ports/ports.ts'
import type { OpenedSource } from '../open-source.ts'
import type { AnySource, Cell } from '../source.ts'

/** A table as the suite wants it. */
export interface WantedTable {
  name: string
  /** Name → the type that holds its values. */
  columns: Readonly<Record<string, string>>
  rows: readonly (readonly Cell[])[]
}

/** What the suite must know of a kind of source: how something is made in it that can then be read. */
export interface SourceBench {
  kind: AnySource
  /** Of the time that really passes. */
  clock: Clock
  /** Whether a table there can have a column that is held so, with this value. */
  holds(heldAs: string, cell: Cell): boolean
  /** Makes a source with this table in it. */
  make(table: WantedTable): Promise<SourceDefinition>
  /** Makes a source with a table `many` of one column `id`, a BIGINT from 0 on. */
  makeMany(rows: number): Promise<SourceDefinition>
  /** Makes a source with a table `pictures` that has a binary column `picture`; undefined: there is none such. */
  makeBinary(): Promise<SourceDefinition | undefined>
  /** Definitions that cannot be read, each for another reason. */
  broken(): Promise<SourceDefinition[]>
  /** Puts other rows in the place of those of a table `many`, while somebody reads it. */
  change(definition: SourceDefinition): Promise<void>
  open(definition: SourceDefinition, signal?: AbortSignal): Promise<OpenedSource>
  /** What opened sources hold now: processes, connections. */
  held(): number
  /** Rows that have left the source since the bench was made. */
  given(): number
  /** Secrets that opened sources were given. */
  secrets: readonly string[]
}
