import { AppError } from '../../contract/errors.ts'
import { errorOf, expectThat, keyOf, Trial } from './conformance.ts'
import type { ConformanceCase, ConformanceTarget, Tamper } from './conformance.ts'
import type { Connection } from './connect.ts'
import { csvPieces, csvRows } from './csv.ts'
import type { HttpResponse } from '../ports/ports.ts'
import { PageWatch } from './pages.ts'
import { judgeAnswers } from './testimony.ts'

type Json = Record<string, unknown>

/** Changes every object of a parsed answer, from the inside out. */
function throughout(value: unknown, change: (part: Json) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => throughout(item, change))
  if (typeof value !== 'object' || value === null) return value
  return change(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, throughout(inner, change)])))
}

function withBody(change: (part: Json) => unknown): Tamper {
  return (_request, answer) => {
    try {
      return { ...answer, body: JSON.stringify(throughout(JSON.parse(answer.body), change)) }
    } catch {
      return answer
    }
  }
}

/** Answers to writes have their rows in `results`; those of reads are left alone, for reads are what proves. */
function withResults(change: (rows: Json[]) => unknown[], paths: ConformanceTarget['paths']): Tamper {
  const tampered = withBody((part) => (Array.isArray(part['results']) ? { ...part, results: change(part['results'] as Json[]) } : part))
  return (request, answer) => {
    // Result files of jobs have a row to the line.
    if (request.url.includes('/results/') && answer.pieces) return { ...answer, pieces: withLines(answer.pieces, change) }
    return request.url.includes(paths.update) || request.url.includes('job_statuses') ? tampered(request, answer) : answer
  }
}

async function* withLines(pieces: AsyncIterable<Uint8Array>, change: (rows: Json[]) => unknown[]): AsyncGenerator<Uint8Array> {
  const rows: string[][] = []
  for await (const row of csvRows(pieces, { name: 'The suite', what: 'changing an answer' })) rows.push(row)
  const [names = [], ...lines] = rows
  const changed = change(lines.map((cells) => Object.fromEntries(names.map((name, place) => [name, cells[place] ?? ''])))) as Json[]
  const all = [...new Set([...names, ...changed.flatMap((row) => Object.keys(row))])]
  for await (const piece of csvPieces([all, ...changed.map((row) => all.map((name) => String(row[name] ?? '')))])) yield Buffer.from(piece)
}

const ids = (rows: Json[]): unknown[] => rows.map(({ id }) => id)
const lies: Record<string, (rows: Json[]) => unknown[]> = {
  'ids the wrong way round': (rows) => rows.map((row, index) => ({ ...row, id: ids(rows).reverse()[index] })),
  'one id for all': (rows) => rows.map((row) => ({ ...row, id: rows[0]?.['id'] })),
  'ids of others': (rows) => rows.map((row, index) => ({ ...row, id: typeof row['id'] === 'number' ? 900_000 + index : `90000${index}` })),
  'no ids': (rows) => rows.map(({ id: _id, ...row }) => row),
  'trace ids the wrong way round': (rows) => rows.map((row, index) => ({ ...row, ...('objectWriteTraceId' in row ? { objectWriteTraceId: rows[rows.length - 1 - index]?.['objectWriteTraceId'] } : {}) })),
  'trace ids of others': (rows) => rows.map((row) => ({ ...row, ...('objectWriteTraceId' in row ? { objectWriteTraceId: 'stranger' } : {}) })),
  'fewer rows': (rows) => rows.slice(1),
  'more rows': (rows) => [...rows, ...rows],
  'no rows': () => [],
  'taken and failed': (rows) => rows.map((row) => ({ ...row, error: 'UserUpdateError', details: 'Name: is too long' })),
}

/** Rules about systems that answer what is not so. */
export const hostileCases: readonly ConformanceCase[] = [
  ...Object.entries(lies).map(([lie, change]): ConformanceCase => ({
    name: `does not believe an answer with ${lie}`,
    async run(target) {
      const honest = await Trial.open(target)
      const made = await honest.create(1, 3)
      const trial = new Trial(target, await target.connect({ tamper: withResults(change, target.paths) }))
      const rows = await trial.updateRows(made, 1)
      const answer = await trial.write('update', rows).catch((error: unknown) => error)
      // Not understood at all, or not a job any more: unknown as a whole.
      if (answer instanceof Error) return
      const said = await trial.answers(answer as never, rows).catch(() => [])
      const judged = judgeAnswers(rows.map(({ position, id = '' }) => ({ position, id })), said)
      await honest.visible()
      for (const [index, one] of judged.entries()) {
        if (one.outcome === 'rejected') expectThat((await honest.valueOf(index + 1)) !== target.values[1], 'what is refused did not arrive', { one, said })
        if (one.outcome !== 'delivered') continue
        expectThat(one.id === made[index], 'a row is taken only with its own id', { one, said })
        expectThat((await honest.valueOf(index + 1)) === target.values[1], 'and it arrived', { one, said })
      }
    },
  })),
  {
    name: 'never repeats its token, in whatever form a system gives it back',
    async run(target) {
      const { token } = target
      const forms = [token, encodeURIComponent(token), Buffer.from(token).toString('base64'), Buffer.from(`ada@example.com/token:${token}`).toString('base64')]
      const words = `The token ${forms.join(' and ')} is not valid here.`
      const echo: Tamper = (_request, answer) => ({ ...answer, status: 400, headers: { ...answer.headers, 'x-request-id': words }, body: JSON.stringify({ message: words, description: words, error: words, details: words }) })
      const described = await target.connect()
      const object = await described.object(target.object)
      const connected = await target.connect({ tamper: echo })
      const seen: unknown[] = []
      for (const work of [connected.check(), connected.read({ object: object.name, fields: [target.field], by: { kind: 'key', field: target.keyField, values: [keyOf(1)] } })]) {
        const error = await errorOf(work)
        seen.push(error.message, error instanceof AppError ? error.toBody() : '')
      }
      const row = { position: 0, traceId: 'trace-0', id: '1', key: { field: target.keyField, value: keyOf(1) }, fields: {} }
      seen.push(await connected.write({ object: object.name, operation: 'update', rows: [row] }).catch((error: unknown) => String(error)))
      const text = JSON.stringify(seen)
      for (const form of forms) expectThat(!text.includes(form), 'no form of the token', text)
    },
  },
  {
    name: 'gives up a list that has no end, in words',
    async run(target) {
      const more = withBody((part) => ({
        ...part,
        ...('hasMore' in part ? { hasMore: true, offset: Number(part['offset'] ?? 0) + 1 } : {}),
        ...('has_more' in part ? { has_more: true, after_cursor: 'again' } : {}),
        ...('end_of_stream' in part ? { end_of_stream: false, after_cursor: 'again' } : {}),
        ...('results' in part && !('errors' in part) ? { paging: { next: { after: 'again' } } } : {}),
      }))
      let last: HttpResponse | undefined
      const endless: Tamper = (request, answer) => {
        // Whatever page is asked for, there is one.
        const next = more(request, answer.status >= 400 && last ? last : answer)
        last = next
        return { ...next, headers: { ...next.headers, link: '<https://elsewhere.example/?cursor=again>; rel="next"' } }
      }
      const connected = await target.connect({ tamper: endless })
      const discovered = await connected.discover({ refresh: true }).catch((error: unknown) => error)
      if (discovered instanceof Error) expectEndless(discovered)
      if (connected.declaration.list) expectEndless(await errorOf(listAll(connected, target)))
    },
  },
]

function expectEndless(error: Error): void {
  expectThat(error instanceof AppError && error.message.includes('does not come to an end') && error.place.next !== undefined, 'words that say so, and what to do', error.message)
}

/** As whoever reads a list does. */
export async function listAll(connected: Connection, target: ConformanceTarget, changedSince?: string): Promise<string[]> {
  const watch = new PageWatch({ name: connected.name, what: 'listing its records' })
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await connected.list({ object: target.object, fields: [target.field], ...(changedSince ? { changedSince } : {}), ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.records.map(({ id }) => id))
    cursor = page.next
    if (cursor !== undefined) watch.goesOn(cursor, page.records.map(({ id }) => id))
  } while (cursor !== undefined)
  return found
}
