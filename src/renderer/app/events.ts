import type { QueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import type { ChangeEvent, RunProgress } from '../../contract/shapes.ts'
import { client, engine } from './client.ts'
import { coalesce } from './coalesce.ts'

export type PlanningProgress = { phase: string; done: number; of?: number | undefined }

/** What is going on right now, fed by events. */
export const useLive = create<{ planning: Record<string, PlanningProgress>; identity: Record<string, PlanningProgress>; preview: Record<string, PlanningProgress>; runs: Record<string, RunProgress> }>(() => ({ planning: {}, identity: {}, preview: {}, runs: {} }))

/** Run states from which nothing more happens. */
export function isFinished(progress: { state: RunProgress['state'] }): boolean {
  return progress.state === 'done' || progress.state === 'stopped' || progress.state === 'failed'
}

function noteRun(queries: QueryClient, progress: RunProgress): void {
  const before = useLive.getState().runs[progress.runId]
  useLive.setState(({ runs }) => ({ runs: { ...runs, [progress.runId]: progress } }))
  queries.setQueryData(engine.runs.get.queryKey({ input: { run: progress.runId } }), progress)
  if (before?.state === progress.state && before.paused === progress.paused) return
  invalidate(queries, engine.runs.key(), engine.home.key(), engine.activations.key(), engine.plans.key())
}

function invalidate(queries: QueryClient, ...keys: readonly (readonly unknown[])[]): void {
  for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
}

function forgetPlanning(activation: string): void {
  progress.drop(planningOf(activation))
  useLive.setState(({ planning }) => ({ planning: Object.fromEntries(Object.entries(planning).filter(([id]) => id !== activation)) }))
}

/** A run of rules, or a preview of edited ones, ended. */
function forgetRules(topic: 'identity' | 'preview', id: string): void {
  progress.drop(rulesOf(topic, id))
  useLive.setState((live) => ({ [topic]: Object.fromEntries(Object.entries(live[topic]).filter(([other]) => other !== id)) }))
}

type Progress = Extract<ChangeEvent, { topic: 'run' | 'planning' | 'identity' | 'preview' }>

function showProgress(queries: QueryClient, event: Progress): void {
  if (event.topic === 'run') return noteRun(queries, event.progress)
  if (event.topic === 'identity' || event.topic === 'preview') {
    const { topic, identity: id, phase, done, of } = event
    useLive.setState((live) => ({ [topic]: { ...live[topic], [id]: { phase, done, of } } }))
    return
  }
  const { activation, phase, done, of } = event
  useLive.setState(({ planning }) => ({ planning: { ...planning, [activation]: { phase, done, of } } }))
}

const progress = coalesce<{ queries: QueryClient; event: Progress }>(({ queries, event }) => showProgress(queries, event))
const planningOf = (activation: string): string => `planning ${activation}`
const rulesOf = (topic: 'identity' | 'preview', id: string): string => `${topic} ${id}`

/** Reads again what a change touches. Progress is shown at most ten times a second. */
export function applyChange(queries: QueryClient, event: ChangeEvent): void {
  switch (event.topic) {
    case 'workspace':
      void queries.invalidateQueries()
      return
    case 'connections':
      invalidate(queries, engine.connections.key(), engine.home.key(), engine.activations.key())
      return
    case 'planning':
      if (event.over) return forgetPlanning(event.activation)
      progress.push(planningOf(event.activation), { queries, event })
      return
    case 'plan':
      forgetPlanning(event.activation)
      invalidate(queries, engine.plans.key(), engine.home.key(), engine.activations.key(), engine.identity.forecast.key(), engine.connections.list.key())
      return
    case 'identity':
      if (!event.over) {
        progress.push(rulesOf('identity', event.identity), { queries, event })
        return
      }
      forgetRules('identity', event.identity)
      invalidate(queries, engine.identity.key(), engine.home.key())
      return
    case 'preview':
      if (event.over) return forgetRules('preview', event.identity)
      progress.push(rulesOf('preview', event.identity), { queries, event })
      return
    case 'run':
      progress.push(`run ${event.runId}`, { queries, event })
      return
    case 'audit':
      invalidate(queries, engine.audit.key())
      return
  }
}

/** Follows the engine's changes until the connection ends or the signal fires. */
export async function followChanges(queries: QueryClient, signal: AbortSignal): Promise<void> {
  try {
    for await (const event of await client.events(undefined, { signal })) applyChange(queries, event)
  } catch {
    // The connection ended; the next one subscribes again and reads everything afresh.
  }
}
