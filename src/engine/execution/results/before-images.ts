import type { StateDatabase } from '../../storage/database.ts'
import type { BeforeImage } from '../../plans/before-image.ts'
import { provedId, rowsBetween } from '../../plans/journal-rows.ts'
import type { PlanForApply } from '../../plans/plan-for-apply.ts'
import { toWrite } from '../send/planned-write.ts'

/** The before-images of everything that a run delivered, in plan order, in chunks. */
export async function* beforeImages(database: StateDatabase, plan: PlanForApply, run: string): AsyncGenerator<BeforeImage[]> {
  for await (const chunk of plan.records(0)) {
    const rows = new Map(rowsBetween(database, run, chunk[0]?.ordinal ?? 0, chunk.at(-1)?.ordinal ?? 0).map((row) => [row.ordinal, row]))
    const images: BeforeImage[] = []
    for (const record of chunk) {
      const row = rows.get(record.ordinal)
      const write = row?.state === 'delivered' ? toWrite(plan, record) : undefined
      if (!row || !write || 'skip' in write) continue
      images.push({
        key: record.key,
        label: record.label,
        // Nothing is put back into a record of which only an answer says that it is theirs.
        remoteId: record.remoteId ?? provedId(row),
        operation: record.operation,
        matchKey: record.matchKey,
        before: write.before,
        sent: write.send,
      })
    }
    if (images.length > 0) yield images
  }
}
