import type { QueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import { client, engine } from '../../../app/client.ts'
import { engineError } from '../../../shared/engine-error.ts'
import { notifyDone } from '../../../shared/notify.tsx'
import { runWords } from '../words/figure-words.ts'

type AskedRun = { stop: () => void }

/** Runs that were started in this window; they go on while somebody looks at another screen. */
export const useAskedRuns = create<{ running: Record<string, AskedRun>; failed: Record<string, unknown> }>(() => ({ running: {}, failed: {} }))

function without<Value>(record: Record<string, Value>, id: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== id))
}

/** Reads the records and applies the rules. A second press while one is under way does nothing. */
export async function startRun(identity: string, queries: QueryClient): Promise<void> {
  if (useAskedRuns.getState().running[identity] !== undefined) return
  const asked = new AbortController()
  useAskedRuns.setState(({ running, failed }) => ({ running: { ...running, [identity]: { stop: () => asked.abort() } }, failed: without(failed, identity) }))
  try {
    notifyDone(runWords(await client.identity.run({ identity }, { signal: asked.signal })))
  } catch (error) {
    const stopped = asked.signal.aborted || engineError(error).code === 'cancelled'
    if (stopped) notifyDone('Stopped. Everything is as the last run left it.')
    else useAskedRuns.setState(({ failed }) => ({ failed: { ...failed, [identity]: error } }))
  } finally {
    useAskedRuns.setState(({ running }) => ({ running: without(running, identity) }))
    await queries.invalidateQueries({ queryKey: engine.identity.key() })
  }
}

/** The error of the last run was read. */
export function forgetFailure(identity: string): void {
  useAskedRuns.setState(({ failed }) => ({ failed: without(failed, identity) }))
}
