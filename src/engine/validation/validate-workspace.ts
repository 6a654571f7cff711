import { AppError } from '../../contract/errors.ts'
import type { ErrorCode } from '../../contract/errors.ts'
import { checkProduct } from '../audience/look-at-product.ts'
import type { DataAccess } from '../audience/data-access.ts'
import { sourceTables } from '../audience/look-at-source.ts'
import { nearestWord } from '../values/nearest-word.ts'
import type { Definition, Problem, Workspace } from '../workspace/workspace.ts'

/** Ids of the destinations there are, with the check of their settings. */
export interface KnownDestination {
  id: string
  settings: { safeParse(value: unknown): { success: boolean; error?: { issues: readonly { path: PropertyKey[]; message: string }[] } } }
}

/**
 * Everything that can be known to be wrong without asking a destination: the files themselves, what they say of each
 * other, whether the sources can be read, and whether each product keeps its contract and has a usable key.
 */
export async function validateWorkspace(access: DataAccess, destinations: readonly KnownDestination[]): Promise<Problem[]> {
  const { workspace } = access
  const problems = [...workspace.problems, ...connectionProblems(workspace, destinations)]
  const unreadable = new Set<string>()
  for (const source of workspace.definitions.source.values()) {
    const found = await problemsWhile(source, async () => void (await sourceTables(access, source.id)))
    if (found.length > 0) unreadable.add(source.id)
    problems.push(...found)
  }
  for (const product of workspace.definitions.product.values()) {
    const usable = workspace.definitions.source.has(product.value.source) && !unreadable.has(product.value.source)
    if (!usable || problems.some(({ file }) => file === product.path)) continue
    problems.push(...(await problemsWhile(product, async () => (await checkProduct(access, product.id)).problems)))
  }
  return problems
}

/** What `work` finds, or the failure it ends with as a problem of the definition. */
async function problemsWhile(definition: Definition, work: () => Promise<Problem[] | undefined>): Promise<Problem[]> {
  try {
    return (await work()) ?? []
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    const { file, line, ...place } = cause.toBody()
    const inWorkspace = file !== undefined && /^(sources|products)\//.test(file)
    // A line of the data is none of the definition that names the file.
    return [{ ...place, code: place.code as ErrorCode, ...(inWorkspace ? { file, ...(line === undefined ? {} : { line }) } : { file: definition.path }) }]
  }
}

function connectionProblems({ definitions }: Workspace, destinations: readonly KnownDestination[]): Problem[] {
  return [...definitions.connection.values()].flatMap((connection) => {
    const { destination, simulator, settings } = connection.value
    const known = destinations.find(({ id }) => id === destination)
    if (!known) {
      const ids = destinations.map(({ id }) => id)
      const near = nearestWord(destination, ids)
      return [problem(connection, ['destination'], destination, `There is no destination '${destination}'.`, near === undefined ? `Known: ${ids.join(', ')}.` : `Did you mean '${near}'?`)]
    }
    // A simulator brings its own address.
    const checked = simulator === undefined ? known.settings.safeParse(settings ?? {}) : { success: true }
    if (checked.success) return []
    return (checked.error?.issues ?? []).map(({ path, message }) => problem(connection, ['settings', ...path], undefined, `The setting '${path.map(String).join('.')}' cannot be used: ${message}.`, `Correct it in ${connection.path}.`))
  })
}

function problem(connection: Definition<'connection'>, path: PropertyKey[], value: string | undefined, message: string, next: string): Problem {
  const line = connection.lineOf(path)
  return { code: 'definition-invalid', file: connection.path, ...(line === undefined ? {} : { line }), field: path.map(String).join('.'), ...(value === undefined ? {} : { value }), message, next }
}
