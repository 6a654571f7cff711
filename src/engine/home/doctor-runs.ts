import type { DoctorCheck } from '../../contract/shapes.ts'
import type { OpenSession } from '../services/open-session.ts'
import { movedSince, plannedPlace } from '../planning/build/plan-place.ts'
import { PlanStore } from '../plans/plan-store.ts'
import type { StateDatabase } from '../storage/database.ts'

/** What runs left open: rows that nobody knows the end of, and runs that wait. */
export function runChecks(database: StateDatabase): DoctorCheck[] {
  return [unknownRows(database), waitingRuns(database)]
}

/** Open runs whose connection does not go where their plan was made for: they hold until it does. */
export async function heldRuns(session: Pick<OpenSession, 'database' | 'destinations' | 'workspace' | 'trust'>): Promise<DoctorCheck[]> {
  const { database } = session
  const open = database.all<{ id: string; plan: string }>("SELECT id, plan FROM runs WHERE state IN ('approved', 'applying', 'verifying') ORDER BY number")
  const places = session.trust.places(await session.workspace())
  const plans = new PlanStore(database)
  return open.flatMap(({ id, plan }): DoctorCheck[] => {
    const stored = plans.find(plan)
    const moved = movedSince(plannedPlace(database, stored, session.destinations), places.find(({ connection }) => connection === stored.connection))
    if (moved === undefined) return []
    return [{ name: `Run of ${stored.header.activationName}`, state: 'needs you', message: `It holds: ${moved} Nothing is sent, and nothing is taken as settled.`, next: 'Put the connection back as it was, or cancel the run.', action: { label: 'Open the run', does: { route: `/runs/${id}` } } }]
  })
}

function unknownRows(database: StateDatabase): DoctorCheck {
  const found = database.all<{ run: string; rows: number }>(
    "SELECT j.run, count(*) AS rows FROM journal j JOIN runs r ON r.id = j.run WHERE j.state = 'unknown' AND r.state IN ('done', 'stopped', 'failed') GROUP BY j.run ORDER BY max(r.number) DESC",
  )
  const name = 'Records in doubt'
  const [newest] = found
  if (!newest) return { name, state: 'healthy', message: 'None: what became of every record is known.' }
  const rows = found.reduce((sum, run) => sum + run.rows, 0)
  return {
    name,
    state: 'needs you',
    message: `${rows.toLocaleString('en-GB')} ${rows === 1 ? 'record' : 'records'} in ${found.length} ${found.length === 1 ? 'run' : 'runs'}: their answer was lost, and no read has settled them.`,
    next: 'Look at the newest of these runs, and say what became of them.',
    action: { label: 'See which', does: { route: `/runs/${newest.run}` } },
  }
}

function waitingRuns(database: StateDatabase): DoctorCheck {
  const open = database.all<{ id: string; paused: number }>("SELECT id, paused FROM runs WHERE state IN ('approved', 'applying', 'verifying') ORDER BY number")
  const name = 'Runs under way'
  if (open.length === 0) return { name, state: 'healthy', message: 'None.' }
  const pauses = database.get('SELECT 1 FROM pauses LIMIT 1') !== undefined
  const held = open.filter(({ paused }) => paused === 1)
  const counted = `${open.length} ${open.length === 1 ? 'run' : 'runs'}`
  if (held.length === 0 && !pauses) return { name, state: 'quiet', message: `${counted} under way.` }
  return {
    name,
    state: 'needs you',
    message: `${counted} under way${held.length > 0 ? `, ${held.length} of them paused` : ''}${pauses ? '; something is paused for all runs it concerns' : ''}.`,
    next: 'Resume what may go on.',
    action: { label: 'Open the run', does: { route: `/runs/${(held[0] ?? open[0])?.id ?? ''}` } },
  }
}
