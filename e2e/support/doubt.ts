import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockstep } from './lockstep.ts'
import type { Simulator } from './simulator.ts'

const LOOK_MS = 30

export interface Doubt {
  runId: string
  planId: string
  /** The record in the CRM that a person typed over before anybody could look. */
  remoteId: string
}

interface ExportedRow {
  operation: string
  remoteId: string | null
  selected: boolean
}

/**
 * A run whose answer from the CRM is lost, while a person types over one of the records that were sent: nobody can tell
 * any more whether that one arrived.
 */
export async function leaveDoubt(data: string, folder: string, crm: Simulator, rows = 40): Promise<Doubt> {
  const command = <Answer>(...words: string[]): Promise<Answer> => lockstep(data, '-w', folder, ...words) as Promise<Answer>
  const { planId } = await command<{ planId: string }>('plan', 'tier-to-crm', '--limit', String(rows))
  await command('review', 'resolve', planId, '--all', '--take', 'warehouse', '--reason', 'The warehouse decides the tier')
  await command('approve', planId)
  const exported = await command<{ folder: string; files: { name: string }[] }>('rows', 'export', planId, '--state', 'update')
  const text = await readFile(join(exported.folder, exported.files.find(({ name }) => name.endsWith('.jsonl'))?.name ?? ''), 'utf8')
  const [first] = text.trim().split('\n').map((line) => JSON.parse(line) as ExportedRow).filter((row) => row.remoteId !== null && row.selected)
  const remoteId = first?.remoteId ?? ''
  await crm.faults([{ match: { method: 'POST', path: '/crm/v3/objects/contacts/batch/update' }, times: 10, do: { kind: 'dropResponse' } }])
  const applied = command<{ runId: string }>('apply', planId)
  await answerLost(crm)
  await crm.edit({ op: 'set', object: 'contacts', id: remoteId, field: 'churn_risk', value: '0.999', actor: { kind: 'person', name: 'Ben Okafor' } })
  const { runId } = await applied
  await crm.faults([])
  return { runId, planId, remoteId }
}

/** Resolves as soon as the CRM has applied something and kept its answer. */
async function answerLost(crm: Simulator): Promise<void> {
  while ((await crm.faultsFired()) === 0) await new Promise((done) => setTimeout(done, LOOK_MS))
}
