import type { DefinitionKind } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import { definitionPath } from './definition-files.ts'
import { nearestWord } from '../values/nearest-word.ts'
import type { Definition, Problem, Workspace } from './workspace.ts'

/** A definition by id, or an error that says why not: the file's own problem where it could not be read. */
export function findDefinition<Kind extends DefinitionKind>(workspace: Workspace, kind: Kind, id: string): Definition<Kind> {
  const found = workspace.definitions[kind].get(id)
  if (found) return found
  const [problem] = problemsIn(workspace, [definitionPath(kind, id)])
  if (problem) throw problemError(problem)
  const known = [...workspace.definitions[kind].keys()]
  const near = nearestWord(id, known)
  const next = near === undefined ? `Known: ${known.length === 0 ? 'none' : known.slice(0, 20).join(', ')}.` : `Did you mean '${near}'?`
  throw new AppError('not-found', `There is no ${kind} '${id}' in this workspace.`, { value: id, next })
}

/** Problems in any of these files. */
export function problemsIn(workspace: Workspace, paths: readonly string[]): Problem[] {
  return workspace.problems.filter(({ file }) => paths.includes(file))
}

/** A problem as an error to throw. */
export function problemError(problem: Problem): AppError {
  const { code, message, ...place } = problem
  return new AppError(code, message, place)
}
