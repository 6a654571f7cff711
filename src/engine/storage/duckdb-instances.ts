import { existsSync, mkdtempSync, rmdirSync, statSync } from 'node:fs'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Files } from '../ports/ports.ts'
import { refuseUnlessFile } from '../ports/regular-file.ts'
import { duckDbApi } from './duckdb-api.ts'

export interface InstanceOptions {
  /** A database file; absent: in memory, spilling to `tempFolder`. */
  path?: string
  readOnly?: boolean
  memoryLimitMb?: number
  /** Absent: as many as the machine should give, one for a small file. Work on little is over before two threads have met. */
  threads?: number
  /** Rows of a table come as they went in, at the price of memory. */
  keepOrder?: boolean
  /** Where sorts and joins spill when memory runs out. */
  tempFolder: string
  /** Settings of the instance will be changed, or other databases attached: nobody else works in it, before or after. */
  ownInstance?: boolean
}

/** A database to work in, and how it is given back. */
export interface LentDatabase {
  memoryLimit: string
  /** Little is worked over: there is no memory to speak of that could be given back. */
  small?: boolean
  /** A new connection that works in the database. */
  connect(): Promise<DuckDBConnection>
  /** After the connections are closed. What was in memory is gone; a file is free for other programs when this is over. */
  release(): Promise<void>
}

/**
 * Instances that nobody works in now. Making one registers thousands of functions and closing one walks all memory of the
 * process: 20 to 50 ms, more than a small plan's statements take together. So an instance is used again, for one database
 * at a time, which is attached for the use and detached after it.
 */
const idle: Instance[] = []
const MOST_IDLE = 3
let attached = 0

interface Instance {
  instance: DuckDBInstance
  /** Attaches, detaches and sets; nobody works over it. */
  control: DuckDBConnection
  tempFolder: string
}

/** Lends a database: an instance of its own for a file or where it is asked for, else one of those that are used again. */
export async function lendDatabase(options: InstanceOptions): Promise<LentDatabase> {
  refusePipe(options.path)
  return options.ownInstance === true || options.path !== undefined ? ownDatabase(options) : attachedDatabase(options)
}

/** Lends a database file in an instance that is used again. Nothing of the instance may be changed. */
export async function attachedDatabase(options: InstanceOptions): Promise<LentDatabase> {
  refusePipe(options.path)
  const lent = (await takeIdle(options)) ?? (await create(options))
  const name = `work_${(attached += 1)}`
  try {
    await lent.control.run(`ATTACH ${quote(options.path ?? ':memory:')} AS ${name}${options.readOnly ? ' (READ_ONLY)' : ''}`)
  } catch (cause) {
    close(lent)
    throw cause
  }
  return {
    memoryLimit: memoryLimitOf(options),
    async connect() {
      const connection = await lent.instance.connect()
      await connection.run(`USE ${name}`)
      return connection
    },
    async release() {
      // What spilled is taken away when the instance closes, and the folder of one that has spilled cannot be changed.
      if (idle.length >= MOST_IDLE || existsSync(lent.tempFolder)) return close(lent)
      try {
        await lent.control.run(`DETACH ${name}`)
        if (await holdsNothing(lent)) idle.push(lent)
        else close(lent)
      } catch {
        close(lent)
      }
    },
  }
}

async function ownDatabase(options: InstanceOptions): Promise<LentDatabase> {
  const instance = await newInstance(options, ownFolder(options.tempFolder))
  return {
    memoryLimit: memoryLimitOf(options),
    connect: () => instance.connect(),
    release() {
      instance.closeSync()
      return Promise.resolve()
    },
  }
}

async function takeIdle(options: InstanceOptions): Promise<Instance | undefined> {
  const lent = idle.pop()
  if (lent === undefined) return undefined
  const tempFolder = ownFolder(options.tempFolder)
  const settings = { memory_limit: quote(memoryLimitOf(options)), threads: threadsOf(options), temp_directory: quote(tempFolder), preserve_insertion_order: orderOf(options) }
  try {
    for (const [name, value] of Object.entries(settings)) await lent.control.run(`SET GLOBAL ${name} = ${value}`)
    return { ...lent, tempFolder }
  } catch {
    close(lent)
    return undefined
  }
}

async function create(options: InstanceOptions): Promise<Instance> {
  const tempFolder = ownFolder(options.tempFolder)
  const { path: _file, readOnly: _mode, ...inMemory } = options
  const instance = await newInstance(inMemory, tempFolder)
  return { instance, control: await instance.connect(), tempFolder }
}

async function newInstance(options: InstanceOptions, tempFolder: string): Promise<DuckDBInstance> {
  const instance = await duckDbApi().DuckDBInstance.create(options.path ?? ':memory:', {
    memory_limit: memoryLimitOf(options),
    threads: threadsOf(options),
    temp_directory: tempFolder,
    preserve_insertion_order: orderOf(options),
    // What was read of a Parquet file is in the system's own cache already.
    enable_external_file_cache: 'false',
    // In memory, what DuckDB tidies up whenever 16 MB were added is every table again: a table filled in pages took twice the time.
    ...(options.path === undefined ? { checkpoint_threshold: '1TB' } : {}),
    ...(options.readOnly ? { access_mode: 'READ_ONLY' } : {}),
  })
  const connection = await instance.connect()
  // Text of an instant, and so what is compared and hashed, must not depend on where the machine stands.
  await connection.run("SET GLOBAL TimeZone = 'UTC'")
  connection.closeSync()
  return instance
}

/** Whether whoever worked in it attached nothing of their own. */
async function holdsNothing({ control }: Instance): Promise<boolean> {
  const found = await control.runAndReadAll("SELECT 1 FROM duckdb_databases() WHERE NOT internal AND database_name <> 'memory'")
  return found.currentRowCount === 0
}

function close({ instance, control }: Instance): void {
  control.closeSync()
  instance.closeSync()
}

const memoryLimitOf = ({ memoryLimitMb = 512 }: InstanceOptions): string => `${memoryLimitMb}MB`
const threadsOf = ({ threads, path }: InstanceOptions): string => String(threads ?? (path === undefined ? MOST_THREADS : threadsForBytes(bytesOf(path))))
/** A file that is to be made may become large. */
const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? Infinity

const MOST_THREADS = 2
const SMALL_ROWS = 20_000
const SMALL_BYTES = 4_000_000

/** How many threads are worth their meeting for so many rows: measured, one takes two thirds of the time of two over a few rows. */
export function threadsForRows(rows: number): number {
  return rows <= SMALL_ROWS ? 1 : MOST_THREADS
}

/** The same for a file that is going to be read, by its bytes. */
export async function threadsForFile(files: Pick<Files, 'stat'>, path: string): Promise<number> {
  return threadsForBytes((await files.stat(path))?.bytes ?? 0)
}

function threadsForBytes(bytes: number): number {
  return bytes <= SMALL_BYTES ? 1 : MOST_THREADS
}

const orderOf = ({ keepOrder = false }: InstanceOptions): string => String(keepOrder)
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Opening a pipe in the place of a database would wait for ever. */
function refusePipe(path: string | undefined): void {
  const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })
  if (path !== undefined && found && !found.isFile()) refuseUnlessFile(path, found.isDirectory() ? 'folder' : found.isFIFO() ? 'pipe' : 'device')
}

/**
 * A path of its own for what an instance spills: two that spill into one folder give their files the same names, and read
 * each other's rows. DuckDB makes the folder when it needs it, and takes it away; a folder that is not there (beside a file
 * of somebody else) is not made for that.
 */
function ownFolder(tempFolder: string): string {
  if (!existsSync(tempFolder)) return tempFolder
  const path = mkdtempSync(`${tempFolder}/duckdb-`)
  rmdirSync(path)
  return path
}
