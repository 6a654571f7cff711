import { AppError } from '../../contract/errors.ts'
import type { Command } from '../command.ts'

/** Words that are reserved for what comes later; calling one says so and changes nothing. */
export const notBuilt: Command[] = [
  planned(['workspace', 'diff']),
  planned(['workspace', 'release']),
  planned(['reconcile'], ['activation|all']),
  planned(['consistency'], ['decision']),
  planned(['lineage'], ['destination', 'record']),
  planned(['outcomes', 'pull']),
  planned(['metrics', 'show']),
  planned(['metrics', 'publish']),
]

function planned(path: string[], words: string[] = []): Command {
  return {
    path,
    words,
    options: {},
    summary: 'Not built yet.',
    takesAnything: true,
    async run() {
      throw new AppError('not-built', `${path.join(' ')} is not built yet. Nothing was done.`, { value: path.join(' '), next: 'See what there is with --help.' })
    },
  }
}
