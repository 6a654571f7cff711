import type { ReactNode } from 'react'
import classes from './settings.module.css'

/** One line of Settings: what it is, and its control. */
export function Setting({ title, explain, children }: { title: string; explain: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes['setting']}>
      <div>
        <p>{title}</p>
        <p className={classes['quiet']}>{explain}</p>
      </div>
      {children}
    </div>
  )
}
