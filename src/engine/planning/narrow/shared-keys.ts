import { extract } from '../../audience/extract.ts'
import { destinationKey } from '../../identity/forms/upload-form.ts'
import type { Session } from '../../session/session.ts'
import { type DuckDb, parseTextRow, readParquet } from '../../storage/duckdb.ts'
import { sourceTexts } from './candidate-query.ts'
import { rowsWithIdentityLink } from './identity-matches.ts'
import type { PlanSetup } from '../build/prepare.ts'

/**
 * A trial reads a few rows only, but a key they share with any other row of the audience is as ambiguous as in the
 * whole plan: those other rows are put beside the trial's in `match_keys`, where they count and are not decided.
 */
export async function addSharersOutside(session: Session, setup: PlanSetup, place: { duckdb: DuckDb; folder: string }): Promise<void> {
  const { duckdb } = place
  const own = await duckdb.rows<{ key: string; match_key: string }>("SELECT key, match_key FROM match_keys WHERE state = 'valid'")
  if (own.length === 0) return
  const keys = new Set(own.map(({ key }) => key))
  const wanted = new Set(own.map(({ match_key: matchKey }) => matchKey))
  const file = `${place.folder}/keys.parquet`
  const { column } = setup.activation.match
  const extraction = await extract({
    workspace: setup.workspace,
    activation: setup.activationId,
    columns: [column],
    toParquet: file,
    ...session.ports,
    tempFolder: session.folders.temp,
    memoryLimitMb: 256,
  })
  try {
    const reader = await duckdb.fork()
    const sharers = await duckdb.createTable('sharers', { key: 'text', match_key: 'text' })
    for await (const rows of reader.textRows(['key', sourceTexts(extraction).get(column) ?? 'NULL'], `FROM ${readParquet(file)}`)) {
      for (const row of rows) {
        const [key = '', value] = parseTextRow(row) as [string, string | null]
        const normalised = destinationKey(value, setup.keyForm)
        if (normalised.ok && wanted.has(normalised.key) && !keys.has(key)) sharers.add([key, normalised.key])
      }
    }
    sharers.finish()
    reader.close()
    // Who is recognised without a key shares it with nobody.
    const counted = setup.identity ? `WHERE key NOT IN (${rowsWithIdentityLink} UNION SELECT key FROM links)` : ''
    await duckdb.run(`INSERT INTO match_keys (key, match_key, state) SELECT key, match_key, 'valid' FROM sharers ${counted}`)
  } finally {
    await session.ports.files.remove(file)
  }
}
