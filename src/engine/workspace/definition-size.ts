import { join } from 'node:path'
import { Lexer } from 'yaml'
import { AppError } from '../../contract/errors.ts'
import type { Files } from '../ports/ports.ts'

/** People write definitions: what is larger is something else, and would cost minutes and gigabytes to find out. */
export const MOST_BYTES = 2_000_000
/** Names, values and signs of a YAML file. The time of a map grows with the square of its keys. */
const MOST_PIECES = 100_000
/** Levels of lists and groups inside each other; definitions have seven. */
const MOST_LEVELS = 50

/** The text of a definition, of rules or of SQL. A larger file is refused before it is read. */
export async function readDefinitionText(files: Files, folder: string, path: string): Promise<string> {
  const full = folder === '' ? path : join(folder, path)
  const found = await files.stat(full)
  if (found === undefined || found.bytes <= MOST_BYTES) return files.readText(full)
  throw new AppError('definition-invalid', `${path} has ${megabytes(found.bytes)}; a file of a workspace may have ${megabytes(MOST_BYTES)}.`, {
    file: path,
    value: megabytes(found.bytes),
    next: 'Keep data in a source, and let the definition name it.',
  })
}

// Numbers of these sentences stay words of code: formatting one loads the languages of the platform, with every command.
const tooManyPieces = 'It has more than 100,000 names and values'
const tooDeep = `It has lists and groups more than ${MOST_LEVELS} levels deep`

/** Why YAML has more in it than any definition, told without understanding it; undefined where it has not. */
export function sizeFault(text: string): string | undefined {
  let pieces = 0
  let brackets = 0
  let dashes = 0
  for (const piece of new Lexer().lex(text)) {
    if (piece === '[' || piece === '{') brackets += 1
    else if (piece === ']' || piece === '}') brackets -= 1
    if (piece.includes('\n')) dashes = 0
    else if (piece === '-' || piece === '?') dashes += 1
    if (brackets > MOST_LEVELS || dashes > MOST_LEVELS) return tooDeep
    if (piece.trim() !== '') pieces += 1
    if (pieces > MOST_PIECES) return tooManyPieces
  }
  return undefined
}

/** The same for what indentation says, once it is understood. */
export function depthFault(value: unknown): string | undefined {
  let level: unknown[] = [value]
  // Without calling itself: the depth is what may be too much.
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return tooDeep
    level = level.flatMap((part) => (isGroup(part) ? Object.values(part).filter(isGroup) : []))
  }
  return undefined
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
}
