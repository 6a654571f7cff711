import { renameSync } from 'node:fs'
import { fingerprintOf } from '../src/engine/planning/narrow/delta.ts'
import { preparePlan } from '../src/engine/planning/build/prepare.ts'
import { openDuckDb, quoteText } from '../src/engine/storage/duckdb.ts'
import { fieldColumn, linksScope, objectScope, syncStateScope } from '../src/engine/storage/data-file-log.ts'
import { columns } from './data-set.ts'
import { step } from './step.ts'
import { freshDestination, withSession, writeWorkspace, type WorkspaceOptions } from './workspace.ts'

const textColumns: ReadonlySet<string> = new Set(['email', 'first_name', 'last_name', 'phone', 'country', 'plan'])
const readAt = '2026-11-01T00:00:00.000Z'

/**
 * A workspace as it stands after everything was sent once: links and agreed values of every record, as a finished plan
 * would have left them. Written by DuckDB at once, because a first load of ten million rows would take minutes.
 */
await step<WorkspaceOptions>(async (input) => {
  writeWorkspace(input)
  await freshDestination(input)
  await withSession({ workspace: input.workspace, use: async (session) => {
    const { mappingVersion, parts } = await preparePlan(session, 'customers')
    const db = await openDuckDb({ tempFolder: session.folders.temp, memoryLimitMb: 4096 })
    await db.run(`ATTACH ${quoteText(`${input.folder}/before.duckdb`)} AS before (READ_ONLY)`)
    const known = '(SELECT *, customer_id::VARCHAR AS key, FALSE AS do_not_send FROM before.customers)'
    const links = session.dataFiles.newFile('links')
    const fp = fingerprintOf({ columns: columns.map((column) => ({ text: `${column}::VARCHAR`, free: textColumns.has(column) })), mappingVersion })
    await db.run(`COPY (SELECT key, key AS remote_id, ${fp} AS fp, false AS created FROM ${known}) TO ${quoteText(links)} (FORMAT parquet, COMPRESSION zstd)`)
    const base = session.dataFiles.newFile('base')
    const agreed = columns.map((column) => `{'raw': to_json(${column}::VARCHAR)::VARCHAR, 'read_at': ${quoteText(readAt)}, 'assumed': false} AS ${fieldColumn(column)}`)
    await db.run(`COPY (SELECT key AS remote_id, ${agreed.join(', ')} FROM ${known}) TO ${quoteText(base)} (FORMAT parquet, COMPRESSION zstd)`)
    db.closeInstance()
    const place = { connection: 'file', object: 'customers', product: parts.product.id, activation: 'customers' }
    session.database.transaction(() => {
      session.dataFiles.publish('links', linksScope(place), links, input.rows)
      session.dataFiles.publish('settled', syncStateScope(place), links, input.rows)
      session.dataFiles.publish('base', objectScope('file', 'customers'), base, input.rows)
    })
  } })
  renameSync(`${input.workspace}/.lockstep`, `${input.workspace}/settled`)
  return {}
})
