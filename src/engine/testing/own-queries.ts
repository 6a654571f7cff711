import { QueryProcessEnded } from '../ports/ports.ts'
import type { QueryProcesses } from '../ports/ports.ts'
import { QueryServer } from '../sources/duckdb-kit/query-server.ts'
import type { QueryQuestion } from '../sources/duckdb-kit/query-server.ts'

/** People's SQL in the test's own process: a test's SQL is harmless, and a process takes a quarter of a second to start. */
export const ownQueries: QueryProcesses = {
  async take() {
    const server = new QueryServer()
    let killed = false
    return {
      async ask(question) {
        const answer = server.answer(question as QueryQuestion)
        return answer.catch((cause: unknown) => Promise.reject(killed ? new QueryProcessEnded('killed') : (cause as Error)))
      },
      kill() {
        killed = true
        server.interrupt()
      },
      release: () => server.close(),
    }
  },
}
