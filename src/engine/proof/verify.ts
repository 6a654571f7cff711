import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import type { AuditVerdict } from '../../contract/shapes.ts'
import { auditHead } from '../audit/audit.ts'
import { auditSeal } from '../audit/reference-key.ts'
import type { Session } from '../session/session.ts'
import { anchorProblems, findAnchors, misfit } from './anchors.ts'
import type { Anchor } from './anchors.ts'
import { readHistory } from './history.ts'
import type { AuditProblem } from './problem.ts'
import { chainProblems, mostProblems } from './verify-chain.ts'
import { verifyIdentityDecisions } from './verify-identity.ts'
import { verifyPlans } from './verify-plans.ts'
import { keyOf, verifyRows } from './verify-rows.ts'
import { verifyRuns } from './verify-runs.ts'

type VerifySession = Pick<Session, 'ports' | 'folders' | 'database' | 'folder'>

const manifestShape = z.object({ head: z.string().regex(/^[0-9a-f]{64}$/), entries: z.number().int().min(0) })

/**
 * Recomputes the whole chain and holds everything that a screen shows as proved against it: runs with their states, counts
 * and rows, plans, approvals with the answers they signed, decisions about identity. The chain itself is held against every
 * head that was kept outside the database. `manifest` is the text of an earlier export's manifest. Throws an AppError of
 * `file-malformed` where that is none.
 */
export async function verifyAudit(session: VerifySession, manifest?: string): Promise<AuditVerdict> {
  const given = manifest === undefined ? undefined : parseManifest(manifest)
  const { database } = session
  const { entries, head } = auditHead(database)
  const key = await keyOf(session)
  const seal = key === undefined ? undefined : auditSeal(key)
  const kept = seal === undefined ? { anchors: [], problems: [], keychain: undefined } : await findAnchors(session, seal)
  const history = readHistory(database)
  const problems = [
    ...chainProblems(database, seal),
    ...kept.problems,
    ...anchorProblems(database, kept.anchors, history),
    ...[given && misfit(database, given)].filter((problem) => problem !== undefined),
    ...verifyRuns(database, history),
    ...verifyPlans(database, history),
    ...(key === undefined ? [] : verifyIdentityDecisions(database, history, key)),
  ]
  if (key !== undefined) problems.push(...(await verifyRows(session, key, history)))
  const shown = dropRepeated(problems)
    .sort((one, other) => one.seq - other.seq)
    .slice(0, mostProblems)
  return { ok: shown.length === 0, entries, head, problems: shown, words: wordsOf({ entries, shown, given, keychain: kept.keychain, rowsChecked: key !== undefined }) }
}

function parseManifest(text: string): Anchor {
  try {
    return { ...manifestShape.parse(JSON.parse(text)), place: 'the export' }
  } catch (error) {
    throw new AppError('file-malformed', 'The manifest cannot be read: it must be the manifest.json of an audit export.', {
      next: 'Give the manifest.json that an audit export wrote.',
      cause: error,
    })
  }
}

/** Several things may be unrecorded; what else is wrong at an entry says nothing new the second time. */
function dropRepeated(problems: AuditProblem[]): AuditProblem[] {
  const seen = new Set<string>()
  return problems.filter(({ kind, seq, message }) => {
    const text = `${kind} ${seq} ${kind === 'unrecorded' ? message : ''}`
    return !seen.has(text) && seen.add(text)
  })
}

function wordsOf(found: { entries: number; shown: AuditProblem[]; given: Anchor | undefined; keychain: Anchor | undefined; rowsChecked: boolean }): string {
  const { entries, shown, given, keychain, rowsChecked } = found
  const rows = rowsChecked ? '' : ' The rows of the runs were not checked: the workspace’s reference key is missing.'
  if (shown.length > 0) return `The audit does not hold: ${shown.length === mostProblems ? `${mostProblems} or more` : shown.length} ${shown.length === 1 ? 'problem' : 'problems'}, the first at entry ${shown[0]?.seq}.${rows}`
  const same = [...(given ? [`the export up to entry ${given.entries}`] : []), ...(keychain ? [`what the keychain keeps up to entry ${keychain.entries}`] : [])]
  return `Unbroken to entry ${entries}${same.length === 0 ? '' : `, and the same as ${same.join(' and ')}`}; a cut after ${entries} cannot be excluded.${rows}`
}
