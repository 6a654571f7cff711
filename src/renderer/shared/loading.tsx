import { Loader, Skeleton } from '@mantine/core'
import { useEffect, useState } from 'react'
import classes from './states.module.css'

const QUIET_MS = 300

/** True once a wait has lasted 300 ms; shorter ones show nothing. */
export function useSlow(active = true): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!active) {
      setSlow(false)
      return
    }
    const timer = setTimeout(() => setSlow(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [active])
  return slow && active
}

/** A wait: nothing for 300 ms, then a sentence with skeleton rows, or a small spinner. */
export function Loading({ label, rows = 0 }: { label: string; rows?: number }) {
  const slow = useSlow()
  if (!slow) return <div aria-busy="true" className={classes['loading']} />
  return (
    <div role="status" aria-busy="true" className={classes['loading']}>
      {rows > 0 ? (
        <>
          <span className="visually-hidden">{label}</span>
          {Array.from({ length: rows }, (_, index) => (
            <Skeleton key={index} height={14} mt={index === 0 ? 0 : 16} radius="sm" width={`${92 - ((index * 13) % 40)}%`} />
          ))}
        </>
      ) : (
        <span className={classes['wait']}>
          <Loader size={14} color="var(--accent)" />
          {label}
        </span>
      )}
    </div>
  )
}
