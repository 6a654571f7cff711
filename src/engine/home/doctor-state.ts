import type { DoctorCheck } from '../../contract/shapes.ts'
import type { OpenSession } from '../services/open-session.ts'
import { listBackups } from '../storage/backups.ts'
import { silentAfterMs } from '../storage/lease.ts'
import { setAside, setDamagedAside } from '../storage/stored-files.ts'
import { findOrphans } from '../storage/sweep.ts'
import { keptUnlessSaid } from './retention.ts'

const minute = 60_000
const day = 24 * 60 * minute
const gigabyte = 1e9
/** Below this the next plan may not fit, and below the other hardly anything does. */
const littleRoom = 2 * gigabyte
const noRoom = 0.2 * gigabyte
const oldBackup = 30 * day
/** Clocks of one machine jitter; more than this was set by somebody. */
const clockTolerance = 5 * minute

/** How the state itself is: whole, safe where it lies, backed up, owned by one process, on a clock that can be believed. */
export async function stateChecks(session: OpenSession): Promise<DoctorCheck[]> {
  return [integrity(session), await dataFiles(session), await place(session), await room(session), backups(session), owner(session), clock(session), await orphans(session), await retention(session), atRest(session)]
}

function integrity({ database, folders }: OpenSession): DoctorCheck {
  const version = database.get<{ version: string }>('SELECT sqlite_version() AS version')?.version ?? ''
  const problems = database.integrityProblems(true, 3)
  if (problems.length === 0) return { name: 'State', state: 'healthy', message: `SQLite ${version} found no damage.` }
  const [newest] = listBackups(folders.state)
  return {
    name: 'State',
    state: 'problem',
    message: `SQLite ${version} found damage: ${problems.join('; ')}.`,
    next: newest ? `Restore the backup ${newest.id}.` : `There is no backup. Close Lockstep and move ${folders.state} away to begin anew: the next plan reads every destination before anything is sent.`,
    ...(newest ? { action: { label: 'Restore the newest backup', does: { call: 'restore' as const } } } : {}),
  }
}

async function dataFiles(session: OpenSession): Promise<DoctorCheck> {
  const name = 'Data files'
  await setDamagedAside(session)
  const found = await setAside(session.folders.state)
  if (found.length === 0) return { name, state: 'healthy', message: 'Everything that the state points to is there and whole.' }
  const shown = found.slice(-3).map((file) => `${file.name} (${file.fault})`).join(', ')
  return {
    name,
    state: 'needs you',
    message: `${found.length} ${found.length === 1 ? 'file was' : 'files were'} missing or broken: ${shown}${found.length > 3 ? ' and more' : ''}. Nothing that they said counts as known; broken ones lie in ${session.folders.state}/set-aside.`,
    next: 'Plan every activation again, and run the rules under Identity: all records are read anew before anything is sent. Then remove that folder, so that this is not said again.',
  }
}

async function place({ folders, location }: OpenSession): Promise<DoctorCheck> {
  if (location.elsewhereBecause === undefined) return { name: 'Where the state lies', state: 'healthy', message: `In ${folders.state}, on a disk of this computer.` }
  return { name: 'Where the state lies', state: 'quiet', message: `The workspace is ${location.elsewhereBecause}, where a database can lose what was committed. Its state is in ${folders.state} instead; other computers do not see it.` }
}

async function room({ ports, folders }: OpenSession): Promise<DoctorCheck> {
  const free = (await ports.files.disk(folders.state))?.freeBytes
  const name = 'Room on the disk'
  if (free === undefined) return { name, state: 'quiet', message: 'This system does not say how much room is left.' }
  const message = `${(free / gigabyte).toFixed(1)} GB are free where the state lies.`
  if (free >= littleRoom) return { name, state: 'healthy', message }
  return { name, state: free < noRoom ? 'problem' : 'needs you', message, next: 'Free some space. When none is left, runs pause; nothing is sent that cannot be recorded.' }
}

function backups({ database, folders, ports }: OpenSession): DoctorCheck {
  const [newest] = listBackups(folders.state)
  const action = { label: 'Back up now', does: { call: 'back up' as const } }
  if (!newest) {
    if (!database.get('SELECT 1 FROM runs LIMIT 1')) return { name: 'Backups', state: 'quiet', message: 'There is none yet, and nothing was applied so far.', action }
    return { name: 'Backups', state: 'needs you', message: 'There is none yet.', next: 'Back the workspace up; copy the backup to another disk if you can.', action }
  }
  const age = Math.max(0, ports.clock.now() - newest.manifest.at)
  const message = `The newest is ${days(age)} old. They lie in ${folders.state}/backups.`
  if (age <= oldBackup) return { name: 'Backups', state: 'healthy', message }
  return { name: 'Backups', state: 'needs you', message, next: 'Back the workspace up.', action }
}

function owner({ database, ports }: OpenSession): DoctorCheck {
  const lease = database.get<{ process: number; taken_at: number; beat_at: number }>('SELECT process, taken_at, beat_at FROM owner_lease')
  const silence = lease ? Math.abs(ports.clock.now() - lease.beat_at) : Number.POSITIVE_INFINITY
  if (lease && silence <= silentAfterMs) return { name: 'Owner', state: 'healthy', message: `Process ${lease.process} owns the workspace since ${instant(lease.taken_at)}; other windows and commands work through it.` }
  return { name: 'Owner', state: 'needs you', message: 'The process that owns the workspace has not said so for a while: it slept, or the clock was set.', next: 'Check again in a few seconds; if it stays, close Lockstep and open it again.' }
}

function clock({ database, ports }: OpenSession): DoctorCheck {
  const newest = database.get<{ at: string | null }>('SELECT max(at) AS at FROM audit')?.at
  const ahead = newest ? Date.parse(newest) - ports.clock.now() : 0
  if (ahead <= clockTolerance) return { name: 'Clock', state: 'healthy', message: `It is ${instant(ports.clock.now())}, later than everything that was recorded.` }
  return { name: 'Clock', state: 'needs you', message: `The clock shows ${instant(ports.clock.now())}, but something was recorded at ${instant(Date.parse(newest ?? ''))}. The order of what happened does not depend on it; how long plans stay valid does.`, next: 'Set the clock of this computer right.' }
}

async function orphans({ database, ports, folders, lease }: OpenSession): Promise<DoctorCheck> {
  const found = await findOrphans({ database, files: ports.files, data: folders.data, plans: folders.plans, leaseTakenAt: lease.takenAt })
  if (found.length === 0) return { name: 'Left-over files', state: 'healthy', message: 'None.' }
  return { name: 'Left-over files', state: 'quiet', message: `${found.length} ${found.length === 1 ? 'file that nothing points to' : 'files that nothing points to'}. They are removed when the workspace is opened next.` }
}

async function retention(session: OpenSession): Promise<DoctorCheck> {
  const { bulkDays, proofYears } = (await session.workspace()).header?.value.retention ?? keptUnlessSaid
  const years = `${proofYears} ${proofYears === 1 ? 'year' : 'years'}`
  return { name: 'Retention', state: 'quiet', message: `Rows of plans, receipts, requests and backups are kept for ${bulkDays} days; audit, approvals and outcomes for ${years}; figures of identity, of every run for ${bulkDays} days and then of one run a day for ${years}.` }
}

function atRest({ folders }: OpenSession): DoctorCheck {
  return { name: 'Data at rest', state: 'quiet', message: `${folders.state} is readable by you alone. Lockstep relies on the encryption of the disk.` }
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function days(milliseconds: number): string {
  const count = Math.floor(milliseconds / day)
  if (count === 0) return 'less than a day'
  return count === 1 ? 'one day' : `${count} days`
}
