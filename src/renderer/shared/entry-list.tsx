import type { ReactNode } from 'react'
import classes from './entry-list.module.css'

/** A framed list of things with a name: segments, activations, connections, tables, backups. */
export function EntryList({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul className="surface" aria-label={label}>
      {children}
    </ul>
  )
}

/** One thing of the list: its parts stand side by side. */
export function Entry({ children }: { children: ReactNode }) {
  return <li className={classes['entry']}>{children}</li>
}

/** Its name as a heading, what stands beside the name, and lines about it. */
export function EntryText({ name, beside, level = 2, children }: { name: ReactNode; beside?: ReactNode; level?: 2 | 3; children?: ReactNode }) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className={classes['text']}>
      <Heading className={classes['name']}>
        {name}
        {beside}
      </Heading>
      {children}
    </div>
  )
}

/** What can be done with it. */
export function EntryActions({ children }: { children: ReactNode }) {
  return <div className={classes['actions']}>{children}</div>
}
