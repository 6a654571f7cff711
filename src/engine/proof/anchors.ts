import { z } from 'zod'
import { auditHead } from '../audit/audit.ts'
import type { Session } from '../session/session.ts'
import type { StateDatabase } from '../storage/database.ts'
import type { History } from './history.ts'
import { changed, truncated } from './problem.ts'
import type { AuditProblem } from './problem.ts'

/**
 * The head of the chain as it stood at some time, kept outside the database: in a file beside it, in the keychain where
 * there is one, and in every export. A chain that was cut, emptied or rewritten does not fit what was kept.
 */
export interface Anchor {
  entries: number
  head: string
  /** Where it is kept, as it stands in a sentence: "the keychain". */
  place: string
}

type Seal = (text: string) => string
type AnchoredSession = Pick<Session, 'ports' | 'folders' | 'database' | 'folder'>

const keptAnchor = z.object({ state: z.string(), entries: z.number().int().min(0), head: z.string(), at: z.string(), seal: z.string() })
type KeptAnchor = z.infer<typeof keptAnchor>
const manifest = z.object({ kind: z.literal('audit'), entries: z.number().int().min(0), head: z.string() })

const fileName = 'audit.anchor'
/** Contradicted anchors stay as evidence, but not without end. */
const mostKept = 20
const mostExports = 100

/** Keeps the head of the chain as it is now in the file beside the database and, when asked, in the keychain. */
export async function anchorHead(session: AnchoredSession, options: { keychain: boolean }): Promise<void> {
  const { database, ports, folder } = session
  const { entries, head } = auditHead(database)
  const seal = database.sealAudit
  if (entries === 0 || seal === undefined) return
  const bare = { state: stateId(session), entries, head, at: new Date(ports.clock.now()).toISOString() }
  const anchor: KeptAnchor = { ...bare, seal: sealOf(seal, bare) }
  const earlier = (await anchorsInFile(session, seal)).anchors.filter((kept) => misfit(database, { ...kept, place: '' }) !== undefined)
  await ports.files.writeText(fileOf(session), `${JSON.stringify([...earlier, anchor].slice(-mostKept), null, 1)}\n`, 0o600)
  if (options.keychain) await ports.anchors.write(folder, JSON.stringify(anchor))
}

/** Every anchor of this state that can be found, and what is wrong with one itself. `seal` is made with the workspace's key. */
export async function findAnchors(session: AnchoredSession, seal: Seal): Promise<{ anchors: Anchor[]; problems: AuditProblem[]; keychain: Anchor | undefined }> {
  const file = await anchorsInFile(session, seal)
  const keychain = await anchorInKeychain(session)
  const anchors = [...file.anchors.map((anchor) => ({ ...anchor, place: 'the file beside the database' })), ...(keychain ? [keychain] : []), ...(await anchorsInExports(session))]
  const at = auditHead(session.database).entries
  const problems = file.broken ? [changed(at, 'The head kept in the file beside the database was not written by Lockstep with the key of this workspace.')] : []
  return { anchors, problems, keychain }
}

/** What anchors say that the chain does not; a restored backup explains what it replaced. */
export function anchorProblems(database: StateDatabase, anchors: readonly Anchor[], { restores }: Pick<History, 'restores'>): AuditProblem[] {
  return anchors.flatMap((anchor) => {
    const problem = misfit(database, anchor)
    const explained = restores.some(({ replacedEntries, replacedHead }) => replacedEntries === undefined || replacedEntries > anchor.entries || (replacedEntries === anchor.entries && replacedHead === anchor.head))
    return problem && !explained ? [problem] : []
  })
}

/** Why the chain is not the one that the anchor was taken of. */
export function misfit(database: StateDatabase, { entries, head, place }: Anchor): AuditProblem | undefined {
  if (entries === 0) return undefined
  const last = database.get<{ sequence: number | null }>('SELECT max(sequence) AS sequence FROM audit')?.sequence ?? 0
  if (last < entries) return truncated(last + 1, `${capital(place)} had ${entries} entries; the chain ends at ${last}.`)
  const entry = database.get<{ hash: string }>('SELECT hash FROM audit WHERE sequence = ?', entries)
  if (entry === undefined || entry.hash === head) return undefined
  return changed(entries, `Up to entry ${entries} this is not the history that ${place} had.`)
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const fileOf = ({ folders }: Pick<AnchoredSession, 'folders'>): string => `${folders.state}/${fileName}`

/** A name of this very database: another one in its place has another. */
function stateId({ database, ports }: Pick<AnchoredSession, 'database' | 'ports'>): string {
  const key = 'state id'
  const known = database.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value
  if (known !== undefined) return known
  const id = ports.ids.next()
  database.run('INSERT INTO meta VALUES (?, ?)', key, id)
  return id
}

function sealOf(seal: Seal, { state, entries, head, at }: Omit<KeptAnchor, 'seal'>): string {
  return seal(JSON.stringify([state, entries, head, at]))
}

async function anchorsInFile(session: AnchoredSession, seal: Seal): Promise<{ anchors: KeptAnchor[]; broken: boolean }> {
  const { ports } = session
  const path = fileOf(session)
  if (!(await ports.files.exists(path))) return { anchors: [], broken: false }
  const read = z.array(keptAnchor).safeParse(parsed(await ports.files.readText(path)))
  if (!read.success) return { anchors: [], broken: true }
  const anchors = read.data.filter((anchor) => anchor.seal === sealOf(seal, anchor))
  return { anchors, broken: anchors.length < read.data.length }
}

async function anchorInKeychain({ folder, ports }: AnchoredSession): Promise<Anchor | undefined> {
  const text = await ports.anchors.read(folder)
  const read = keptAnchor.safeParse(text === undefined ? undefined : parsed(text))
  // What is in the keychain needs no seal: nobody who has only the state can write there.
  return read.success ? { ...read.data, place: 'the keychain' } : undefined
}

async function anchorsInExports({ folders, ports }: AnchoredSession): Promise<Anchor[]> {
  if (!(await ports.files.exists(folders.exports))) return []
  const found: Anchor[] = []
  for (const { name, kind } of (await ports.files.list(folders.exports)).slice(-mostExports)) {
    const path = `${folders.exports}/${name}/manifest.json`
    if (kind !== 'folder' || !(await ports.files.exists(path))) continue
    const read = manifest.safeParse(parsed(await ports.files.readText(path)))
    if (read.success) found.push({ ...read.data, place: `the export ${name}` })
  }
  return found
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
