import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useRef, useState } from 'react'
import classes from './split-pane.module.css'

const NARROWEST = 320
const WIDEST = 720
const STEP = 24

function remembered(name: string, initial: number): number {
  const stored = Number(localStorage.getItem(`lockstep-pane-${name}`))
  return Number.isFinite(stored) && stored > 0 ? clamp(stored) : initial
}

function clamp(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
}

type SplitPaneProps = {
  name: string
  label: string
  initial?: number
  /** The detail may take more than half, where what matters stands in it side by side. */
  roomy?: boolean
  detail: ReactNode
  children: ReactNode
}

/**
 * List at the left, detail at the right, with a divider that drags and takes arrow keys.
 * The detail never covers the list; on a narrow window it goes beneath.
 */
export function SplitPane({ name, label, initial = 440, roomy = false, detail, children }: SplitPaneProps) {
  const [width, setWidth] = useState(() => remembered(name, initial))
  const frame = useRef<HTMLDivElement>(null)
  if (detail === null || detail === undefined) return <div className={classes['split']}>{<div className={classes['list']}>{children}</div>}</div>

  const resize = (next: number) => {
    const clamped = clamp(next)
    setWidth(clamped)
    localStorage.setItem(`lockstep-pane-${name}`, String(clamped))
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const right = frame.current?.getBoundingClientRect().right ?? window.innerWidth
    resize(right - event.clientX)
  }
  const keys = (event: KeyboardEvent) => {
    const change = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key]
    if (change === undefined) return
    event.preventDefault()
    resize(width + change)
  }
  return (
    <div ref={frame} className={classes['split']}>
      <div className={classes['list']}>{children}</div>
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={`Width of ${label}`}
        aria-valuenow={width}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        className={classes['divider']}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={keys}
      />
      {/* Reachable by Tab, because it scrolls and may hold nothing that takes the focus. */}
      <aside aria-label={label} tabIndex={0} className={classes['detail']} data-roomy={roomy || undefined} style={{ '--detail-width': `${width}px` }}>
        {detail}
      </aside>
    </div>
  )
}
