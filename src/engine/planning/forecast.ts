import type { CoverageForecast } from '../../contract/shapes.ts'
import { type BlockedCause, blockedCauses } from '../../contract/states.ts'
import { destinationKey } from '../identity/forms/upload-form.ts'
import type { OpenIndex } from '../identity/register/open-index.ts'
import { rowsSql } from '../identity/register/row-links.ts'
import { extract, type Extraction } from '../products/extract.ts'
import { type DuckDb, openDuckDb, quoteText } from '../storage/duckdb.ts'
import { linksScope } from '../storage/snapshots.ts'
import { type ActivationParts, requireActivation } from '../workspace/activation-parts.ts'
import type { PlanPlace } from './build-plan.ts'
import { sourceTexts } from './candidate-query.ts'
import { bestFix } from './forecast-fix.ts'
import { openIdentityLinks, strangersQuery } from './identity-matches.ts'
import { linkFilesIn, takeLinks } from './recognise.ts'

const MEMORY_MB = 256
/** People named for each reason. */
const examples = 3

/**
 * Who of an audience an activation would reach, from the warehouse and from what is known here already: no request is
 * sent. The plan looks once more; what it finds of a key nobody can know before.
 */
export async function forecastCoverage(place: PlanPlace, activation: string, signal?: AbortSignal): Promise<CoverageForecast> {
  const { ports, folders, workspace } = place.session
  const parts = requireActivation(await workspace(), activation)
  const folder = `${folders.temp}/forecast-${ports.ids.next()}`
  await ports.files.makeFolder(folder, 0o700)
  const duckdb = await openDuckDb({ tempFolder: folders.temp, memoryLimitMb: MEMORY_MB })
  try {
    return await new Forecast(place, parts, { duckdb, folder, signal }).make()
  } finally {
    duckdb.closeInstance()
    await ports.files.remove(folder)
  }
}

/** A line of what the rows come to. `cause` is null for those that are matched, or that nothing stands against. */
interface Reason {
  state: 'matched' | 'unmatched' | 'ambiguous' | 'invalid' | 'unknown'
  cause: BlockedCause | null
  rows: number
  shown: string
}

class Forecast {
  private readonly place: PlanPlace
  private readonly parts: ActivationParts
  private readonly work: { duckdb: DuckDb; folder: string; signal: AbortSignal | undefined }

  constructor(place: PlanPlace, parts: ActivationParts, work: Forecast['work']) {
    this.place = place
    this.parts = parts
    this.work = work
  }

  async make(): Promise<CoverageForecast> {
    const extraction = await this.audience()
    const known = await this.links()
    await this.keys(extraction)
    const reasons = await this.reasons(known !== undefined)
    const count = (state: Reason['state']): number => reasons.reduce((sum, reason) => sum + (reason.state === state ? reason.rows : 0), 0)
    const doNotSend = await this.work.duckdb.row<{ rows: number; shown: string }>(`SELECT count(*) AS rows, ${shown} AS shown FROM audience WHERE do_not_send`)
    const creates = this.parts.activation.value.mode !== 'update only' && this.parts.activation.value.mode !== 'members'
    const told = reasons.flatMap(({ state, cause, rows, shown: people }) => {
      const told = cause ?? (state === 'unmatched' && !creates ? 'not there' : undefined)
      return told === undefined ? [] : [reasonOf(told, rows, people)]
    })
    const fix = bestFix(this.parts, told, known?.toName)
    return {
      activation: this.parts.activation.id,
      ...(known === undefined ? {} : { asOf: new Date(known.readAt).toISOString() }),
      audience: extraction.rows,
      matched: count('matched'),
      unmatched: count('unmatched'),
      unknown: count('unknown'),
      creates,
      ambiguous: count('ambiguous'),
      invalid: count('invalid'),
      doNotSend: doNotSend?.rows ?? 0,
      reasons: [...told, ...(doNotSend && doNotSend.rows > 0 ? [reasonOf('do not send', doNotSend.rows, doNotSend.shown)] : [])].sort((one, other) => other.count - one.count),
      ...(fix === undefined ? {} : { bestFix: fix }),
      elsewhere: known?.elsewhere ?? [],
    }
  }

  private async audience(): Promise<Extraction> {
    const { session } = this.place
    const { activation, product, connection } = this.parts
    const { duckdb, folder, signal } = this.work
    const file = `${folder}/audience.parquet`
    const columns = [...new Set([activation.value.match.column, product.value.label ?? activation.value.match.column])]
    const extraction = await extract({ workspace: await session.workspace(), activation: activation.id, columns, toParquet: file, clock: session.ports.clock, files: session.ports.files, tempFolder: session.folders.temp, memoryLimitMb: MEMORY_MB, ...(signal ? { signal } : {}) })
    const texts = sourceTexts(extraction)
    const label = product.value.label === undefined ? undefined : texts.get(product.value.label)
    await duckdb.run(`CREATE VIEW audience AS SELECT key, do_not_send, ${texts.get(activation.value.match.column) ?? 'NULL'} AS match_value, coalesce(${label ?? 'NULL'}, key) AS label FROM read_parquet(${quoteText(file)})`)
    const scope = linksScope({ connection: connection.id, object: activation.value.destination.object, product: product.id })
    await duckdb.run(`CREATE VIEW links AS ${session.snapshots.linksQuery(scope)}`)
    return extraction
  }

  /** What the newest run of the rules says of the rows, here and in the other systems; undefined where there is none. */
  private async links(): Promise<{ readAt: number; toName: string; elsewhere: CoverageForecast['elsewhere'] } | undefined> {
    const { duckdb, folder } = this.work
    const { identity, activation, product } = this.parts
    const { connection, object } = activation.value.destination
    // Members are records of another object; which one only the system says, and nobody is asked.
    const wanted = (source: string): boolean => (activation.value.mode === 'members' ? source.startsWith(`${connection}/`) : source === `${connection}/${object}`)
    const found = identity === undefined || this.place.register.runs.newest(identity.id) === undefined ? undefined : await this.place.register.reading(identity.id, async (open) => {
      const to = open.sources.find(({ source }) => wanted(source))
      return to && { readAt: to.readAt, toName: to.name, to: to.source, elsewhere: await this.elsewhere(open, to.source) }
    })
    if (identity === undefined || found === undefined) {
      await duckdb.run('CREATE TABLE identity_links (key VARCHAR, state VARCHAR, because VARCHAR); CREATE TABLE strangers (key VARCHAR)')
      return undefined
    }
    const files = linkFilesIn(folder)
    await takeLinks(this.place, { id: identity.id, ends: { from: product.id, to: found.to } }, files)
    await openIdentityLinks(duckdb, files)
    await duckdb.run(`CREATE TABLE strangers AS SELECT key FROM (${strangersQuery('(SELECT key, remote_id FROM links WHERE key IN (SELECT key FROM audience))')})`)
    return found
  }

  private async elsewhere(open: OpenIndex, to: string): Promise<CoverageForecast['elsewhere']> {
    const { duckdb, folder } = this.work
    const systems: CoverageForecast['elsewhere'] = []
    for (const { source, name } of open.sources.filter(({ kind, source }) => kind === 'destination' && source !== to)) {
      const file = `${folder}/elsewhere.parquet`
      await open.db.run(`COPY (SELECT key, state FROM (${rowsSql({ from: this.parts.product.id, to: source })})) TO ${quoteText(file)} (FORMAT parquet)`)
      const counted = await duckdb.rows<{ state: string; rows: number }>(`SELECT coalesce(state, 'unmatched') AS state, count(*) AS rows FROM audience LEFT JOIN read_parquet(${quoteText(file)}) USING (key) GROUP BY 1`)
      const count = (state: string): number => counted.find((line) => line.state === state)?.rows ?? 0
      systems.push({ to: source, toName: name, matched: count('matched'), unmatched: count('unmatched'), ambiguous: count('ambiguous'), invalid: count('invalid') })
    }
    return systems
  }

  /** Whether the rows that nothing leads on have a key by which they could be looked for, or made. */
  private async keys(extraction: Extraction): Promise<void> {
    const { duckdb, signal } = this.work
    const { normalise } = this.parts.activation.value.match
    const keys = await duckdb.createTable('match_keys', { key: 'text', match_key: 'text', state: 'text' })
    const reading = await duckdb.fork()
    try {
      const open = "key NOT IN (SELECT key FROM links) AND key NOT IN (SELECT key FROM identity_links WHERE state IN ('matched', 'ambiguous'))"
      for await (const { rows, columns } of extraction.rows === 0 ? [] : reading.columns(`SELECT key, match_value FROM audience WHERE ${open}`)) {
        signal?.throwIfAborted()
        for (let row = 0; row < rows; row++) {
          const key = destinationKey(columns[1]?.[row], { normalise, form: undefined })
          keys.add([columns[0]?.[row] as string, key.ok ? key.key : null, key.ok ? 'valid' : key.cause])
        }
      }
    } finally {
      keys.finish()
      reading.close()
    }
  }

  private reasons(recognised: boolean): Promise<Reason[]> {
    return this.work.duckdb.rows<Reason>(`WITH shared AS (SELECT match_key FROM match_keys WHERE state = 'valid' GROUP BY match_key HAVING count(*) > 1),
        looked AS (SELECT a.key, a.label, l.key IS NOT NULL OR i.state = 'matched' AS reached, CASE
            WHEN x.key IS NOT NULL THEN 'somebody else'
            WHEN l.key IS NOT NULL OR i.state = 'matched' THEN NULL
            WHEN i.because = 'several there' THEN 'several matches'
            WHEN i.because = 'several here' THEN 'same person twice'
            WHEN i.because = 'held back' THEN 'held back'
            WHEN m.state <> 'valid' THEN m.state
            WHEN s.match_key IS NOT NULL THEN 'key shared' END AS cause
          FROM audience a LEFT JOIN links l USING (key) LEFT JOIN identity_links i USING (key) LEFT JOIN strangers x USING (key) LEFT JOIN match_keys m USING (key) LEFT JOIN shared s ON s.match_key = m.match_key)
      SELECT cause, count(*) AS rows, ${shown} AS shown, CASE
          WHEN cause IN ('key missing', 'key invalid') THEN 'invalid' WHEN cause IS NOT NULL THEN 'ambiguous' WHEN reached THEN 'matched' ELSE '${recognised ? 'unmatched' : 'unknown'}' END AS state
      FROM looked GROUP BY cause, state ORDER BY rows DESC, cause`)
  }
}

/** The first few by their key, as JSON. */
const shown = `to_json(list({'record': key, 'label': label} ORDER BY key)[1:${examples}])::VARCHAR`

function reasonOf(cause: BlockedCause, count: number, people: string): CoverageForecast['reasons'][number] {
  return { cause, ...blockedCauses[cause], count, examples: JSON.parse(people) as { record: string; label: string }[] }
}
