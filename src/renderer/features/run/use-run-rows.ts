import type { RunProgress, RunRow } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { isFinished } from '../../app/events.ts'
import type { ChosenCause } from '../../shared/cause-list.tsx'
import type { PagedRows } from '../../shared/grid/use-paged-rows.ts'
import { usePagedRows } from '../../shared/grid/use-paged-rows.ts'
import type { ListedState } from './run-search.ts'

const STEPS_WHILE_LIVE = 20

/** Rows of a run in one state, or of one cause. While it lives they are read again about every twentieth of the way, not with each event. */
export function useRunRows(run: RunProgress, state: ListedState, cause: ChosenCause | undefined): PagedRows<RunRow> {
  const asked = { run: run.runId, ...(cause === undefined ? { state } : { cause: cause.cause, ...(cause.field === undefined ? {} : { causeField: cause.field }) }) }
  const step = Math.max(1, Math.ceil(run.counts.planned / STEPS_WHILE_LIVE))
  const stage = isFinished(run) ? run.state : Math.floor(run.counts[state] / step)
  return usePagedRows<RunRow>({
    queryKey: [...engine.runs.rows.queryKey({ input: asked }), stage],
    fetch: (offset, limit, signal) => client.runs.rows({ ...asked, offset, limit }, { signal }),
  })
}
