import { labelColumns } from '../../../contract/definitions.ts'
import type { CoverageForecast } from '../../../contract/shapes.ts'
import { type BlockedCause, blockedCauses, type MatchState } from '../../../contract/states.ts'
import type { OpenIndex } from '../../identity/graph/run/open-index.ts'
import { rowsSql } from '../../identity/graph/run/row-links.ts'
import { extract, type Extraction } from '../../audience/extract.ts'
import { labelText } from '../../audience/label-text.ts'
import { type DuckDb, openDuckDb, parseTextRow, quoteText, readParquet } from '../../storage/duckdb.ts'
import { linksScope, type ProofPlace, syncStateScope } from '../../storage/data-file-log.ts'
import { type ActivationParts, requireActivation } from '../../workspace/activation-parts.ts'
import type { PlanPlace } from './build-plan.ts'
import { sourceTexts } from '../narrow/candidate-query.ts'
import { applyChoices, loadMissingRecordDecisions, releaseRecreated } from '../narrow/missing-record-decisions.ts'
import { type AudienceShape, findCandidates, linkUnproved, narrowAudience, openAudience, rowsWithoutLink } from '../narrow/delta.ts'
import { bestFix } from './forecast-fix.ts'
import { applyIdentityLinks, foundByIdentity, noIdentityLinks, openIdentityLinks, rowsWithoutIdentityLink } from '../narrow/identity-matches.ts'
import { MatchKeys } from '../narrow/match-keys.ts'
import { columnType } from './prepare.ts'
import { linkFilesIn, takeLinks } from './recognise.ts'
import { loadUnconfirmedCreates } from '../narrow/unconfirmed-creates.ts'
import { findUnusableKeys } from '../narrow/unusable-keys.ts'

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
  const duckdb = await openDuckDb({ tempFolder: folders.temp, memoryLimitMb: MEMORY_MB, threads: 1 })
  try {
    return await new Forecast(place, parts, { duckdb, folder, signal }).make()
  } finally {
    duckdb.closeInstance()
    await ports.files.remove(folder)
  }
}

/** A line of what the rows come to. `cause` is null for those that are matched, or that nothing stands against. */
interface Reason {
  state: MatchState | 'unknown'
  cause: BlockedCause | null
  rows: number
  shown: string
}

class Forecast {
  private readonly place: PlanPlace
  private readonly parts: ActivationParts
  private readonly proofs: ProofPlace
  private readonly work: { duckdb: DuckDb; folder: string; signal: AbortSignal | undefined }

  constructor(place: PlanPlace, parts: ActivationParts, work: Forecast['work']) {
    this.place = place
    this.parts = parts
    this.work = work
    this.proofs = { connection: parts.connection.id, object: parts.activation.value.destination.object, product: parts.product.id, activation: parts.activation.id }
  }

  async make(): Promise<CoverageForecast> {
    const extraction = await this.audience()
    const known = await this.links()
    await this.match()
    const reasons = await this.reasons(known !== undefined)
    const count = (state: Reason['state']): number => reasons.reduce((sum, reason) => sum + (reason.state === state ? reason.rows : 0), 0)
    const doNotSend = await this.work.duckdb.row<{ rows: number; shown: string }>(`SELECT count(*) AS rows, ${shown} AS shown FROM source WHERE do_not_send`)
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
    const { activation, product } = this.parts
    const { duckdb, folder, signal } = this.work
    const file = `${folder}/audience.parquet`
    const columns = [...new Set([activation.value.match.column, ...labelColumns(product.value.label)])]
    const extraction = await extract({ workspace: await session.workspace(), activation: activation.id, columns, toParquet: file, ...session.ports, tempFolder: session.folders.temp, memoryLimitMb: MEMORY_MB, ...(signal ? { signal } : {}) })
    const texts = sourceTexts(extraction)
    const label = labelText(labelColumns(product.value.label).flatMap((column) => texts.get(column) ?? []))
    const audience = `SELECT key, do_not_send, ${texts.get(activation.value.match.column) ?? 'NULL'} AS match_value, coalesce(${label}, key) AS label FROM ${readParquet(file)}`
    await duckdb.expectRows(extraction.rows)
    await openAudience(duckdb, audience, { links: session.dataFiles.linksQuery(linksScope(this.proofs)), settled: session.dataFiles.settledQuery(syncStateScope(this.proofs)) })
    return extraction
  }

  /** What the newest run of the rules says of the rows, here and in the other systems; undefined where there is none. */
  private async links(): Promise<{ readAt: number; toName: string; elsewhere: CoverageForecast['elsewhere'] } | undefined> {
    const { duckdb, folder } = this.work
    const { identity, activation, product } = this.parts
    const { connection, object } = activation.value.destination
    // Members are records of another object; which one only the system says, and nobody is asked.
    const wanted = (source: string): boolean => (activation.value.mode === 'members' ? source.startsWith(`${connection}/`) : source === `${connection}/${object}`)
    const found = identity === undefined || this.place.graph.runs.newest(identity.id) === undefined ? undefined : await this.place.graph.reading(identity.id, async (open) => {
      const to = open.sources.find(({ source }) => wanted(source))
      return to && { readAt: to.readAt, toName: to.name, to: to.source, elsewhere: await this.elsewhere(open, to.source) }
    })
    if (identity === undefined || found === undefined) {
      await noIdentityLinks(duckdb)
      return undefined
    }
    const files = linkFilesIn(folder)
    await takeLinks(this.place, { id: identity.id, ends: { from: product.id, to: found.to } }, files)
    await openIdentityLinks(duckdb, files)
    return found
  }

  private async elsewhere(open: OpenIndex, to: string): Promise<CoverageForecast['elsewhere']> {
    const { duckdb, folder } = this.work
    const systems: CoverageForecast['elsewhere'] = []
    for (const { source, name } of open.sources.filter(({ kind, source }) => kind === 'destination' && source !== to)) {
      const file = `${folder}/elsewhere.parquet`
      await open.db.run(`COPY (SELECT key, state FROM (${rowsSql({ from: this.parts.product.id, to: source })})) TO ${quoteText(file)} (FORMAT parquet)`)
      const counted = await duckdb.rows<{ state: string; rows: number }>(`SELECT coalesce(state, 'unmatched') AS state, count(*) AS rows FROM source LEFT JOIN ${readParquet(file)} USING (key) GROUP BY 1`)
      const count = (state: string): number => counted.find((line) => line.state === state)?.rows ?? 0
      systems.push({ to: source, toName: name, matched: count('matched'), unmatched: count('unmatched'), ambiguous: count('ambiguous'), invalid: count('invalid') })
    }
    return systems
  }

  /** The steps of a plan up to where it asks the destination, over all rows: the same tables, so that both say the same. */
  private async match(): Promise<void> {
    const { duckdb } = this.work
    const { database } = this.place.session
    await narrowAudience(duckdb, wholeAudience, true)
    await loadMissingRecordDecisions(database, duckdb, this.proofs)
    await loadUnconfirmedCreates(database, duckdb, this.proofs, true)
    await linkUnproved(duckdb)
    await applyChoices(duckdb)
    const identity = this.parts.identity !== undefined
    if (identity) await applyIdentityLinks(duckdb, wholeAudience)
    await this.keys(identity ? rowsWithoutIdentityLink : rowsWithoutLink)
    await duckdb.run('CREATE TABLE actual (requested_id VARCHAR, requested_key VARCHAR, remote_id VARCHAR, deleted BOOLEAN)')
    await releaseRecreated(duckdb)
    await findUnusableKeys(duckdb, columnType(this.parts.product.value, this.parts.product.value.key))
    await findCandidates(duckdb, identity ? foundByIdentity : undefined)
  }

  /** Whether rows have a key by which they could be looked for, or made. */
  private async keys(wanted: string): Promise<void> {
    const { duckdb, signal } = this.work
    const { normalise, column } = this.parts.activation.value.match
    const form = { normalise, form: undefined, type: columnType(this.parts.product.value, column) }
    const keys = await MatchKeys.open(duckdb)
    const reading = await duckdb.fork()
    try {
      for await (const rows of reading.textRows(['key', 'match_value'], `FROM source WHERE key IN (${wanted})`)) {
        signal?.throwIfAborted()
        for (const row of rows) {
          const [key, value] = parseTextRow(row)
          keys.add(key ?? '', value, form)
        }
      }
    } finally {
      await keys.finish()
      reading.close()
    }
  }

  private reasons(recognised: boolean): Promise<Reason[]> {
    return this.work.duckdb.rows<Reason>(`SELECT cause, CASE WHEN match = 'unmatched' THEN '${recognised ? 'unmatched' : 'unknown'}' ELSE match END AS state, count(*) AS rows, ${shown} AS shown
      FROM candidates JOIN source USING (key) GROUP BY cause, state ORDER BY rows DESC, cause`)
  }
}

/** No mapped column says whether a row is looked at: all are. */
const wholeAudience: AudienceShape = { columns: [], mappingVersion: '' }

/** The first few by their key, as JSON. */
const shown = `to_json(coalesce(min({'record': key, 'label': label}, ${examples}), []))::VARCHAR`

function reasonOf(cause: BlockedCause, count: number, people: string): CoverageForecast['reasons'][number] {
  return { cause, ...blockedCauses[cause], count, examples: JSON.parse(people) as { record: string; label: string }[] }
}
