import { Tooltip } from '@mantine/core'
import { createContext, use, useSyncExternalStore } from 'react'
import { formatAbsolute, formatClock, formatRelative } from './format.ts'

/** The zone in which this workspace shows times. */
export const ZoneContext = createContext('UTC')

export function useZone(): string {
  return use(ZoneContext)
}

const TICK_MS = 15_000
let now = new Date()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = new Date()
    for (const notify of listeners) notify()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The present, moving every 15 seconds; one timer for the whole window. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now)
}

/** A time relative to now; the absolute time with its zone on hover and for the title. */
export function When({ at, clock = false }: { at: string; clock?: boolean }) {
  const zone = useZone()
  const present = useNow()
  const absolute = formatAbsolute(at, zone)
  return (
    <Tooltip label={absolute}>
      <time dateTime={at}>{clock ? formatClock(at, zone) : formatRelative(at, new Date(Math.max(present.getTime(), Date.now())), zone)}</time>
    </Tooltip>
  )
}
