import type { ExportResult } from '../contract/shapes.ts'
import { counted, pairs } from './table.ts'

/** Where an export is, and what its files are. */
export function exportText({ folder, files, rows }: ExportResult): string {
  return [`${counted(rows, 'row', 'rows')} in ${folder}`, pairs(files.map(({ name, sha256 }) => [name, `SHA-256 ${sha256}`]))].join('\n')
}
