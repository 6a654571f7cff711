import type { DefinitionKind, WorkspaceDefinition } from '../../contract/definitions.ts'
import type { ErrorCode, ErrorBody } from '../../contract/errors.ts'
import type { AnySource } from '../sources/source.ts'
import type { DefinitionValues } from './definition-files.ts'
import type { ClaimHistory } from './claim-history.ts'

/** Something wrong in a definition file. The rest of the workspace stays usable. */
export interface Problem extends ErrorBody {
  code: ErrorCode
  file: string
}

/** Text of a file and the SHA-256 of that text (UTF-8, as on disk). */
export interface FileText {
  /** Relative to the workspace, with forward slashes. */
  path: string
  text: string
  hash: string
}

/** One definition that could be read; it may still have problems with what it refers to. */
export interface Definition<Kind extends DefinitionKind = DefinitionKind> extends FileText {
  kind: Kind
  id: string
  value: DefinitionValues[Kind]
  /** The SQL file beside a product. */
  sql?: FileText
  /** Line of a part of the file, by path into `value`; the closest part that exists. */
  lineOf(path: readonly PropertyKey[]): number | undefined
}

export type Definitions = { [Kind in DefinitionKind]: Map<string, Definition<Kind>> }

/** A folder of definitions as it was on disk at one moment. */
export interface Workspace {
  folder: string
  /** Absent when lockstep.yaml itself has a problem. */
  header?: FileText & { value: WorkspaceDefinition }
  definitions: Definitions
  problems: Problem[]
  /** Definitions ("kind/id") whose file is there and could not be read. */
  broken: ReadonlySet<string>
  /** The kinds of sources there are here; its definitions were read by what these say. */
  sources: readonly AnySource[]
  /** What was seen of activations before, for telling who was first to write a field. */
  claims: ClaimHistory
  /** Definition files found, readable or not; the SQL beside products not counted. */
  files: number
}
