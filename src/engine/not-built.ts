import { AppError } from '../contract/errors.ts'

/** For calls of the contract whose capability is not here yet: it says so instead of pretending. */
export function notBuilt(what: string): AppError {
  return new AppError('not-built', `${what} is not built yet.`, { next: 'Nothing was changed.' })
}
